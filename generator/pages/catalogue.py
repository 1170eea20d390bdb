"""The service catalogue as lists: all services, A–Z, one category, one audience."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, TypeVar

from generator.availability import Availability
from generator.languages import Phrase, initial, sort_key
from generator.model.audience import ServiceAudience
from generator.model.category import Category
from generator.model.service import Service
from generator.pages.addresses import entry_url, list_url
from generator.pages.offering import Said, price_line
from generator.pages.page import Heading, Link, Page, Sentence
from generator.pages.reader import Reader
from generator.pages.service import badge

Ordered = TypeVar("Ordered", Category, ServiceAudience)


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


@dataclass(frozen=True, slots=True)
class GroupView:
    """Services under one heading; the only group of a page has none."""

    id: str
    title: Phrase | str | None
    text: Phrase | None
    link: Link | None
    cards: tuple[CardView, ...]


@dataclass(frozen=True, slots=True)
class CatalogueView:
    """A list of services in groups, with or without filters."""

    title: Phrase | str
    lead: Phrase | Sentence | str
    count: Sentence | str
    filters: tuple[FilterView, ...]
    groups: tuple[GroupView, ...]
    letters: tuple[Heading, ...]
    other: tuple[Link, ...]
    counts: dict[str, str]


def services_page(r: Reader) -> Page:
    """All services by category, with filters."""
    url = list_url(r.language, "services")
    categories = in_their_order(r.edition.public.categories)
    services = _offered(r)
    groups = tuple(
        GroupView(c.id, r.pick(c.name), r.pick(c.description), r.link("category", c.id, url),
                  _without_category(cards))
        for c in categories
        if (cards := _cards(r, (s for s in services if s.categories[:1] == (c.id,)), url))
    )  # fmt: skip
    view = CatalogueView(
        title=r.t("list.services"),
        lead=r.t("list.services_lead"),
        count=r.say("list.count", count=len(services)),
        filters=_filters(r, services),
        groups=groups,
        letters=(),
        other=(Link(r.list_link("a-z", url), r.t("list.a_z")),),
        counts=_plurals(r),
    )
    return _page(
        r,
        url,
        "services",
        view,
        "services",
        tuple(Heading(g.id, g.title) for g in groups if g.title),
    )


def a_to_z_page(r: Reader) -> Page:
    """All services under the letters of the language's own alphabet."""
    url = list_url(r.language, "a-z")
    services = sorted(
        r.edition.public.services.values(), key=lambda s: sort_key(r.pick(s.name).text, r.language)
    )
    groups = tuple(
        GroupView(_letter_id(letter), letter, None, None, _cards(r, run, url))
        for letter, run in groupby(services, key=lambda s: initial(r.pick(s.name).text, r.language))
    )
    view = CatalogueView(
        title=r.t("list.a_z"),
        lead=r.t("list.a_z_lead"),
        count=r.say("list.count", count=len(services)),
        filters=(),
        groups=groups,
        letters=tuple(Heading(g.id, g.title) for g in groups if g.title),
        other=(Link(r.list_link("services", url), r.t("list.by_category")),),
        counts={},
    )
    return _page(r, url, "services", view, "a-z", ())


def category_page(r: Reader, id_: str) -> Page:
    """The services of one category."""
    category = r.edition.public.categories[id_]
    services = [s for s in _offered(r) if id_ in s.categories]
    return _one_group(r, "category", id_, category.name, category.description, services)


def audience_page(r: Reader, id_: str) -> Page:
    """The services for one audience."""
    audience = r.edition.public.audiences[id_]
    services = [s for s in _offered(r) if id_ in s.audiences]
    return _one_group(r, "audience", id_, audience.name, audience.description, services)


def _one_group(
    r: Reader, kind: str, id_: str, name: Any, description: Any, services: list[Service]
) -> Page:
    url = entry_url(r.language, kind, id_)
    cards = _cards(r, services, url)
    if kind == "category":
        cards = _without_category(cards)
    view = CatalogueView(
        title=r.pick(name),
        lead=r.pick(description),
        count=r.say("list.count", count=len(services)),
        filters=(),
        groups=(GroupView("services", None, None, None, cards),),
        letters=(),
        other=(
            Link(r.list_link("services", url), r.t("list.services")),
            Link(r.list_link("a-z", url), r.t("list.a_z")),
        ),
        counts={},
    )
    return Page(
        url, r.language, "services", "catalogue", view.title, r.pick(description), view,
        r.entry_alternates(kind, id_),
    )  # fmt: skip


def _page(
    r: Reader, url: str, section: str, view: CatalogueView, name: str, toc: tuple[Heading, ...]
) -> Page:
    description = view.lead if isinstance(view.lead, str) else str(view.lead)
    return Page(
        url, r.language, section, "catalogue", view.title, description, view,
        r.alternates(lambda lang: list_url(lang, name)), toc, single=True,
    )  # fmt: skip


def _offered(r: Reader) -> list[Service]:
    """Services that can be used now or soon; closed ones are found by name only."""
    shown = [
        service
        for id_, service in r.edition.public.services.items()
        if r.edition.availability[id_] is not Availability.CLOSED
    ]
    return sorted(shown, key=lambda s: sort_key(r.pick(s.name).text, r.language))


def _cards(r: Reader, services: Iterable[Service], url: str) -> tuple[CardView, ...]:
    return tuple(card(r, service, url) for service in services)


def _without_category(cards: tuple[CardView, ...]) -> tuple[CardView, ...]:
    """Cards under the name of their category, which need not repeat it."""
    return tuple(replace(card, category=None) for card in cards)


def card(r: Reader, s: Service, url: str) -> CardView:
    """A service as a list shows it."""
    return replace(r.once(("card", s.id), lambda: _card(r, s)), link=r.link("service", s.id, url))


def _card(r: Reader, s: Service) -> CardView:
    """A card but for its link, which is relative to the list."""
    categories = r.edition.public.categories
    return CardView(
        id=s.id,
        link=Link("", r.pick(s.name)),
        summary=r.pick(s.summary),
        category=r.pick(categories[s.categories[0]].name),
        price=price_line(r, s.price) if s.price else None,
        badge=badge(r, s, r.edition.availability[s.id], r.day),
        availability=r.edition.availability[s.id],
        categories=" ".join(s.categories),
        audiences=" ".join(s.audiences),
        price_kind=_price_kind(s),
    )


def _price_kind(s: Service) -> str:
    if s.price is None:
        return ""
    if s.price.policy in ("free", "notional"):
        return "free"
    return "paid" if s.price.amount is not None else "quote"


def in_their_order(entries: Mapping[str, Ordered]) -> list[Ordered]:
    """Categories or audiences as the provider orders them."""
    return sorted(entries.values(), key=lambda entry: (entry.order, entry.id))


def _filters(r: Reader, services: list[Service]) -> tuple[FilterView, ...]:
    public = r.edition.public
    groups = (
        ("category", [(c.id, r.pick(c.name), sum(c.id in s.categories for s in services))
                      for c in in_their_order(public.categories)]),
        ("audience", [(a.id, r.pick(a.name), sum(a.id in s.audiences for s in services))
                      for a in in_their_order(public.audiences)]),
        ("price", [(kind, r.t(f"filter.price.{kind}"), sum(_price_kind(s) == kind for s in services))
                   for kind in ("free", "paid", "quote")]),
        ("availability", [(a.value, r.t(f"filter.availability.{a.value}"),
                           sum(r.edition.availability[s.id] is a for s in services))
                          for a in Availability]),
    )  # fmt: skip
    return tuple(
        FilterView(name, r.t(f"filter.{name}"), tuple(OptionView(*o) for o in options if o[2]))
        for name, options in groups
    )


def _plurals(r: Reader) -> dict[str, str]:
    """The count line for every number the filters can give, so that the script needs no grammar."""
    total = len(r.edition.public.services)
    return {str(n): r.t("list.count", count=n) for n in range(total + 1)}


def _letter_id(letter: str) -> str:
    return f"letter-{ord(letter[0]):04x}"
