"""A service as lists show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.availability import Availability
from generator.languages import Phrase
from generator.model.service import Service
from generator.pages.offering import Said, price_line
from generator.pages.page import Link
from generator.pages.reader import Reader
from generator.pages.service import badge
from generator.pages.shelf import Row


@dataclass(frozen=True, slots=True)
class CardView:
    """A service in a list, with what the filters look at."""

    id: str
    link: Link
    summary: Phrase
    category: Phrase | None
    price: Said | None
    badge: Said
    availability: Availability
    categories: str
    audiences: str
    price_kind: str


def cards(r: Reader, rows: Iterable[Row], url: str) -> tuple[CardView, ...]:
    """The services of some rows in the list at `url`."""
    return tuple(_card(r, row, url) for row in rows)


def _card(r: Reader, row: Row, url: str) -> CardView:
    service = r.edition.public.services[row.id]
    made = r.once(("card", row.id), lambda: _unlinked(r, service, row))
    return replace(made, link=r.link("service", row.id, url))


def _unlinked(r: Reader, s: Service, row: Row) -> CardView:
    """A card but for its link, which is relative to the list."""
    category = r.edition.public.categories[s.categories[0]] if s.categories else None
    return CardView(
        id=s.id,
        link=Link("", r.pick(s.name)),
        summary=r.pick(s.summary),
        category=r.pick(category.name) if category else None,
        price=price_line(r, s.price) if s.price else None,
        badge=badge(r, s, row.availability, r.day),
        availability=row.availability,
        categories=" ".join(s.categories),
        audiences=" ".join(s.audiences),
        price_kind=row.price_kind,
    )


def without_category(found: tuple[CardView, ...]) -> tuple[CardView, ...]:
    """Cards under the name of their category, which need not repeat it."""
    return tuple(replace(card, category=None) for card in found)
