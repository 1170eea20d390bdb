"""What programs read of single pages: texts in other languages, signs, addresses, offers."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pytest

from generator import llms
from generator.audiences import Audience
from generator.availability import Availability
from generator.dress import SiteFacts
from generator.editions import Edition, editions
from generator.languages import AR, BY_CODE, EN, FA, Phrase
from generator.load import load
from generator.machine import Form, form
from generator.pages.page import Page
from generator.pages.reader import Reader
from generator.pages.site import makers
from tests.conftest import ROOT, TODAY
from tests.test_examples import BASE

SITE = "https://site.example/"


@lru_cache
def shown(root: Any = BASE, audience: Audience = Audience.CUSTOMER) -> tuple[Edition, ...]:
    catalogue, problems = load(root)
    assert not problems
    return editions(catalogue, audience, TODAY)


def of(code: str, root: Any = BASE, audience: Audience = Audience.CUSTOMER) -> Reader:
    return Reader(next(e for e in shown(root, audience) if e.language.code == code))


def first(reader: Reader, template: str) -> Page:
    return next(
        p for p in (make(reader) for make in makers(reader.edition)) if p.template == template
    )


def said(page: Page, reader: Reader, base: str = SITE) -> Any:
    return json.loads(form(page, reader, base, "Name").file)


def test_a_text_in_another_language_says_so() -> None:
    reader = of("ar")
    page = first(reader, "service")
    page = replace(page, view=replace(page.view, summary=Phrase("Only in English", EN, AR)))
    service = said(page, reader)["mainEntity"]
    assert service["description"] == {"@language": "en", "@value": "Only in English"}
    assert isinstance(service["name"], str)


def test_runs_of_the_other_direction_are_isolated() -> None:
    reader = of("fa")
    page = first(reader, "service")
    page = replace(page, view=replace(page.view, name=Phrase("پروندهٔ /etc/hosts", FA, FA)))
    assert said(page, reader)["mainEntity"]["name"] == "پروندهٔ \u2066/etc/hosts\u2069"


def test_no_text_ends_the_element_that_it_stands_in() -> None:
    reader = of("en")
    page = first(reader, "service")
    name = "</script><!--<script>"
    page = replace(page, view=replace(page.view, name=Phrase(name, EN, EN)))
    made = form(page, reader, SITE, name)
    script = made.head.partition('<script type="application/ld+json">')[2]
    assert script.index("<") == script.index("</script>") == len(script) - len("</script>")
    assert json.loads(made.file)["mainEntity"]["name"] == name


def test_without_an_address_of_the_site_links_are_relative() -> None:
    reader = of("en")
    made = said(first(reader, "term"), reader, "")
    assert made["url"] == "./"
    assert made["isPartOf"]["url"] == "../../"
    assert made["mainEntity"]["inDefinedTermSet"]["url"] == "../"
    urls = {page["inLanguage"]: page["url"] for page in made["exampleOfWork"]["workExample"]}
    id_ = first(reader, "term").url.split("/")[-2]
    assert urls["ar"] == f"../../../ar/glossary/{id_}/"


def test_a_language_in_which_an_entry_is_not_published_is_left_out() -> None:
    reader = of("en")
    page = first(reader, "term")
    page = replace(
        page,
        alternates=tuple(a if a.language is EN else replace(a, url=None) for a in page.alternates),
    )
    (only,) = said(page, reader)["exampleOfWork"]["workExample"]
    assert only["inLanguage"] == "en"


def test_a_page_that_is_not_listed_and_one_for_staff_have_no_form() -> None:
    reader = of("en", audience=Audience.STAFF)
    assert form(first(reader, "search"), reader, SITE, "Name") == Form()
    assert form(replace(first(reader, "term"), listed=False), reader, SITE, "Name") == Form()
    for template in ("board", "record", "register"):
        assert form(first(reader, template), reader, SITE, "Name") == Form()


@pytest.mark.parametrize(
    ("availability", "expected"),
    [
        (Availability.CLOSED, {"availability": "https://schema.org/Discontinued"}),
        (Availability.CLOSING, {"availabilityEnds"}),
        (Availability.ANNOUNCED, {"availabilityStarts"}),
    ],
)
def test_an_offer_says_since_when_or_until_when(availability: Availability, expected: Any) -> None:
    reader = of("fa", ROOT)
    makes = (make(reader) for make in makers(reader.edition))
    page = next(p for p in makes if p.template == "service" and p.view.availability is availability)
    offer = said(page, reader)["mainEntity"]["offers"]
    days = {key: value for key, value in offer.items() if key.startswith("availability")}
    assert set(days) == set(expected)
    if isinstance(expected, dict):
        assert days == expected
    else:
        assert all(day.startswith(("2026-", "2027-")) for day in days.values())


def test_llms_txt_does_not_grow_with_the_catalogue() -> None:
    facts = SiteFacts("", dict.fromkeys(BY_CODE, "Name"), False)
    files = dict(llms.files(shown(ROOT), facts, {}))
    services = shown(ROOT)[0].public.services
    assert len(services) > 30
    for name, text in files.items():
        assert not [id_ for id_ in services if f"services/{id_}/" in text], name
    assert "](services/a-z/)" in files["en/llms.txt"]
    assert "](en/llms.txt)" in files["llms.txt"]


def test_brackets_in_a_name_do_not_end_a_link() -> None:
    assert llms._line("a [b]", "x/", "") == r"- [a \[b\]](x/)"
