"""Addresses and anchors are for good: the ledger, redirects, anchors of old, the inventory."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from sphinx.util.inventory import InventoryFile

from generator import inventory, ledger
from generator.cli import main
from generator.former import with_former
from generator.ledger import Ledger
from generator.places import ANY, Place, anchors
from tests.conftest import ROOT, Built
from tests.test_site import in_languages, parsed

CODES = ("ar", "en", "fa")
FAX = ("customer", "fa", "services/fax/")


def lost(before: Ledger, now: Ledger) -> list[str]:
    lines = dict.fromkeys(before, 7)
    found = ledger.lost(Path("published.txt"), before, lines, now, {"customer"})
    return [f"{problem.where} {problem.message}" for problem in found]


def test_the_ledger_holds_every_address_of_the_example(
    built: Built, request: pytest.FixtureRequest
) -> None:
    now: Ledger = {}
    for site, result in built.results.items():
        now = ledger.merged(now, ledger.ledger_of(site, result.places, CODES))
    file = ROOT / ledger.FILE
    before, lines = ledger.read(file, CODES)
    assert not list(ledger.lost(file, before, lines, now, {"customer", "staff"}))
    if request.config.getoption("--update-golden"):
        file.write_text(ledger.written(ledger.merged(before, now), CODES), encoding="utf-8")
    kept, _ = ledger.read(file, CODES)
    assert kept == ledger.merged(kept, now), "new addresses: fihrist build --record"


def test_every_anchor_that_a_reader_can_link_to_is_a_place(built: Built) -> None:
    known = {p.url: set(p.anchors) for p in built.results["customer"].places}
    for name, text in in_languages(built.pages).items():
        links = parsed(text).xpath("//article//a[contains(@class, 'headerlink')]/@href")
        here = {link[1:] for link in links if link.startswith("#")}
        here = {id_ for id_ in here if not re.match("letter-|cite$", id_)}
        assert here <= known[name.removesuffix("index.html")], name


def test_a_page_or_an_anchor_that_disappears_is_named_with_its_languages() -> None:
    before = {FAX: {"hours", "title"}, ("customer", "ar", FAX[2]): {"hours"}}
    assert lost(before, before) == []
    assert lost(before, {FAX: {"title", "more"}, ("customer", "ar", FAX[2]): set()}) == [
        'published.txt:7:1 "/services/fax/" of the customer site (ar, fa) has lost "hours"'
    ]
    assert (
        lost(before, {})
        == [
            'published.txt:7:1 "/services/fax/" of the customer site (fa) is gone',
            'published.txt:7:1 "/services/fax/" of the customer site (ar) is gone',
        ]
        or len(lost(before, {})) == 1
    )
    assert lost(before, {key: {ANY} for key in before}) == []


def test_the_other_site_is_not_asked_when_one_is_built() -> None:
    assert lost({("staff", "fa", "portfolio/"): {"title"}}, {}) == []


ANCHORS = st.sets(st.from_regex("[a-z]{1,6}", fullmatch=True), max_size=3)
KEYS = st.tuples(
    st.sampled_from(["customer", "staff"]),
    st.sampled_from([*CODES, ""]),
    st.from_regex("[a-z]{1,5}/", fullmatch=True),
)


@given(st.dictionaries(KEYS, ANCHORS, max_size=12))
def test_the_ledger_is_read_as_it_is_written(
    tmp_path_factory: pytest.TempPathFactory, found: Ledger
) -> None:
    file = tmp_path_factory.mktemp("ledger") / "published.txt"
    file.write_text(ledger.written(found, CODES), encoding="utf-8")
    kept, lines = ledger.read(file, CODES)
    assert kept == found
    assert set(lines) == set(found)
    assert ledger.written(kept, CODES) == file.read_text("utf-8")


def test_anchors_of_cards_and_letters_come_and_go() -> None:
    html = '<h2 id="hours">H</h2><article class="fh-card" id="service-x"></article><h2 id="letter-0628">'
    assert anchors(html) == ("hours",)


@pytest.mark.parametrize("tag", ["h2", "div", "li"])
def test_an_anchor_of_old_stands_in_the_new_place(tag: str) -> None:
    html = with_former(f'<{tag} class="x" id="new">N</{tag}>', [("old", "#new")], "Moved")
    (old,) = parsed(html).xpath("//*[@id='old']")
    assert old.getparent().get("id") == "new"


def test_in_a_table_it_stands_in_a_cell() -> None:
    row = '<table><tr id="new"><th scope="row">N</th><td>x</td></tr></table>'
    (old,) = parsed(with_former(row, [("old", "#new")], "Moved")).xpath("//*[@id='old']")
    assert old.getparent().tag == "th"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "own"
    assert CliRunner().invoke(main, ["new", "site", str(folder)]).exit_code == 0
    monkeypatch.chdir(folder)
    assert run("build", "--record", "-q") == (0, "")
    return folder


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.output


def an_entry(site: Path, kind: str) -> Path:
    return min((site / "catalogue" / kind).glob("*.yaml"))


def test_a_build_that_would_lose_a_page_fails_and_keeps_the_old_site(site: Path) -> None:
    kept = an_entry(site, "terms")
    entry = kept.with_name("former.yaml")
    text = kept.read_text("utf-8").replace(f"id: {kept.stem}", "id: former")
    entry.write_text(re.sub(r"(?m)^name: .*$", NAME, text), encoding="utf-8")
    assert run("build", "-q", "--record")[0] == 0
    page = site / "site/customer/en/glossary/former/index.html"
    before = page.read_bytes()
    entry.unlink()
    code, output = run("build", "-q")
    assert code == 1
    assert "S02 lost-address" in output
    assert "(ar, en, fa) is gone" in output
    assert "catalogue/tombstones/former.yaml" in output
    assert page.read_bytes() == before
    stone = site / "catalogue/tombstones/former.yaml"
    stone.parent.mkdir(exist_ok=True)
    stone.write_text(
        f"kind: tombstone\nid: former\nof: term\nredirect_to: {kept.stem}\n", encoding="utf-8"
    )
    assert run("build", "-q") == (0, "")
    for language in CODES:
        old = site / f"site/customer/{language}/glossary/former/index.html"
        html = old.read_text("utf-8")
        (target,) = re.findall(r'location\.replace\("([^"]+)"', html)
        assert (old.parent / target / "index.html").resolve().is_file()
        assert "http-equiv" not in (old.parent / target / "index.html").read_text("utf-8")
        assert 'http-equiv="refresh"' in html


NAME = "name: {ar: اسم قديم, fa: نام پیشین, en: Former name}"


def test_an_anchor_that_was_renamed_leads_on_in_every_language(site: Path) -> None:
    entry = an_entry(site, "services")
    file = site / "published.txt"
    line = next(
        x
        for x in file.read_text("utf-8").splitlines()
        if f"customer * /services/{entry.stem}/" in x
    )
    file.write_text(
        file.read_text("utf-8").replace(line, f"{line} opening-times"), encoding="utf-8"
    )
    code, output = run("build", "-q", "--audience", "customer")
    assert code == 1
    assert f'former_anchors: {{opening-times: NEW}}` in the entry "{entry.stem}"' in output
    with entry.open("a", encoding="utf-8") as text:
        text.write('former_anchors: {opening-times: "#hours"}\n')
    code, output = run("build", "-q", "--audience", "customer")
    assert code == 0, output
    for language in ("ar", "fa", "en"):
        page = site / f"site/customer/{language}/services/{entry.stem}/index.html"
        (old,) = parsed(page.read_text("utf-8")).xpath("//*[@id='opening-times']")
        assert old.getparent().get("id") == "hours"


def test_sphinx_reads_the_inventory(built: Built) -> None:
    data = (built.folder / "customer/objects.inv").read_bytes()
    found = InventoryFile.load(
        io.BytesIO(data), "https://services.marsa.example", lambda a, b: f"{a}/{b}"
    )
    places = {p.url: p for p in built.results["customer"].places if p.listed}
    documents = found["std:doc"]
    assert set(documents) == {url.rstrip("/") for url in places}
    for url, place in places.items():
        assert documents[url.rstrip("/")].uri == f"https://services.marsa.example/{url}"
        for anchor in place.anchors:
            assert found["std:label"][f"{url.rstrip('/')}#{anchor}"].uri.endswith(f"{url}#{anchor}")
    for language, name in {
        "ar": "إدارة الحوادث",
        "fa": "مدیریت رخداد",
        "en": "Incident management",
    }.items():
        assert found["std:term"][name].uri.endswith(f"/{language}/glossary/incident-management/")


def test_the_inventory_of_customers_has_nothing_for_staff(built: Built) -> None:
    found = InventoryFile.load(
        io.BytesIO((built.folder / "customer/objects.inv").read_bytes()), "", lambda a, b: b
    )
    assert not [name for name in found["std:doc"] if "/portfolio/" in f"{name}/"]


def test_an_inventory_with_other_titles_is_the_one_that_would_be_made_of_them() -> None:
    places = [
        Place(f"fa/{i:03}/", f"نام {i}", ("title", "hours"), f"{i}" * (i % 2)) for i in range(321)
    ]
    known = inventory.inventory("Marsa", places)
    assert len(known.segments) == 4
    for i in (0, 99, 100, 320):
        places[i] = replace(places[i], title="دیگر", anchors=("title",) * (i // 100))
    unlisted = Place("fa/search/", "جست‌وجو", (), listed=False)
    revised = inventory.revised(
        known.data, known.segments, [*places[::-20], *places[:101], unlisted]
    )
    assert revised == inventory.inventory("Marsa", places)
    assert revised is not None
    found = InventoryFile.load(io.BytesIO(revised.data), "", lambda a, b: b)
    assert len(found["std:doc"]) == 321
    assert found["std:doc"]["fa/100"].display_name == "دیگر"


@pytest.mark.parametrize(
    "tear", [lambda data: data[:-9], lambda data: data + b"x", lambda data: b""]
)
def test_an_inventory_that_is_torn_or_lacks_a_place_is_not_revised(
    tear: Callable[[bytes], bytes],
) -> None:
    known = inventory.inventory("Marsa", [Place("fa/a/", "A", ())])
    assert inventory.revised(known.data, known.segments, [Place("fa/b/", "B", ())]) is None
    assert inventory.revised(tear(known.data), known.segments, []) is None


def test_what_is_not_listed_is_no_place_for_others() -> None:
    place = Place("en/search/", "Search", ("title",), listed=False)
    assert ledger.ledger_of("customer", [place], CODES) == {
        ("customer", "en", "search/"): {"title"}
    }
