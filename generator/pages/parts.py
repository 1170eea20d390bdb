"""What staff pages are made of: parts with pairs, tables and prose. Staff only."""

from __future__ import annotations

from dataclasses import dataclass

from generator.editions import Edition
from generator.languages import Phrase, sort_key
from generator.pages import paging
from generator.pages.addresses import list_url, page_url, relative
from generator.pages.holdings import whole
from generator.pages.offering import OfferingView, Said
from generator.pages.page import Code, Link, Prose
from generator.pages.reader import Reader

Pair = tuple[str, tuple[Said | Link | Code | Prose, ...]]


@dataclass(frozen=True, slots=True)
class GridView:
    """A table: heads and rows of cells, each cell a tuple of things; `numeric` columns align at the end.

    `more` leads to rows for which there is no room.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[Said | Link | Code, ...], ...], ...]
    numeric: frozenset[int] = frozenset()
    more: Link | None = None


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of a record: a heading over pairs, tables and texts, each text with an id and a title or without."""

    id: str
    title: str
    pairs: tuple[Pair, ...] = ()
    grids: tuple[GridView, ...] = ()
    prose: tuple[tuple[str, str, Prose], ...] = ()
    offerings: tuple[OfferingView, ...] = ()


def pairs(r: Reader, *labelled: tuple[str, object]) -> tuple[Pair, ...]:
    """Label and value, for the values that are there."""
    found: list[Pair] = []
    for key, value in labelled:
        if value:
            found.append((r.t(key), value if isinstance(value, tuple) else (value,)))
    return tuple(found)


def team(r: Reader, id_: str | None) -> Phrase | None:
    """The name of a team."""
    return r.pick(whole(r).teams[id_].name) if id_ else None


KINDS_OF = {
    "customers": "customer", "agreements": "agreement", "suppliers": "supplier",
    "cases": "business-case",
}  # fmt: skip
"""What each register holds."""


def in_register(edition: Edition, name: str) -> tuple[str, ...]:
    """The ids of a register's entries by their names: sorted once."""
    return edition.once(("register", name), lambda: tuple(_by_name(edition, KINDS_OF[name])))


def _by_name(edition: Edition, kind: str) -> list[str]:
    assert edition.portfolio is not None
    catalogue, language = edition.portfolio, edition.language
    ids = catalogue.entries.get(kind, {})
    return sorted(
        ids, key=lambda id_: sort_key(catalogue.name(kind, id_).pick(language).text, language)
    )


def register_link(r: Reader, name: str, id_: str, url: str) -> Link:
    """A link to an entry of a register, on whichever page it stands."""
    places = r.once(
        ("places", name), lambda: {x: i for i, x in enumerate(in_register(r.edition, name))}
    )
    page = page_url(list_url(r.language, name), places[id_] // paging.REGISTERED + 1)
    text = r.pick(whole(r).name(KINDS_OF[name], id_))
    return Link(f"{relative(page, url)}#{id_}", text)


def agreement_link(r: Reader, id_: str, url: str) -> Link:
    """A link to an agreement in the staff list."""
    return register_link(r, "agreements", id_, url)
