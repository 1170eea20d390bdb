"""The services that belong to something, where they are too many to stand there. Staff only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.editions import Edition
from generator.languages import Phrase
from generator.pages import paging
from generator.pages.addresses import further_url, listing_url, page_url, record_url, relative
from generator.pages.holdings import Holding, portfolio, users, whole
from generator.pages.offering import Said
from generator.pages.page import Code, Link, Page, Sentence
from generator.pages.paging import Pager
from generator.pages.parts import GridView, register_link
from generator.pages.portfolio import board_card, column_title, is_abridged, record_link
from generator.pages.reader import Reader

INLINE, SHOWN = 50, 20
"""Services that an entry of a register names itself at most, and how many if there are more."""

_REGISTERS = {
    "customer": "customers", "supplier": "suppliers", "agreement": "agreements", "case": "cases",
}  # fmt: skip
_HEADS = ("portfolio.service", "record.status", "record.type", "record.criticality", "record.owner",
          "record.next_review", "listing.attention")  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListingView:
    """A page of such a list."""

    title: Phrase | Sentence | str
    back: Link
    count: Sentence
    grid: GridView
    pager: Pager | None


def has_listing(edition: Edition, kind: str, id_: str) -> bool:
    """Whether the services of something have a list of their own."""
    count = _count(edition, kind, id_)
    if kind in ("status", "attention"):
        return is_abridged(edition) and count > 0
    return count > (INLINE if kind in _REGISTERS else paging.LIMIT)


def _count(edition: Edition, kind: str, id_: str) -> int:
    if kind == "rests-on":
        return len(users(edition).get(id_, ()))
    return len(portfolio(edition).within(kind, id_))


def listing_pages(edition: Edition) -> Iterator[tuple[str, str, int]]:
    """Kind, id and number of every page of such lists."""
    for (kind, id_), rows in sorted(portfolio(edition).groups.items()):
        if has_listing(edition, kind, id_):
            yield from ((kind, id_, n) for n in range(1, paging.page_count(len(rows)) + 1))


def all_of(r: Reader, kind: str, id_: str, url: str) -> Link | None:
    """The way to all services of something, if they have a list of their own."""
    if not has_listing(r.edition, kind, id_):
        return None
    said = r.say("list.all", count=_count(r.edition, kind, id_))
    return Link(relative(listing_url(r.language, kind, id_), url), said)


def services_of(r: Reader, kind: str, id_: str, url: str) -> tuple[Link, ...]:
    """The services of something as links: all, or the first and the way to all."""
    rows, more = portfolio(r.edition).within(kind, id_), all_of(r, kind, id_, url)
    named = rows[:SHOWN] if more else rows
    links = (record_link(r, whole(r).mentioned(row.id), url) for row in named)
    return (*links, more) if more else tuple(links)


def listing_page(r: Reader, kind: str, id_: str, number: int) -> Page:
    """A page of the services of something, by name."""
    first = listing_url(r.language, kind, id_)
    url = page_url(first, number)
    rows = sorted(portfolio(r.edition).within(kind, id_), key=lambda row: row.key)
    title, back = _about(r, kind, id_, url)
    view = ListingView(
        title=paging.titled(r, title, number),
        back=back,
        count=paging.line(r, number, len(rows)),
        grid=GridView(
            tuple(r.t(head) for head in _HEADS),
            tuple(_row(r, row, url) for row in paging.part(rows, number)),
        ),
        pager=paging.pager(r, first, number, paging.page_count(len(rows))),
    )
    return Page(
        url, r.language, "portfolio", "listing", view.title, r.t("portfolio.lead"), view,
        r.alternates(lambda lang: listing_url(lang, kind, id_)), listed=False,
        like=further_url(r.language, "listing" if number == 1 else "listing page"),
    )  # fmt: skip


def _about(r: Reader, kind: str, id_: str, url: str) -> tuple[Sentence | str, Link]:
    """What the services have in common, and the way back to it."""
    if kind in ("status", "attention"):
        board = Link(r.list_link("portfolio", url), r.t("portfolio.title"))
        return column_title(r, id_) if kind == "status" else r.t("listing.worrying"), board
    if kind == "rests-on":
        name = r.pick(whole(r).mentioned(id_).name)
        record = Link(relative(record_url(r.language, id_), url), name)
        return r.say("listing.rests_on", name=name), record
    link = register_link(r, _REGISTERS[kind], id_, url)
    return r.say("listing.of", name=link.text), link


def _row(r: Reader, row: Holding, url: str) -> tuple[tuple[Said | Link | Code, ...], ...]:
    card = board_card(r, whole(r).services[row.id], url)
    return (
        (card.link,), (card.status,), (card.type_name,), (card.criticality,), (card.owner,),
        (card.review,), card.warnings,
    )  # fmt: skip
