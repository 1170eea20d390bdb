"""Every page of an edition, as work still to be done: the map of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from generator.editions import Edition
from generator.model.base import Entry
from generator.model.translated import Translated
from generator.pages import (
    catalogue,
    comparison,
    glossary,
    home,
    letters,
    listing,
    portfolio,
    process,
    record,
    registers,
    search,
    translations,
)
from generator.pages.addresses import entry_url, relative
from generator.pages.page import Link, Page, Sentence
from generator.pages.reader import Reader
from generator.pages.service import service_page

Maker = Callable[[Reader], Page]


def makers(edition: Edition) -> Iterator[Maker]:
    """What makes each page of an edition, in the order of the site's map."""
    public = edition.public
    yield home.home_page
    yield search.search_page
    yield catalogue.services_page
    yield letters.a_to_z_page
    for letter, number in letters.letter_pages(edition):
        yield partial(letters.letter_page, letter=letter, number=number)
    yield process.processes_page
    yield comparison.comparisons_page
    yield glossary.glossary_page
    for kind, make in ENTRIES.items():
        for id_ in public.entries[kind]:
            maker: Maker = partial(make, id_=id_)
            if (kind, id_) in edition.outdated:
                maker = partial(_outdated, make=maker, kind=kind, id_=id_)
            if _former(public.entries[kind][id_]):
                maker = partial(_moved, make=maker, kind=kind, id_=id_)
            yield maker
            for number in catalogue.further(edition, kind, id_):
                yield partial(make, id_=id_, number=number)
    if edition.portfolio is not None:
        yield portfolio.board_page
        for kind, id_, number in listing.listing_pages(edition):
            yield partial(listing.listing_page, kind=kind, id_=id_, number=number)
        for name, number in registers.register_pages(edition):
            yield partial(registers.register_page, name=name, number=number)
        yield translations.translations_page
        for id_ in edition.portfolio.services:
            yield partial(record.record_page, id_=id_)


def _moved(r: Reader, make: Maker, kind: str, id_: str) -> Page:
    """A page with its anchors of old, each with where it leads now: `new`, or `kind/id#new`."""
    page = make(r)
    former = []
    for old, now in _former(r.edition.public.entries[kind][id_]).items():
        address, _, anchor = now.rpartition("#")
        if not address:
            former.append((old, f"#{anchor}"))
        elif target := r.target(address, page.url):
            former.append((old, f"{target}#{anchor}"))
    return replace(page, former=tuple(former))


def _former(entry: Entry) -> dict[str, str]:
    return entry.former_anchors if isinstance(entry, Translated) else {}


def _outdated(r: Reader, make: Maker, kind: str, id_: str) -> Page:
    """A page with a notice that its original has changed, and a link to the original."""
    page, source = make(r), r.edition.source
    published = source in r.edition.languages[kind, id_]
    name = r.t(f"language.{source.code}")
    address = relative(entry_url(source, kind, id_), page.url)
    link = Link(address, r.t("page.original", language=name)) if published else ""
    return replace(page, notice=Sentence((r.t("page.outdated"), " ", link)))


ENTRIES: dict[str, Callable[..., Page]] = {
    "category": catalogue.category_page,
    "audience": catalogue.audience_page,
    "service": service_page,
    "process": process.process_page,
    "comparison": comparison.comparison_page,
    "term": glossary.term_page,
}
"""What makes the page of an entry, by its kind."""
