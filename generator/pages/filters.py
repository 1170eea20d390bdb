"""The filters of the catalogue: what can be chosen, and how many services each choice has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from generator.availability import Availability
from generator.languages import Phrase
from generator.model.audience import ServiceAudience
from generator.model.category import Category
from generator.pages.plurals import plural_forms
from generator.pages.reader import Reader
from generator.pages.shelf import Row, Rows

Ordered = TypeVar("Ordered", Category, ServiceAudience)

GROUPS: dict[str, Callable[[Row], tuple[str, ...]]] = {
    "category": lambda row: row.categories,
    "audience": lambda row: row.audiences,
    "price": lambda row: (row.price_kind,),
    "availability": lambda row: (row.availability.value,),
}
"""What each group of filters looks at."""


@dataclass(frozen=True, slots=True)
class OptionView:
    """One choice of a filter."""

    value: str
    label: Phrase | str
    count: int


@dataclass(frozen=True, slots=True)
class FilterView:
    """One group of filters."""

    name: str
    label: str
    options: tuple[OptionView, ...]


def in_their_order(entries: Mapping[str, Ordered]) -> list[Ordered]:
    """Categories or audiences as the provider orders them."""
    return sorted(entries.values(), key=lambda entry: (entry.order, entry.id))


def filters(r: Reader, rows: Rows) -> tuple[FilterView, ...]:
    """The filters of a list: only choices that lead to something."""
    return tuple(_filter(r, name, rows) for name in GROUPS)


def _filter(r: Reader, name: str, rows: Rows) -> FilterView:
    counts = Counter(value for row in rows for value in GROUPS[name](row))
    options = (OptionView(value, label, counts[value]) for value, label in _choices(r, name))
    return FilterView(name, r.t(f"filter.{name}"), tuple(o for o in options if o.count))


def _choices(r: Reader, name: str) -> Iterator[tuple[str, Phrase | str]]:
    public = r.edition.public
    if name == "category":
        yield from ((c.id, r.pick(c.name)) for c in in_their_order(public.categories))
    elif name == "audience":
        yield from ((a.id, r.pick(a.name)) for a in in_their_order(public.audiences))
    else:
        values = ("free", "paid", "quote") if name == "price" else tuple(Availability)
        yield from ((str(value), r.t(f"filter.{name}.{value}")) for value in values)


def counts(r: Reader) -> dict[str, Any]:
    """The count line for a script, which writes the number and chooses the form."""
    return {"locale": r.format.locale, "forms": plural_forms("list.count", r)}
