"""Every page of an edition, as work still to be done: the map of the site."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from generator.editions import Edition
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

_Run = tuple[int, Callable[[int], Maker]]
"""How many pages of one sort there are, and what gives the maker of each by its number among them."""


def makers(edition: Edition) -> Iterator[Maker]:
    """What makes each page of an edition: lists, entries, then what long lists go on with."""
    for count, maker in _runs(edition):
        yield from map(maker, range(count))


def some(edition: Edition, numbers: Iterable[int]) -> Iterator[Maker]:
    """What makes some pages, by their numbers in the order of `makers`, without going through all."""
    start, left = 0, deque(sorted(numbers))
    for count, maker in _runs(edition):
        while left and left[0] < start + count:
            yield maker(left.popleft() - start)
        if not left:
            return
        start += count


def _runs(edition: Edition) -> Iterator[_Run]:
    """The pages of an edition in their order, those of one sort together."""
    yield _run(
        home.home_page, search.search_page, catalogue.services_page, letters.a_to_z_page,
        process.processes_page, comparison.comparisons_page, glossary.glossary_page,
    )  # fmt: skip
    for kind, make in ENTRIES.items():
        yield _each(partial(_entry_page, make=make, kind=kind), edition.public.entries[kind])
    if edition.portfolio is not None:
        yield _run(portfolio.board_page, translations.translations_page)
        yield _each(record.record_page, edition.portfolio.services)
    yield _run(*_letters(edition))
    yield _run(*_groups(edition))
    if edition.portfolio is not None:
        yield _run(*_holdings(edition))


def _run(*found: Maker) -> _Run:
    return len(found), found.__getitem__


def _each(make: Callable[..., Page], entries: Iterable[str]) -> _Run:
    ids = tuple(entries)
    return len(ids), lambda number: partial(make, id_=ids[number])


def _letters(edition: Edition) -> Iterator[Maker]:
    """The pages of the letters of a large catalogue."""
    for letter, number in letters.letter_pages(edition):
        yield partial(letters.letter_page, letter=letter, number=number)


def _groups(edition: Edition) -> Iterator[Maker]:
    """The further pages of categories and audiences."""
    for kind in ("category", "audience"):
        for id_ in edition.public.entries[kind]:
            for number in catalogue.further(edition, kind, id_):
                yield partial(ENTRIES[kind], id_=id_, number=number)


def _holdings(edition: Edition) -> Iterator[Maker]:
    """What staff's lists go on with."""
    for kind, id_, number in listing.listing_pages(edition):
        yield partial(listing.listing_page, kind=kind, id_=id_, number=number)
    for name, number in registers.register_pages(edition):
        yield partial(registers.register_page, name=name, number=number)


def _entry_page(r: Reader, make: Callable[..., Page], kind: str, id_: str) -> Page:
    """The page of an entry, with what leads on from its former anchors and a notice if it is outdated."""
    page = make(r, id_)
    if former := _former(r, kind, id_, page.url):
        page = replace(page, former=former)
    return page if (kind, id_) not in r.edition.outdated else _outdated(r, page, kind, id_)


def _former(r: Reader, kind: str, id_: str, url: str) -> tuple[tuple[str, str], ...]:
    """The anchors of old, each with where it leads now: `new`, or `kind/id#new`."""
    entry = r.edition.public.entries[kind][id_]
    former = []
    for old, now in entry.former_anchors.items() if isinstance(entry, Translated) else ():
        address, _, anchor = now.rpartition("#")
        if not address:
            former.append((old, f"#{anchor}"))
        elif target := r.target(address, url):
            former.append((old, f"{target}#{anchor}"))
    return tuple(former)


def _outdated(r: Reader, page: Page, kind: str, id_: str) -> Page:
    """A page with a notice that its original has changed, and a link to the original."""
    source = r.edition.source
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
