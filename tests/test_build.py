"""Building: bad input loses nothing, and the two ways to build give the same site."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.publish.folder import replacing, write
from generator.publishing import CACHE
from tests.conftest import ROOT, Built, html_files

EPOCH = str(int(datetime(2026, 11, 21, 12, tzinfo=UTC).timestamp()))
COMMAND = Path(sys.executable).parent


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small site of one's own, as `fihrist new site` makes it."""
    folder = tmp_path / "own"
    result = CliRunner().invoke(main, ["new", "site", str(folder)])
    assert result.exit_code == 0, result.output
    monkeypatch.chdir(folder)
    return folder


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.output


def tree(folder: Path) -> dict[str, bytes]:
    return {
        f.relative_to(folder).as_posix(): f.read_bytes()
        for f in folder.rglob("*")
        if f.is_file() and CACHE not in f.parts
    }


def test_build_says_what_it_made_and_where(site: Path) -> None:
    code, output = run("build", "--today", "2026-11-21")
    assert code == 0, output
    assert "site/customer/" in output
    assert "site/staff/" in output
    assert "problems: no problems" in output
    assert (site / "site/customer/fa/index.html").is_file()


def test_errors_leave_the_previous_site_untouched(site: Path) -> None:
    assert run("build", "--audience", "customer", "--today", "2026-11-21")[0] == 0
    before = tree(site / "site")
    service = next((site / "catalogue/services").glob("*.yaml"))
    service.write_text(service.read_text(encoding="utf-8") + "owner: nobody\n", encoding="utf-8")
    code, output = run("build", "--audience", "customer", "--today", "2026-11-21")
    assert code == 1
    assert "M02 unknown-field" in output
    assert "Nothing was built; the previous site is untouched." in output
    assert tree(site / "site") == before


def test_check_exits_with_1_on_errors_only(site: Path) -> None:
    assert run("check", "--today", "2026-11-21")[0] == 0
    code, output = run("check", "--today", "2029-12-31")
    assert (code, "V10 overdue" in output) == (0, True)
    assert run("check", "--today", "2029-12-31", "--strict")[0] == 1
    (site / "catalogue/services/broken.yaml").write_bytes(b"\xff")
    code, output = run("check", "--format", "github", "--today", "2026-11-21")
    assert code == 1
    assert "::error file=catalogue/services/broken.yaml,line=1,col=1" in output


def test_a_folder_without_settings_gets_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, output = run("build")
    assert code == 2
    assert "S01 site-settings" in output


@pytest.mark.parametrize("word", ["V02", "v02", "no-due-diligence"])
def test_explain_takes_codes_and_names(word: str) -> None:
    code, output = run("explain", word)
    assert code == 0
    assert "What to do:" in output


def test_explain_knows_what_it_does_not_know() -> None:
    code, output = run("explain", "Z99")
    assert code == 1
    assert "there is no problem 'Z99'" in output


def test_new_refuses_bad_ids_and_existing_files(site: Path) -> None:
    assert run("new", "service", "Bad Id")[0] == 1
    assert run("new", "term", "fresh")[0] == 0
    code, output = run("new", "term", "fresh")
    assert code == 1
    assert "exists already" in output


def test_mkdocs_build_gives_the_customer_site(built: Built, tmp_path: Path) -> None:
    subprocess.run(
        [COMMAND / "mkdocs", "build", "-q", "--site-dir", tmp_path / "m"],
        cwd=ROOT, check=True, env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
    )  # fmt: skip
    theirs, ours = html_files(tmp_path / "m"), built.pages
    assert set(theirs) == set(ours)
    assert not [name for name, text in ours.items() if theirs[name] != text]


def test_the_staff_site_never_goes_to_the_customers_folder(site: Path) -> None:
    settings = site / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("- fihrist", "- fihrist: {audience: staff}"), encoding="utf-8")
    done = subprocess.run(
        [COMMAND / "mkdocs", "build", "-q"], cwd=site, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "customers' site" in done.stdout + done.stderr
    assert not (site / "site/customer/en").exists()


def test_a_failed_replacement_keeps_the_old_folder(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    with replacing(folder) as fresh:
        write(fresh, "a/b/index.html", "old")
    with pytest.raises(RuntimeError), replacing(folder) as fresh:  # noqa: PT012
        write(fresh, "a/b/index.html", "new")
        raise RuntimeError
    assert (folder / "a/b/index.html").read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_build_killed_between_its_renames_is_undone(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    old = tmp_path / ".site.old"
    old.mkdir()
    (old / "index.html").write_text("old")
    with pytest.raises(RuntimeError), replacing(folder):
        raise RuntimeError
    assert (folder / "index.html").read_text() == "old"


def test_an_old_address_leads_to_the_new_one_in_every_language(site: Path) -> None:
    stone = site / "catalogue/tombstones/webmail.yaml"
    stone.parent.mkdir()
    stone.write_text(
        "kind: tombstone\nid: webmail\nof: service\nredirect_to: email\n", encoding="utf-8"
    )
    secret = stone.with_name("codename.yaml")
    secret.write_text(
        "kind: tombstone\nid: codename\nof: service\nredirect_to: email\npublished: false\n",
        encoding="utf-8",
    )
    assert run("build", "--audience", "customer", "--today", "2026-11-21")[0] == 0
    out = site / "site/customer"
    for code in ("ar", "fa", "en"):
        text = (out / f"{code}/services/webmail/index.html").read_text(encoding="utf-8")
        assert f'url=../../../{code}/services/email/"' in text
        assert (out / f"{code}/services/email/index.html").is_file()
    assert not [f for f in out.rglob("*") if "codename" in str(f)]
    assert not [f for f in out.rglob("*") if f.is_file() and b"codename" in f.read_bytes()]


def test_hidden_files_of_editors_are_not_entries(site: Path) -> None:
    shutil.copy(site / "catalogue/policy.yaml", site / "catalogue/.policy.yaml.swp.yaml")
    assert run("check", "--today", "2026-11-21")[0] == 0


@pytest.mark.parametrize(
    ("line", "instead", "said"),
    [
        ("  - fihrist", "", "expected the plugin fihrist"),
        ("  name: material", "  name: mkdocs", "the theme material"),
        ("        - {locale: fa, name: فارسی, link: /fa/}", "", "the languages of the plugin i18n"),
    ],
)
def test_settings_that_do_not_fit_are_named(line: str, instead: str, said: str, site: Path) -> None:
    settings = site / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    assert f"{line}\n" in text
    settings.write_text(text.replace(f"{line}\n", f"{instead}\n"), encoding="utf-8")
    code, output = run("build", "--audience", "customer", "--today", "2026-11-21")
    assert (code, said in output) == (1, True), output


def test_colour_schemes_need_no_toggle(site: Path) -> None:
    settings = site / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if "toggle:" not in line]
    settings.write_text("\n".join(lines), encoding="utf-8")
    assert run("build", "--audience", "customer", "--today", "2026-11-21")[0] == 0


def test_names_and_titles_are_text_and_not_html(site: Path) -> None:
    file = site / "catalogue/organisation.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("  en: Bustan University IT Unit\n", "  en: <script>A & B</script>\n", 1),
        encoding="utf-8",
    )
    for code in ("ar", "fa", "en"):
        page = site / "content" / code / "guides/about.md"
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub("(?m)^title: .*", "title: <script>C & D</script>", text, count=1),
                        encoding="utf-8")  # fmt: skip
    code, output = run("build", "--audience", "customer", "--today", "2026-11-21")
    assert code == 0, output
    for name, html in html_files(site / "site/customer").items():
        assert not re.search("<script>[AC] ", html), name
    about = (site / "site/customer/en/guides/about/index.html").read_text(encoding="utf-8")
    assert "<title>&lt;script&gt;C &amp; D&lt;/script&gt; – &lt;script&gt;A &amp; B" in about


def test_mkdocs_leaves_no_page_of_an_earlier_build(site: Path) -> None:
    done = subprocess.run(
        [COMMAND / "mkdocs", "build", "--dirty"],
        cwd=site,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "--dirty would keep pages" in done.stderr + done.stdout
    assert not (site / "site/customer").exists()


def test_pictures_are_found_from_pages_in_every_language(site: Path) -> None:
    picture = site / "content/assets/picture.svg"
    picture.parent.mkdir(exist_ok=True)
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    for page in site.glob("content/*/guides/about.md"):
        own = page.parent.parent / "images/own.svg"
        own.parent.mkdir()
        shutil.copy(picture, own)
        with page.open("a", encoding="utf-8") as file:
            file.write("\n![A](../../assets/picture.svg) ![B](../images/own.svg)\n")
    assert run("build", "--audience", "customer")[0] == 0
    for code in ("ar", "fa", "en"):
        made = site / "site/customer" / code / "guides/about/index.html"
        for target in re.findall(r'<img[^>]* src="([^"]+)"', made.read_text("utf-8")):
            assert (made.parent / target).is_file(), (code, target)
        assert (site / "site/customer" / code / "images/own.svg").is_file()
