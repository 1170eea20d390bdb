"""Every page of an edition, as work still to be done: the map of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
)
from generator.pages.page import Page
from generator.pages.reader import Reader
from generator.pages.service import service_page

Maker = Callable[[Reader], Page]


def makers(edition: Edition) -> Iterator[Maker]:
    """What makes each page of an edition, in the order of the site's map."""
    public = edition.public
    yield home.home_page
    yield catalogue.services_page
    yield catalogue.a_to_z_page
    yield process.processes_page
    yield comparison.comparisons_page
    yield glossary.glossary_page
    for kind, make in _ENTRIES.items():
        for id_ in public.entries[kind]:
            yield partial(make, id_=id_)
    if edition.portfolio is not None:
        yield portfolio.board_page
        yield from registers.register_pages()
        for id_ in edition.portfolio.services:
            yield partial(record.record_page, id_=id_)


_ENTRIES: dict[str, Callable[..., Page]] = {
    "category": catalogue.category_page,
    "audience": catalogue.audience_page,
    "service": service_page,
    "process": process.process_page,
    "comparison": comparison.comparison_page,
    "term": glossary.term_page,
}
