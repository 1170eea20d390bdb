"""The order of the services in lists: a short row each, for all that lists need to know of every one.

Only `rows` goes through the services themselves. Lists, counts and filters are made from rows, and
what a page shows of the services that stand on it is looked up by their ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from generator.availability import Availability
from generator.editions import Edition
from generator.languages import initial, sort_key
from generator.model.service import Service
from generator.pages import paging

Rows = tuple["Row", ...]


class Row(NamedTuple):
    """What lists know of a service: its place in the order, and what filters look at.

    `key` ends with the name itself; `changed` are the days of its changes in their order.
    """

    id: str
    key: tuple[str, str]
    letter: str
    categories: tuple[str, ...]
    audiences: tuple[str, ...]
    availability: Availability
    price_kind: str
    changed: tuple[date, ...]

    @property
    def name(self) -> str:
        """The name in the language of the list."""
        return self.key[1]


class Shelf:
    """The services of an edition in the order of their names, and in the groups that lists show."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    @cached_property
    def offered(self) -> Rows:
        """What can be used now or soon; closed services are found by name only."""
        return tuple(row for row in self.rows if row.availability is not Availability.CLOSED)

    @cached_property
    def letters(self) -> dict[str, Rows]:
        """All services under their letters."""
        return _grouped(self.rows, lambda row: (row.letter,))

    @cached_property
    def shelves(self) -> dict[str, Rows]:
        """What is offered, each service under the first of its categories."""
        return _grouped(self.offered, lambda row: row.categories[:1])

    @cached_property
    def of(self) -> dict[str, dict[str, Rows]]:
        """What is offered in each category, and for each audience."""
        return {
            "category": _grouped(self.offered, lambda row: row.categories),
            "audience": _grouped(self.offered, lambda row: row.audiences),
        }

    def within(self, kind: str, id_: str) -> Rows:
        """What is offered in a category, or for an audience."""
        return self.of[kind].get(id_, ())


def _grouped(rows: Iterable[Row], groups: Callable[[Row], Iterable[str]]) -> dict[str, Rows]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for group in groups(row):
            found[group].append(row)
    return {group: tuple(members) for group, members in found.items()}


def shelf(edition: Edition) -> Shelf:
    """The services of an edition in their order: made once."""
    return edition.once("shelf", lambda: Shelf(rows(edition)))


def rows(edition: Edition) -> Rows:
    """A row for each service that this edition shows, by name."""
    if "shelf" not in edition.rows:
        edition.rows["shelf"] = _rows(edition)
    found: Rows = edition.rows["shelf"]
    return found


def _rows(edition: Edition) -> Rows:
    return _sorted(_row(edition, service) for service in edition.public.services.values())


def _sorted(found: Iterable[Row]) -> Rows:
    return tuple(sorted(found, key=lambda row: row.key))


def with_names(edition: Edition, found: Rows, ids: Iterable[str]) -> Rows:
    """Rows of an edition in which some services have other names now."""
    services = edition.public.services
    fresh = {id_: _row(edition, services[id_]) for id_ in ids if id_ in services}
    return _sorted(fresh.get(row.id, row) for row in found)


def moved(before: Edition, now: Edition) -> set[str] | None:
    """The services that stand elsewhere in lists than before, or in lists of another length.

    Nothing if the lists of letters have other pages than before.
    """
    old, new = shelf(before), shelf(now)
    found = elsewhere([row.id for row in old.rows], [row.id for row in new.rows])
    counts, were = ({a: len(rows) for a, rows in of.letters.items()} for of in (new, old))
    if counts != were and paging.is_split(len(new.rows)):
        if _pages(counts) != _pages(were):
            return None
        for letter, rows in new.letters.items():
            if counts[letter] != were[letter]:
                found.update(row.id for row in rows)
    return found


def elsewhere(before: Sequence[str], now: Sequence[str]) -> set[str]:
    """Those that stand where another stood."""
    return {id_ for pair in zip(before, now, strict=True) if pair[0] != pair[1] for id_ in pair}


def _pages(counts: Mapping[str, int]) -> dict[str, int]:
    return {letter: paging.page_count(count) for letter, count in counts.items()}


def _row(edition: Edition, s: Service) -> Row:
    name = s.name.pick(edition.language).text
    return Row(
        s.id, sort_key(name, edition.language), initial(name, edition.language),
        s.categories, s.audiences, edition.availability[s.id], _price_kind(s),
        tuple(change.on for change in s.changes),
    )  # fmt: skip


def _price_kind(s: Service) -> str:
    if s.price is None:
        return ""
    if s.price.policy in ("free", "notional"):
        return "free"
    return "paid" if s.price.amount is not None else "quote"
