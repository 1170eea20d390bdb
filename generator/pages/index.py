"""Index pages: lists of processes, comparisons and terms."""

from __future__ import annotations

from dataclasses import dataclass

from generator.languages import EN, Phrase
from generator.model.text import Text
from generator.pages.addresses import list_url
from generator.pages.maps import MapView
from generator.pages.page import Code, Heading, Link, Page, Prose, Sentence
from generator.pages.reader import Reader


@dataclass(frozen=True, slots=True)
class IndexItem:
    """A line of an index page."""

    link: Link
    text: Phrase | Prose
    mark: Code | None
    also: Phrase | None


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """Items of an index under one heading; the only group of an index has none.

    `stage` groups are the stages of the service lifecycle.
    """

    id: str
    title: str | None
    stage: bool
    items: tuple[IndexItem, ...]


@dataclass(frozen=True, slots=True)
class IndexView:
    """A list of processes, comparisons or terms."""

    title: str
    lead: str
    count: Sentence
    shape: str
    groups: tuple[IndexGroup, ...]
    map: MapView | None


def english(r: Reader, name: Text) -> Phrase | None:
    """The English name beside the reader's own."""
    return (
        Phrase(name.en, EN, r.language, on_purpose=True)
        if r.language is not EN and name.en
        else None
    )


def index_page(
    r: Reader,
    name: str,
    shape: str,
    groups: tuple[IndexGroup, ...],
    count: int,
    map_: MapView | None = None,
) -> Page:
    """An index page under its name in `LISTS`."""
    title, lead = r.t(f"list.{name}"), r.t(f"list.{name}_lead")
    view = IndexView(title, lead, r.say(f"list.{name}_count", count=count), shape, groups, map_)
    toc = tuple(Heading(g.id, g.title) for g in groups if g.title) if shape == "lifecycle" else ()
    return Page(
        list_url(r.language, name), r.language, name, "index", title, lead, view,
        r.alternates(lambda lang: list_url(lang, name)), toc, single=True,
    )  # fmt: skip
