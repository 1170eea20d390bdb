"""How fresh a translation is, who is told, and what the command says."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.audiences import Audience
from generator.checks import check
from generator.cli import main
from generator.coverage import TRANSLATED, Coverage
from generator.dress import SiteFacts, parts
from generator.editions import editions
from generator.languages import AR, EN, FA, LANGUAGES
from generator.load import load
from generator.model.catalogue import Catalogue
from generator.model.translated import Translated
from generator.model.translation import Freshness, freshness, source_hash
from generator.pages.reader import Reader
from generator.pages.site import makers
from generator.pages.translations import LISTED
from generator.problems import Problem
from generator.render import Renderer
from tests.conftest import TODAY
from tests.test_examples import BASE

TERM = "terms/service-catalogue.yaml"


@dataclass
class Site:
    """The small catalogue of the examples, to be changed."""

    root: Path

    def append(self, file: str, text: str) -> None:
        path = self.root / "catalogue" / file
        path.write_text(f"{path.read_text(encoding='utf-8')}{text}\n", encoding="utf-8")

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.root / "catalogue" / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    @property
    def catalogue(self) -> Catalogue:
        catalogue, problems = load(self.root)
        assert not problems
        return catalogue

    @property
    def problems(self) -> tuple[Problem, ...]:
        return check(self.catalogue, TODAY).all

    def state(self, language: str) -> str:
        entry = self.catalogue.terms["service-catalogue"]
        return freshness(entry, LANGUAGES, EN)[{"ar": AR, "fa": FA, "en": EN}[language]].value

    def page(self, url: str, audience: Audience = Audience.CUSTOMER) -> str:
        for edition in editions(self.catalogue, audience, TODAY):
            renderer = Renderer(Reader(edition))
            for make in makers(edition):
                page = make(renderer.reader)
                if page.url == url:
                    return parts(page, renderer.article(page), renderer, SiteFacts("", {"ar": "", "fa": "", "en": ""}, False))["article"]  # fmt: skip
        raise AssertionError(url)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    shutil.copytree(BASE, tmp_path / "site")
    (tmp_path / "site/mkdocs.yml").write_text("", encoding="utf-8")
    return Site(tmp_path / "site")


# ── states ─────────────────────────────────────────────────────────────────────────────────────


def test_without_a_statement_nothing_is_claimed(site: Site) -> None:
    assert [site.state(code) for code in ("ar", "fa", "en")] == ["unstated", "unstated", "source"]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("{state: missing}", "unstated"),
        ("{state: draft}", "draft"),
        ("{state: draft, of: NOW}", "draft"),
        ("{state: draft, of: 0123456789ab}", "stale"),
        ("{state: translated}", "unstated"),
        ("{state: translated, of: NOW}", "translated"),
        ("{state: translated, of: 0123456789ab}", "stale"),
        ("{state: reviewed, of: NOW}", "reviewed"),
        ("{state: reviewed, of: 0123456789ab}", "stale"),
        ("{state: stale, of: NOW}", "stale"),
    ],
)
def test_the_state_follows_from_the_statement(site: Site, statement: str, expected: str) -> None:
    now = source_hash(site.catalogue.terms["service-catalogue"], EN)
    site.append(TERM, f"translation: {{fa: {statement.replace('NOW', now)}}}")
    assert site.state("fa") == expected
    assert site.state("ar") == "unstated"


def test_what_is_not_there_is_missing_or_partly_there(site: Site) -> None:
    site.append(TERM, "not_to_confuse: [{term: service-level-agreement, why: {ar: س, en: So.}}]")
    assert (site.state("ar"), site.state("fa")) == ("unstated", "partly")
    site.edit(TERM, "fa: خدماتی که اکنون می‌توان درخواست کرد., ", "")
    assert site.state("fa") == "missing"


# ── the hash ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "file", ["services/email.yaml", "categories/communication.yaml", "audiences/employees.yaml",
             "processes/service-level-management.yaml", "comparisons/slm-brm.yaml", TERM]
)  # fmt: skip
def test_writing_the_hash_that_the_warning_names_silences_it(site: Site, file: str) -> None:
    site.append(file, "translation: {ar: {state: translated}, fa: {state: reviewed, of: old}}")
    first, second = site.problems
    assert (first.code, second.code) == ("V25", "V25")
    assert first.where.file == f"catalogue/{file}"
    of = first.expected.removeprefix("the source hash ")
    assert re.fullmatch("[0-9a-f]{12}", of)
    site.edit(file, "translated}", f"translated, of: {of}}}")
    site.edit(file, "of: old", f"of: {second.expected.removeprefix('the source hash ')}")
    assert site.problems == ()


def test_an_edit_that_changes_no_meaning_is_acknowledged_with_the_new_hash(site: Site) -> None:
    site.append(TERM, f"translation: {{fa: {{state: reviewed, of: {now(site)}}}}}")
    site.edit(TERM, "can be ordered now", "can be ordered at present")
    (problem,) = site.problems
    assert problem.code == "V25"
    assert site.state("fa") == "stale"
    site.edit(TERM, "of: ", f"of: {now(site)} # ")
    site.edit(TERM, "}}", "\n  }}")
    assert site.problems == ()
    assert site.state("fa") == "reviewed"


def now(site: Site) -> str:
    return source_hash(site.catalogue.terms["service-catalogue"], EN)


def test_a_text_for_staff_moves_the_second_half_of_the_hash_only(site: Site) -> None:
    before = source_hash(site.catalogue.services["email"], EN)
    site.append("services/email.yaml", f"translation: {{fa: {{state: translated, of: {before}}}}}")
    site.append(
        "services/email.yaml", "no_dependencies_reason: {ar: س, fa: پ, en: For staff only.}"
    )
    after = source_hash(site.catalogue.services["email"], EN)
    assert before[:6] == after[:6]
    assert before[6:] != after[6:]
    assert "fh-outdated" not in site.page("fa/services/email/")
    service = site.catalogue.services["email"]
    assert isinstance(service, Translated)
    assert freshness(service, LANGUAGES, EN)[FA] is Freshness.STALE


# ── readers ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("code", ["ar", "fa", "en"])
@pytest.mark.parametrize("audience", Audience)
def test_an_old_page_says_so_and_leads_to_the_original(
    site: Site, code: str, audience: Audience, golden: Callable[[str, str], None]
) -> None:
    source = {"ar": "fa", "fa": "en", "en": "ar"}[code]
    site.edit("policy.yaml", "source_language: en", f"source_language: {source}")
    site.append(TERM, f"translation: {{{code}: {{state: reviewed, of: 0123456789ab}}}}")
    article = site.page(f"{code}/glossary/service-catalogue/", audience)
    notice = article.partition("\n")[0]
    assert notice.startswith('<p class="fh-notice fh-outdated" role="note">')
    assert f'<a href="../../../{source}/glossary/service-catalogue/">' in notice
    golden(f"pages/{code}/outdated.html", f"{notice}\n")
    assert "fh-outdated" not in site.page(f"{source}/glossary/service-catalogue/", audience)


def test_an_old_question_says_so_and_its_page_does_not(site: Site) -> None:
    site.append("questions/who-sees-it.yaml", "translation: {fa: {state: stale}}")
    persian = site.page("fa/glossary/service-catalogue/", Audience.CUSTOMER)
    assert "اصل این پرسش پس از ترجمه تغییر کرده است." in persian
    assert "fh-outdated" not in persian
    assert "questions.outdated" not in persian
    english = site.page("en/glossary/service-catalogue/", Audience.CUSTOMER)
    assert "has changed since it was translated" not in english


def test_the_page_of_translations_lists_a_hundred_at_most(site: Site) -> None:
    text = (site.root / "catalogue" / TERM).read_text(encoding="utf-8")
    for i in range(60):
        path = site.root / f"catalogue/terms/term-{i}.yaml"
        path.write_text(text.replace("id: service-catalogue", f"id: term-{i}") + "translation: {ar: {state: draft}, fa: {state: stale}}\n", encoding="utf-8")  # fmt: skip
    coverage = Coverage(site.catalogue)
    assert [one.freshness for one in coverage.work] == [Freshness.STALE] * 60 + [
        Freshness.DRAFT
    ] * 60
    page = site.page("en/portfolio/translations/", Audience.STAFF)
    assert page.count("<tr>") == 2 * (1 + len(TRANSLATED)) + 1 + LISTED
    assert "120 translations need work." in page
    assert "<bdi dir=\"ltr\">fihrist translations --list</bdi>" in page  # fmt: skip


def test_the_record_says_how_each_language_stands(site: Site) -> None:
    assert "Translation<" not in site.page("en/portfolio/service/email/", Audience.STAFF)
    site.append("services/email.yaml", "translation: {fa: {state: reviewed, of: 0123456789ab}}")
    record = site.page("en/portfolio/service/email/", Audience.STAFF)
    assert (
        '<dt>Translation</dt><dd><ul class="fh-values"><li>Arabic: not stated</li><li>Persian: out of date</li></ul></dd>'
        in record
    )


# ── the command ────────────────────────────────────────────────────────────────────────────────


def run(site: Site, monkeypatch: pytest.MonkeyPatch, *words: str) -> tuple[int, str]:
    monkeypatch.chdir(site.root)
    result = CliRunner().invoke(main, ["translations", "--jobs", "1", *words])
    return result.exit_code, result.output


def test_the_command_counts_and_names(
    site: Site, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, str], None]
) -> None:
    site.append(TERM, "translation: {ar: {state: draft}, fa: {state: stale}}")
    code, output = run(site, monkeypatch, "--list")
    assert code == 0
    golden("translations.txt", output)
    code, output = run(site, monkeypatch, "--language", "fa", "--list")
    assert "draft (of" not in output
    assert output.endswith(f"{TERM}: fa stale (of: {now(site)})\nneed work: 1\n")


def test_the_command_keeps_a_budget(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.append(TERM, "translation: {ar: {state: draft}, fa: {state: stale}}")
    assert run(site, monkeypatch, "--at-most", "2")[0] == 0
    assert run(site, monkeypatch, "--at-most", "1")[0] == 1
    assert run(site, monkeypatch, "--at-most", "1", "--language", "ar")[0] == 0


def test_the_command_says_what_is_wrong_with_the_catalogue(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.append(TERM, "translation: {fa: {state: stele}}")
    code, output = run(site, monkeypatch)
    assert code == 1
    assert "M05" in output
