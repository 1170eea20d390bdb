"""The service catalogue as lists: all services, one category, one audience."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.editions import Edition
from generator.languages import Phrase
from generator.model.category import Category
from generator.pages import paging
from generator.pages.addresses import entry_url, further_url, list_url, page_url
from generator.pages.cards import CardView, cards, without_category
from generator.pages.filters import FilterView, counts, filters, in_their_order
from generator.pages.page import Heading, Link, Page, Sentence, Value
from generator.pages.paging import Pager
from generator.pages.reader import Reader
from generator.pages.shelf import Rows, shelf

SHOWN = 6
"""Services that the list of all shows of a category where it cannot show them all."""
SHELVES = 40
"""Categories of which it shows services; where there are more, it only names them."""


@dataclass(frozen=True, slots=True)
class GroupView:
    """Services under one heading; the only group of a page has none. `more` leads to the others."""

    id: str
    title: Phrase | str | None
    text: Phrase | None
    link: Link | None
    cards: tuple[CardView, ...]
    more: Link | None = None


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter of the alphabet with the way to its services."""

    id: str
    href: str
    title: Value | str
    current: bool = False


@dataclass(frozen=True, slots=True)
class ShelfView:
    """A part of the catalogue that has a page of its own, with how many services it holds."""

    id: str
    link: Link
    count: Sentence


@dataclass(frozen=True, slots=True)
class CatalogueView:
    """A list of services in groups, with or without filters.

    A `whole` list holds all that its filters look at; of any other a script fetches the rest of the
    `total`.
    """

    title: Phrase | Sentence | str
    lead: Phrase | Sentence | str | None
    count: Sentence | str
    groups: tuple[GroupView, ...]
    other: tuple[Link, ...]
    filters: tuple[FilterView, ...] = ()
    counts: dict[str, Any] | None = None
    whole: bool = True
    total: int = 0
    dense: bool = False
    letters: tuple[LetterView, ...] = ()
    shelves: tuple[ShelfView, ...] = ()
    pager: Pager | None = None


def services_page(r: Reader) -> Page:
    """All services by category, with filters; of a large catalogue a few of each category."""
    url = list_url(r.language, "services")
    found = shelf(r.edition)
    split = paging.is_split(len(found.offered))
    names_only = split and len(found.shelves) > SHELVES
    categories = in_their_order(r.edition.public.categories)
    most = min(SHOWN, paging.LIMIT // max(1, len(found.shelves))) if split else len(found.rows)
    groups = () if names_only else tuple(
        _group(r, c, rows, most, url) for c in categories if (rows := found.shelves.get(c.id))
    )  # fmt: skip
    view = CatalogueView(
        title=r.t("list.services"),
        lead=r.t("list.services_lead"),
        count=r.say("list.count", count=len(found.offered)),
        groups=groups,
        other=(Link(r.list_link("a-z", url), r.t("list.a_z")),),
        filters=filters(r, found.offered),
        counts=counts(r),
        whole=not split,
        total=len(found.offered),
        shelves=tuple(_shelves(r, categories, url)) if names_only else (),
    )
    toc = tuple(Heading(g.id, g.title) for g in groups if g.title)
    return list_page(r, "services", view, toc)


def _group(r: Reader, c: Category, rows: Rows, most: int, url: str) -> GroupView:
    """A category with its first services, and the way to all of them if these are not all."""
    count = len(shelf(r.edition).within("category", c.id))
    link = r.link("category", c.id, url)
    said = r.say("list.all_in", count=count, name=link.text)
    more = Link(link.href, said) if len(rows) > most else None
    shown = without_category(cards(r, rows[:most], url))
    return GroupView(c.id, r.pick(c.name), r.pick(c.description), link, shown, more)


def _shelves(r: Reader, categories: list[Category], url: str) -> Iterator[ShelfView]:
    for c in categories:
        if count := len(shelf(r.edition).within("category", c.id)):
            yield ShelfView(c.id, r.link("category", c.id, url), r.say("list.count", count=count))


def category_page(r: Reader, id_: str, number: int = 1) -> Page:
    """The services of one category."""
    category = r.edition.public.categories[id_]
    return _one_group(r, "category", id_, category.name, category.description, number)


def audience_page(r: Reader, id_: str, number: int = 1) -> Page:
    """The services for one audience."""
    audience = r.edition.public.audiences[id_]
    return _one_group(r, "audience", id_, audience.name, audience.description, number)


def further(edition: Edition, kind: str, id_: str) -> range:
    """The numbers of the further pages of a category or an audience."""
    if kind not in ("category", "audience"):
        return range(0)
    return range(2, paging.page_count(len(shelf(edition).within(kind, id_))) + 1)


def _one_group(r: Reader, kind: str, id_: str, name: Any, description: Any, number: int) -> Page:
    first = entry_url(r.language, kind, id_)
    url = page_url(first, number)
    rows = shelf(r.edition).within(kind, id_)
    found = cards(r, paging.part(rows, number), url)
    view = CatalogueView(
        title=paging.titled(r, r.pick(name), number),
        lead=r.pick(description) if number == 1 else None,
        count=paging.line(r, number, len(rows)),
        groups=(one_group(without_category(found) if kind == "category" else found),),
        other=(
            Link(r.list_link("services", url), r.t("list.services")),
            Link(r.list_link("a-z", url), r.t("list.a_z")),
        ),
        pager=paging.pager(r, first, number, paging.page_count(len(rows))),
    )
    return Page(
        url, r.language, "services", "catalogue", view.title, r.pick(description), view,
        r.entry_alternates(kind, id_), listed=number == 1,
        like=further_url(r.language, kind) if number > 1 else "",
    )  # fmt: skip


def one_group(found: tuple[CardView, ...]) -> GroupView:
    """The only group of a page."""
    return GroupView("services", None, None, None, found)


def list_page(r: Reader, name: str, view: CatalogueView, toc: tuple[Heading, ...] = ()) -> Page:
    """A page that there is one of."""
    return Page(
        list_url(r.language, name), r.language, "services", "catalogue", view.title, str(view.lead),
        view, r.alternates(lambda lang: list_url(lang, name)), toc, single=True,
    )  # fmt: skip
