"""Every page of an edition, as work still to be done: the map of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from generator.editions import Edition
from generator.pages import (
    catalogue,
    comparison,
    glossary,
    home,
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
    yield catalogue.a_to_z_page
    yield process.processes_page
    yield comparison.comparisons_page
    yield glossary.glossary_page
    for kind, make in _ENTRIES.items():
        for id_ in public.entries[kind]:
            old = (kind, id_) in edition.outdated
            yield (
                partial(_outdated, make=make, kind=kind, id_=id_) if old else partial(make, id_=id_)
            )
    if edition.portfolio is not None:
        yield portfolio.board_page
        yield from registers.register_pages()
        yield translations.translations_page
        for id_ in edition.portfolio.services:
            yield partial(record.record_page, id_=id_)


def _outdated(r: Reader, make: Callable[..., Page], kind: str, id_: str) -> Page:
    """A page with a notice that its original has changed, and a link to the original."""
    page, source = make(r, id_=id_), r.edition.source
    published = source in r.edition.languages[kind, id_]
    name = r.t(f"language.{source.code}")
    address = relative(entry_url(source, kind, id_), page.url)
    link = Link(address, r.t("page.original", language=name)) if published else ""
    return replace(page, notice=Sentence((r.t("page.outdated"), " ", link)))


_ENTRIES: dict[str, Callable[..., Page]] = {
    "category": catalogue.category_page,
    "audience": catalogue.audience_page,
    "service": service_page,
    "process": process.process_page,
    "comparison": comparison.comparison_page,
    "term": glossary.term_page,
}
