"""What staff pages are made of: parts with pairs, tables and prose. Staff only."""

from __future__ import annotations

from dataclasses import dataclass

from generator.languages import Phrase
from generator.pages.offering import OfferingView, Said
from generator.pages.page import Code, Link, Prose
from generator.pages.portfolio import whole
from generator.pages.reader import Reader

Pair = tuple[str, tuple[Said | Link | Code | Prose, ...]]


@dataclass(frozen=True, slots=True)
class GridView:
    """A table: heads and rows of cells, each cell a tuple of things; `numeric` columns align at the end."""

    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[Said | Link | Code, ...], ...], ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of a record: a heading over pairs and tables."""

    id: str
    title: str
    pairs: tuple[Pair, ...] = ()
    grids: tuple[GridView, ...] = ()
    prose: tuple[tuple[str, Prose], ...] = ()
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


def agreement_link(r: Reader, id_: str, url: str) -> Link:
    """A link to an agreement in the staff list."""
    name = r.pick(whole(r).agreements[id_].name)
    return Link(f"{r.list_link('agreements', url)}#{id_}", name)
