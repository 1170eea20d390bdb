"""The first page of a language."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nsmallest

from generator.languages import Phrase
from generator.model import KINDS
from generator.model.service import Change
from generator.pages import paging
from generator.pages.addresses import list_url
from generator.pages.filters import in_their_order
from generator.pages.page import Heading, Link, Page, Prose, Sentence, Value
from generator.pages.reader import ChannelView, Reader
from generator.pages.shelf import shelf

CHANGES_SHOWN = 6


@dataclass(frozen=True, slots=True)
class DoorView:
    """A way into the site: a category or a part of the site."""

    link: Link
    text: Phrase | str
    count: Sentence | None
    icon: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything on the home page."""

    name: Phrase
    summary: Phrase
    about: Prose
    browse: Link
    a_to_z: Link
    tasks: tuple[Link, ...]
    categories: tuple[DoorView, ...]
    knowledge: tuple[DoorView, ...]
    changes: tuple[tuple[Value, Link, Phrase], ...]
    channels: tuple[ChannelView, ...]
    portfolio: Link | None
    search: str


def home_page(r: Reader) -> Page:
    """The home page: what people came for, the categories, the knowledge, what changed."""
    url = list_url(r.language, "home")
    organisation = r.edition.public.organisation
    view = HomeView(
        name=r.pick(organisation.name),
        summary=r.pick(organisation.summary),
        about=Prose(r.pick(organisation.about)),
        browse=Link(r.list_link("services", url), r.t("home.browse")),
        a_to_z=Link(r.list_link("a-z", url), r.t("list.a_z")),
        tasks=tuple(
            Link(href, r.pick(task.title))
            for task in organisation.tasks
            if (href := _task(r, task.to, url)) is not None
        ),
        categories=_categories(r, url),
        knowledge=_knowledge(r, url),
        changes=_changes(r, url),
        channels=tuple(r.channel(c) for c in organisation.channels),
        portfolio=Link(r.list_link("portfolio", url), r.t("nav.portfolio"))
        if r.edition.portfolio
        else None,
        search=r.list_link("search", url),
    )
    present = {
        "tasks": view.tasks,
        "categories": view.categories,
        "knowledge": view.knowledge,
        "news": view.changes,
        "contact": True,
    }
    toc = tuple(Heading(id_, r.t(f"home.{id_}")) for id_, shown in present.items() if shown)
    return Page(
        url, r.language, "home", "home", view.name, view.summary, view,
        r.alternates(lambda lang: list_url(lang, "home")), toc, single=True,
    )  # fmt: skip


def _task(r: Reader, to: str, url: str) -> str | None:
    """Where a task leads: to an entry, if this reader may see it, or to a hand-written page."""
    is_entry = to.partition("/")[0] in KINDS
    return r.target(to, url) if is_entry else r.guide(to, url)


def _categories(r: Reader, url: str) -> tuple[DoorView, ...]:
    found = shelf(r.edition)
    return tuple(
        DoorView(
            r.link("category", c.id, url),
            r.pick(c.description),
            r.say("list.count", count=len(found.within("category", c.id))),
            c.id,
        )
        for c in in_their_order(r.edition.public.categories)[: paging.LIMIT]
    )


def _knowledge(r: Reader, url: str) -> tuple[DoorView, ...]:
    public = r.edition.public
    counts = {
        "processes": sum(p.form == "process" for p in public.processes.values()),
        "compare": len(public.comparisons),
        "glossary": len(public.terms),
    }
    return tuple(
        DoorView(
            Link(r.list_link(name, url), r.t(f"list.{name}")),
            r.t(f"list.{name}_lead"),
            r.say(f"list.{name}_count", count=count),
            name,
        )
        for name, count in counts.items()
        if count
    )


def _changes(r: Reader, url: str) -> tuple[tuple[Value, Link, Phrase], ...]:
    changes = (
        (on, row.id, number)
        for row in shelf(r.edition).rows
        for number, on in enumerate(row.changed)
        if on <= r.edition.today
    )
    latest = nsmallest(CHANGES_SHOWN, changes, key=lambda c: (-c[0].toordinal(), *c[1:]))
    return tuple(
        (r.day(on), r.link("service", id_, url), r.pick(_changes_of(r, id_)[number].note))
        for on, id_, number in latest
    )


def _changes_of(r: Reader, id_: str) -> tuple[Change, ...]:
    return r.edition.public.services[id_].changes
