"""The press: makes, renders and dresses pages one by one, and notes what each of them looked up."""

from __future__ import annotations

from collections.abc import Collection, ItemsView, Iterator, Mapping, Sequence, ValuesView
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from generator import machine, side_by_side, statics
from generator.dress import Chrome, SiteFacts, chrome_key, parts
from generator.editions import Edition
from generator.former import with_former
from generator.linking import LINKED, Linker
from generator.model.catalogue import Catalogue
from generator.model.service import Service
from generator.pages.page import Page
from generator.pages.reader import Reader
from generator.pages.site import ENTRIES, Maker, makers, some
from generator.places import Place, anchors
from generator.render import Renderer, plain
from generator.search.documents import Article, document
from generator.search.index import Document

BRIEF = "catalogue"
"""The template of lists: they show of a service what is `LISTED`, and no text but name and summary."""
NAMING = frozenset({"home", "board", "listing", "register"})
"""Templates of pages that show no text of a service but its name."""


@dataclass(frozen=True)
class Host:
    """What the host gives for one audience: chrome by language and key, facts of the site, style sheets."""

    facts: SiteFacts
    chrome: Mapping[str, Mapping[str, Chrome]]
    styles: Sequence[str]
    hand_written: Mapping[str, Sequence[Article]] = field(default_factory=dict)

    @property
    def places(self) -> list[Place]:
        """The hand-written pages."""
        written = (page for pages in self.hand_written.values() for page in pages)
        return [Place(page.url, page.title, anchors(page.html)) for page in written]


class Shown(NamedTuple):
    """The services that a page looked up by their ids, by what it may show of the texts of each.

    `asked` are those of which it may show all, `told` name and summary, `named` the name.
    """

    asked: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Made:
    """A page as it is published: names and texts of its files, HTML first.

    `document` is the page as search sees it, unless it is not searched.
    """

    files: tuple[tuple[str, str], ...]
    place: Place
    shown: Shown
    document: Document | None = None


class Press:
    """Makes the pages of one site."""

    def __init__(self, shown: Sequence[Edition], host: Host) -> None:
        self.shown, self.host = shown, host
        self._seen = _Seen()
        self.renderers = [Renderer(Reader(_watched(e, self._seen))) for e in shown]
        self._linkers: dict[int, Linker] = {}

    @cached_property
    def makers(self) -> list[list[Maker]]:
        """What makes each page, by edition."""
        return [list(makers(edition)) for edition in self.shown]

    def some(self, edition: int, numbers: Collection[int]) -> Iterator[Made]:
        """Some pages of an edition, by their numbers, in their order."""
        return (self._made(edition, maker) for maker in some(self.shown[edition], numbers))

    def number(self, edition: int, maker: Maker) -> int:
        """The number of a page that there is one of."""
        return next(
            number for number, one in enumerate(makers(self.shown[edition])) if one is maker
        )

    def page(self, edition: int, number: int) -> Made:
        """A page by the number of its edition and its own in the order of the site's map."""
        return self._made(edition, self.makers[edition][number])

    def _made(self, edition: int, maker: Maker) -> Made:
        self._seen.clear()
        renderer = self.renderers[edition]
        page = maker(renderer.reader)
        article = renderer.article(page)
        found = document(page, article, renderer.reader) if page.listed else None
        if page.template in LINKED:
            article = self._linker(edition)(article, page.url, LINKED[page.template])
        if page.former:
            article = with_former(article, page.former, renderer.reader.t("moved.title"))
        chrome = self.host.chrome[renderer.language.code][chrome_key(page)]
        filled = parts(page, article, renderer, self.host.facts)
        files = [(f"{page.url}index.html", chrome.dress(filled))]
        if filled["file"]:
            files.append((f"{page.url}{machine.FILE}", filled["file"]))
        return Made(tuple(files), _place(page, article), self._seen.shown(page.template), found)

    def _linker(self, edition: int) -> Linker:
        if edition not in self._linkers:
            self._linkers[edition] = Linker(self.renderers[edition].reader)
        return self._linkers[edition]

    @cached_property
    def abreast(self) -> list[tuple[str, str]]:
        """Kind and id of every entry that is shown in several languages side by side."""
        return list(side_by_side.entries(self.shown))

    @cached_property
    def _side_by_side(self) -> side_by_side.SideBySide:
        return side_by_side.SideBySide(
            self.renderers, ENTRIES, statics.plain_environment(), self.host.facts, self.host.styles
        )

    def page_abreast(self, number: int) -> Made:
        """The page that shows an entry in several languages, by its number in `abreast`."""
        self._seen.clear()
        url, html = self._side_by_side(self.abreast[number])
        place = Place(url, "", (), listed=False)
        return Made(((f"{url}index.html", html),), place, self._seen.shown())

    def index_abreast(self) -> tuple[str, str]:
        """Name and text of the page that shows any two of them."""
        return "parallel/index.html", self._side_by_side.index(self.abreast)


def _place(page: Page, article: str) -> Place:
    title = plain(page.title)
    term = plain(page.view.name) if page.template == "term" else ""
    return Place(
        page.url, title, anchors(article), term, page.listed and not page.like, not page.like
    )


class _Seen:
    """The services that were `looked` up by their ids for a page, and that were `mentioned` on it."""

    def __init__(self) -> None:
        self.looked: set[str] = set()
        self.mentioned: set[str] = set()

    def clear(self) -> None:
        """Begin another page."""
        self.looked.clear()
        self.mentioned.clear()

    def shown(self, template: str = "") -> Shown:
        """What a page of a template may show of them."""
        if template in NAMING:
            return Shown(named=frozenset(self.looked | self.mentioned))
        looked, mentioned = frozenset(self.looked), frozenset(self.mentioned - self.looked)
        return (
            Shown(told=looked, named=mentioned)
            if template == BRIEF
            else Shown(looked, named=mentioned)
        )


def _watched(edition: Edition, seen: _Seen) -> Edition:
    whole = edition.portfolio
    return replace(
        edition,
        public=_with_services(edition.public, seen),
        portfolio=_with_services(whole, seen) if whole else None,
    )


def _with_services(catalogue: Catalogue, seen: _Seen) -> Catalogue:
    def mention(id_: str) -> Service:
        seen.mentioned.add(id_)
        return catalogue.mentioned(id_)

    services = _Watched(catalogue.entries.get("service", {}), seen.looked)
    entries = {**catalogue.entries, "service": services}
    return Catalogue(entries, catalogue.sources, mention)


class _Watched(Mapping[str, Any]):
    """Services that note which of them is looked up.

    Those who go through all of them see nothing that `values.outline` leaves out.
    """

    def __init__(self, services: Mapping[str, Any], looked: set[str]) -> None:
        self._services, self._looked = services, looked

    def __getitem__(self, id_: str) -> Any:
        self._looked.add(id_)
        return self._services[id_]

    def __contains__(self, id_: object) -> bool:
        return id_ in self._services

    def __iter__(self) -> Iterator[str]:
        return iter(self._services)

    def __len__(self) -> int:
        return len(self._services)

    def items(self) -> ItemsView[str, Any]:
        """Every service with its id."""
        return self._services.items()

    def values(self) -> ValuesView[Any]:
        """Every service."""
        return self._services.values()
