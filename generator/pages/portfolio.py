"""The portfolio board: all services in three bands. Staff only."""

from __future__ import annotations

from dataclasses import dataclass

from generator.editions import Edition
from generator.languages import Phrase
from generator.model.service import Service
from generator.pages import paging
from generator.pages.addresses import list_url, listing_url, record_url, relative
from generator.pages.holdings import Holdings, portfolio, whole, worries
from generator.pages.navigation import REGISTERS
from generator.pages.page import Heading, Link, Page, Sentence, Value
from generator.pages.parts import GridView
from generator.pages.reader import Reader

SHOWN = 6
"""Services that a column shows where the board cannot show them all."""

BANDS = {
    "pipeline": (
        "requirements", "definition", "analysis", "approved", "chartered", "design", "development",
        "build", "test", "release", "rejected",
    ),
    "catalogue": ("release", "operational"),
    "retired": ("retiring", "retired"),
}  # fmt: skip
"""The parts of the portfolio with their statuses, in the order of the service lifecycle."""


@dataclass(frozen=True, slots=True)
class BoardCard:
    """A service on the board."""

    link: Link
    status: str
    type_name: str
    criticality: str
    owner: Phrase
    review: Value
    since: Value
    warnings: tuple[Sentence | str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """The services of one status; `more` leads to all of them, if these are not all."""

    status: str
    title: str
    count: Sentence
    cards: tuple[BoardCard, ...]
    more: Link | None


@dataclass(frozen=True, slots=True)
class Band:
    """One part of the portfolio."""

    id: str
    title: str
    text: str
    count: Sentence
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class BoardView:
    """Everything on the portfolio board; `grid` stands for the table of all services of a large one."""

    title: str
    lead: str
    bands: tuple[Band, ...]
    lists: tuple[Link, ...]
    warnings: Sentence | Link
    grid: GridView | None


def is_abridged(edition: Edition) -> bool:
    """Whether the board shows only some services of each status."""
    return paging.is_split(len(portfolio(edition).rows))


def board_page(r: Reader) -> Page:
    """The portfolio board."""
    url = list_url(r.language, "portfolio")
    bands = tuple(_band(r, band, url) for band in BANDS)
    view = BoardView(
        title=r.t("portfolio.title"),
        lead=r.t("portfolio.lead"),
        bands=bands,
        lists=tuple(Link(r.list_link(name, url), r.t(f"portfolio.{name}")) for name in REGISTERS),
        warnings=_warned(r, url),
        grid=_grid(r, url) if is_abridged(r.edition) else None,
    )
    toc = (*(Heading(b.id, b.title) for b in bands), Heading("table", r.t("portfolio.table")))
    return Page(
        url, r.language, "portfolio", "board", view.title, view.lead, view,
        r.alternates(lambda lang: list_url(lang, "portfolio")), toc, single=True,
    )  # fmt: skip


def _warned(r: Reader, url: str) -> Sentence | Link:
    """How many services need attention; on a large board a link to them."""
    count = len(portfolio(r.edition).within("attention", "all"))
    said = r.say("portfolio.warned", count=count)
    if not count or not is_abridged(r.edition):
        return said
    return Link(relative(listing_url(r.language, "attention", "all"), url), said)


def _band(r: Reader, band: str, url: str) -> Band:
    found = {status: _of(r, f"{band}-{status}") for status in BANDS[band]}
    columns = tuple(_column(r, band, status, rows, url) for status, rows in found.items() if rows)
    return Band(
        band, r.t(f"section.{band}"), r.t(f"section.{band}_text"),
        r.say("list.count", count=sum(map(len, found.values()))), columns,
    )  # fmt: skip


def _of(r: Reader, column: str) -> Holdings:
    rows = portfolio(r.edition).within("status", column)
    return tuple(sorted(rows, key=lambda row: row.key))


def _column(r: Reader, band: str, status: str, rows: Holdings, url: str) -> Column:
    shown = rows[:SHOWN] if is_abridged(r.edition) else rows
    said = r.say("list.all", count=len(rows))
    href = relative(listing_url(r.language, "status", f"{band}-{status}"), url)
    return Column(
        status, r.t(f"status.{status}"), r.say("list.count", count=len(rows)),
        tuple(board_card(r, whole(r).services[row.id], url) for row in shown),
        Link(href, said) if len(shown) < len(rows) else None,
    )  # fmt: skip


def _grid(r: Reader, url: str) -> GridView:
    """How many services each status has, with the way to them."""
    columns = [f"{band}-{status}" for band, found in BANDS.items() for status in found]
    return GridView(
        (r.t("record.status"), r.t("register.services")),
        tuple(
            ((Link(relative(listing_url(r.language, "status", c), url), column_title(r, c)),),
             (r.number(len(rows)),))
            for c in columns if (rows := _of(r, c))
        ),
        frozenset({1}),
    )  # fmt: skip


def column_title(r: Reader, column: str) -> str:
    """A part of the portfolio and a status in it, in words."""
    band, _, status = column.partition("-")
    return r.t("listing.status", section=r.t(f"section.{band}"), status=r.t(f"status.{status}"))


def record_link(r: Reader, service: Service, url: str) -> Link:
    """A link to the staff record of a service."""
    return Link(relative(record_url(r.language, service.id), url), r.pick(service.name))


def board_card(r: Reader, s: Service, url: str) -> BoardCard:
    """A service as the board shows it."""
    return BoardCard(
        link=record_link(r, s, url),
        status=r.t(f"status.{s.status}"),
        type_name=r.t(f"type.{s.type}"),
        criticality=r.t(f"criticality.{s.criticality}"),
        owner=r.pick(whole(r).teams[s.roles.owner].name),
        review=r.day(s.review.next),
        since=r.day(s.status_history[-1].on),
        warnings=tuple(warnings(r, s)),
    )


def warnings(r: Reader, s: Service) -> list[Sentence | str]:
    """What needs attention soon, in words."""
    return [
        r.say(f"warning.{worry}", date=r.day(on)) if on else r.t(f"warning.{worry}")
        for worry, on in worries(r.edition, s)
    ]
