"""The portfolio board: all services in three bands. Staff only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from generator.languages import Phrase, sort_key
from generator.model.catalogue import Catalogue
from generator.model.service import Service
from generator.pages.addresses import list_url, record_url, relative
from generator.pages.navigation import REGISTERS
from generator.pages.page import Heading, Link, Page, Sentence, Value
from generator.pages.reader import Reader

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
    """The services of one status."""

    status: str
    title: str
    count: Sentence
    cards: tuple[BoardCard, ...]


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
    """Everything on the portfolio board."""

    title: str
    lead: str
    bands: tuple[Band, ...]
    lists: tuple[Link, ...]
    warnings: Sentence


def whole(r: Reader) -> Catalogue:
    """The whole catalogue; only a staff edition has one."""
    assert r.edition.portfolio is not None
    return r.edition.portfolio


def board_page(r: Reader) -> Page:
    """The portfolio board."""
    url = list_url(r.language, "portfolio")
    catalogue = whole(r)
    by_place: dict[tuple[str, str], list[Service]] = defaultdict(list)
    for service in catalogue.services.values():
        by_place[catalogue.section(service), service.status].append(service)
    bands = tuple(_band(r, band, by_place, url) for band in BANDS)
    warned = sum(bool(c.warnings) for b in bands for column in b.columns for c in column.cards)
    view = BoardView(
        title=r.t("portfolio.title"),
        lead=r.t("portfolio.lead"),
        bands=bands,
        lists=tuple(Link(r.list_link(name, url), r.t(f"portfolio.{name}")) for name in REGISTERS),
        warnings=r.say("portfolio.warned", count=warned),
    )
    toc = (*(Heading(b.id, b.title) for b in bands), Heading("table", r.t("portfolio.table")))
    return Page(
        url, r.language, "portfolio", "board", view.title, view.lead, view,
        r.alternates(lambda lang: list_url(lang, "portfolio")), toc, single=True,
    )  # fmt: skip


def _band(r: Reader, band: str, by_place: dict[tuple[str, str], list[Service]], url: str) -> Band:
    columns = tuple(
        Column(
            status, r.t(f"status.{status}"), r.say("list.count", count=len(found)),
            tuple(board_card(r, s, url) for s in sorted(found, key=lambda s: _name_key(r, s))),
        )
        for status in BANDS[band]
        if (found := by_place.get((band, status)))
    )  # fmt: skip
    count = sum(len(column.cards) for column in columns)
    return Band(
        band, r.t(f"section.{band}"), r.t(f"section.{band}_text"),
        r.say("list.count", count=count), columns,
    )  # fmt: skip


def _name_key(r: Reader, s: Service) -> tuple[str, str]:
    return sort_key(r.pick(s.name).text, r.language)


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
    """What needs attention soon: review, due diligence, publication (rules V10, V11)."""
    today, policy = r.edition.today, whole(r).policy
    found: list[Sentence | str] = []
    if s.review.next < today:
        found.append(r.say("warning.review", date=r.day(s.review.next)))
    until = s.due_diligence.valid_until if s.due_diligence else None
    if until and until <= today + timedelta(seconds=policy.due_diligence_notice.total_seconds):
        found.append(r.say("warning.due_diligence", date=r.day(until)))
    if s.ends_on and s.status == "retiring":
        found.append(r.say("warning.ends", date=r.day(s.ends_on)))
    listed = s.id in r.edition.availability
    if s.type == "customer-facing" and s.status == "operational" and not listed:
        found.append(r.t("warning.unlisted"))
    return found
