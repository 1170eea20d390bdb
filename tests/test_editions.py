"""Nothing of the staff edition ever reaches the customer edition; all that is public does."""

from __future__ import annotations

import zlib
from collections import defaultdict
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import llms, statics
from generator.audiences import Audience
from generator.availability import Availability, availability_of
from generator.checks.exposure import hidden
from generator.dress import SLOTS, Chrome, SiteFacts, mark
from generator.editions import Edition, editions
from generator.languages import EN
from generator.load import load
from generator.model.base import Entry
from generator.model.catalogue import Catalogue
from generator.model.translated import Translated, Translation
from generator.model.translation import source_hash
from generator.pages import paging
from generator.pages.addresses import FOLDERS, entry_url
from generator.pages.reader import Reader
from generator.pages.site import makers
from generator.press import Host, Press
from generator.render import Renderer
from generator.search import site as search
from generator.search.documents import synonyms
from generator.search.files import index_of
from generator.search.index import Indexer
from generator.search.parts import in_order
from generator.search.parts import parts as parts_of
from tests import marked

CHROME = Chrome.cut(" ".join(mark(slot) for slot in SLOTS))
ROOT = Path(__file__).parent.parent


def site(shown: tuple[Edition, ...]) -> dict[str, str]:
    """All files of a site but those of the host, by name."""
    facts = SiteFacts("https://site.example/", {e.language.code: "Name" for e in shown},
                      shown[0].audience is Audience.STAFF)  # fmt: skip
    files: dict[str, str] = {}
    places = []
    press = Press(shown, Host(facts, defaultdict(lambda: defaultdict(lambda: CHROME)), ()))
    for i, edition in enumerate(shown):
        pages = [press.page(i, number) for number in range(len(press.makers[i]))]
        files |= {name: text for page in pages for name, text in page.files}
        places += (page.place for page in pages)
        indexer = Indexer(edition.language.code, synonyms(edition))
        documents = (page.document for page in pages if page.document is not None)
        parts = in_order(parts_of(map(indexer, documents)))
        urls = (url for part in parts for url in part.urls)
        files |= search.files(edition, index_of(edition.language.code, parts), urls)
    abreast = map(press.page_abreast, range(len(press.abreast)))
    files |= {name: text for page in abreast for name, text in page.files}
    files |= [press.index_abreast()]
    files |= llms.files(shown, facts, {})
    files |= statics.files(shown, facts, places, ["1"])
    packed = statics.inventory_of(facts, places).data.partition(b"zlib.\n")[2]
    files["objects.inv"] = zlib.decompress(packed).decode()
    return files


def hidden_services(catalogue: Catalogue) -> set[str]:
    """Supporting services and those that are in the pipeline, by the rule and not by the code."""
    return {
        s.id
        for s in catalogue.services.values()
        if s.type == "supporting" or catalogue.policy.sections[s.status] == "pipeline"
    }


@pytest.mark.parametrize("limit", [100, 2], ids=["whole lists", "split lists"])
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_no_staff_mark_reaches_customers(limit: int, seed: int) -> None:
    catalogue = marked.catalogue(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "LIMIT", limit)
        files = site(editions(catalogue, Audience.CUSTOMER, marked.TODAY))
    everything = "\n".join([*files, *files.values()])
    leaked = [
        m for m in marked.staff_marks(catalogue, hidden_services(catalogue)) if m in everything
    ]
    assert not leaked


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**9))
def test_every_public_mark_is_on_the_page_of_its_entry(seed: int) -> None:
    catalogue = marked.catalogue(seed)
    shown = editions(catalogue, Audience.CUSTOMER, marked.TODAY)
    files = site(shown)
    for edition in shown:
        code = edition.language.code
        for kind in FOLDERS:
            for id_, entry in edition.public.entries[kind].items():
                page = files[f"{entry_url(edition.language, kind, id_)}index.html"]
                missing = [m for m in marked.public_marks(entry, code) if m not in page]
                assert not missing, (kind, id_, missing, entry)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**9))
def test_every_question_is_on_the_page_of_what_it_is_about(seed: int) -> None:
    catalogue = marked.catalogue(seed)
    shown = editions(catalogue, Audience.CUSTOMER, marked.TODAY)
    files = site(shown)
    for edition in shown:
        assert set(edition.public.questions) == set(catalogue.questions)
        for question in edition.public.questions.values():
            kind, _, id_ = question.about.partition("/")
            page = files[f"{entry_url(edition.language, kind, id_)}index.html"]
            marks = list(marked.public_marks(question, edition.language.code))
            assert marks
            assert not [m for m in marks if m not in page]


def test_a_question_goes_with_the_page_it_is_about() -> None:
    catalogue = marked.catalogue(1)
    question = next(iter(catalogue.questions.values()))
    kind, _, id_ = question.about.partition("/")
    explained = catalogue.entries[kind][id_]
    field = "title" if kind == "comparison" else "name"
    text = getattr(explained, field).model_copy(update={"fa": None})
    others = {**catalogue.entries[kind], id_: explained.model_copy(update={field: text})}
    changed = Catalogue({**catalogue.entries, kind: others}, catalogue.sources)
    for edition in editions(changed, Audience.CUSTOMER, marked.TODAY):
        assert (question.id in edition.public.questions) == (edition.language.code != "fa")


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**9))
def test_texts_for_staff_change_nothing_that_customers_read(seed: int) -> None:
    catalogue = stated(marked.catalogue(seed))
    other = marked.with_other_staff_texts(catalogue, hidden_services(catalogue))
    before = site(editions(catalogue, Audience.CUSTOMER, marked.TODAY))
    assert site(editions(other, Audience.CUSTOMER, marked.TODAY)) == before
    assert not any("fh-outdated" in text for text in before.values())


def stated(catalogue: Catalogue) -> Catalogue:
    """A catalogue in which every translation is of the text as it is now."""
    entries: dict[str, dict[str, Entry]] = {}
    for kind, entry in catalogue.all():
        now = {"state": "translated", "of": source_hash(entry, EN), "reviewer": None}
        says = {code: Translation.model_validate(now) for code in ("ar", "fa")}
        changes = {"translation": says} if isinstance(entry, Translated) else {}
        entries.setdefault(kind, {})[entry.id] = entry.model_copy(update=changes)
    return Catalogue(entries, catalogue.sources)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**9))
def test_an_old_translation_says_so_and_no_other_page_does(seed: int) -> None:
    catalogue = marked.catalogue(seed)
    shown = editions(catalogue, Audience.CUSTOMER, marked.TODAY)
    files = site(shown)
    expected = set()
    for edition in shown:
        code = edition.language.code
        for kind in FOLDERS:
            for id_ in edition.public.entries[kind]:
                found = catalogue.entries[kind][id_].translation.get(code)  # type: ignore[attr-defined]
                if code != "en" and found and (found.state == "stale" or (found.of and found.state != "missing")):  # fmt: skip
                    expected.add(f"{entry_url(edition.language, kind, id_)}index.html")
    assert {name for name, text in files.items() if "fh-outdated" in text} == expected
    for name in expected:
        original = f"../../en/{name[3:-10]}"
        assert f'{original}">' in files[name].split("fh-outdated")[1].split("</p>")[0]


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**9))
def test_the_staff_edition_has_a_record_of_every_service(seed: int) -> None:
    catalogue = marked.catalogue(seed)
    files = site(editions(catalogue, Audience.STAFF, marked.TODAY))
    for code in ("ar", "fa", "en"):
        for service in catalogue.services.values():
            record = files[f"{code}/portfolio/service/{service.id}/index.html"]
            assert getattr(service.name, code) in record
            for risk in service.risks:
                assert getattr(risk.title, code) in record
                assert getattr(risk.response, code) in record


def test_a_staff_field_does_not_exist_on_the_customers_copy() -> None:
    edition = editions(marked.catalogue(1), Audience.CUSTOMER, marked.TODAY)[0]
    service = next(iter(edition.public.services.values()))
    with pytest.raises(AttributeError):
        _ = service.risks
    assert edition.portfolio is None


@lru_cache
def example() -> Catalogue:
    catalogue, problems = load(ROOT)
    assert not problems
    return catalogue


def availability(day: date) -> dict[str, Availability]:
    return dict(editions(example(), Audience.CUSTOMER, day)[0].availability)


@pytest.mark.parametrize(
    ("id_", "day", "expected"),
    [
        ("email", date(2026, 11, 21), Availability.AVAILABLE),
        ("ai-assistant", date(2026, 11, 21), Availability.ANNOUNCED),
        ("fax-gateway", date(2026, 11, 21), Availability.CLOSING),
        ("fax-gateway", date(2027, 4, 1), Availability.CLOSED),
        ("pager", date(2026, 11, 21), Availability.CLOSED),
        ("pager", date(2030, 1, 1), None),
        ("directory", date(2026, 11, 21), None),
        ("private-5g", date(2026, 11, 21), None),
        ("desktop-cloud", date(2026, 11, 21), None),
    ],
)
def test_what_customers_are_told(id_: str, day: date, expected: Availability | None) -> None:
    assert availability(day).get(id_) == expected


def test_a_closing_service_takes_no_requests_and_names_what_replaces_it() -> None:
    edition = editions(example(), Audience.CUSTOMER, marked.TODAY)[2]
    renderer = Renderer(Reader(edition))
    page = next(
        p
        for make in makers(edition)
        if (p := make(renderer.reader)).url == "en/services/fax-gateway/"
    )
    article = renderer.article(page)
    assert "fh-start" not in article
    assert "Closing on" in article
    assert 'href="../data-exchange/"' in article


def changed(
    catalogue: Catalogue, services: dict[str, dict[str, object]], **more: dict[str, Entry]
) -> Catalogue:
    """A catalogue in which some services have other values, and further entries stand."""
    own = dict(catalogue.services)
    for id_, values in services.items():
        own[id_] = own[id_].model_copy(update=values)
    entries = {kind: {**catalogue.entries[kind], **found} for kind, found in more.items()}
    return Catalogue({**catalogue.entries, **entries, "service": own}, catalogue.sources)


def test_a_service_that_ends_in_the_pipeline_stays_unknown() -> None:
    steps = example().services["private-5g"].status_history
    for status in ("retiring", "retired"):
        ends = {"status": status, "publish": None, "ends_on": date(2027, 1, 1),
                "status_history": (*steps, steps[-1].model_copy(update={"status": status}))}  # fmt: skip
        catalogue = changed(example(), {"private-5g": ends})
        service = catalogue.services["private-5g"]
        assert availability_of(catalogue, service, marked.TODAY) is None
        assert hidden(catalogue, "service", "private-5g") is not None


def test_categories_and_audiences_of_hidden_services_only_are_hidden() -> None:
    secret = example().categories["network"].model_copy(update={"id": "secret-plan"})
    empty = secret.model_copy(update={"id": "empty"})
    catalogue = changed(
        example(),
        {"private-5g": {"categories": ("secret-plan", "network")}},
        category={"secret-plan": secret, "empty": empty},
    )
    for edition in editions(catalogue, Audience.CUSTOMER, marked.TODAY):
        assert {"empty", "network"} <= set(edition.public.categories)
        assert "secret-plan" not in edition.public.categories
        assert "provider-teams" not in edition.public.audiences
