"""What it reaches that something else is told of services where they are not looked up: pages that name
them, lists in which they stand elsewhere, and all texts that search takes for one of their names.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.altered import Altered
from generator.notes import Site
from generator.pages import holdings, letters, shelf
from generator.places import Place
from generator.press import Press
from generator.search.documents import renamed
from generator.search.kept import Kept
from generator.search.synonyms import Affected, Synonyms
from generator.search.update import having
from generator.standing import Reach, UnknownError, unpacked


@dataclass(frozen=True, slots=True)
class Reached:
    """What that reaches in an edition: numbers of pages, and of lists; `urls` of pages that search may
    find by other words.
    """

    pages: frozenset[int]
    lists: frozenset[int]
    urls: frozenset[str]


class Retelling:
    """The services of which a site tells something else, by their `ids`; `press` makes its pages now."""

    def __init__(self, site: Site, reach: Reach, now: Altered, press: Press) -> None:
        self.ids, self._press = now.retold(site), press
        self._reach, self._named = reach, site.notes.naming.named
        self._before = site.notes.editions(reach.frame, now.earlier(site), now.retold_since(site))

    def named(self) -> dict[int, set[int]]:
        """The numbers of the pages that name them, by edition."""
        return unpacked(self._named, self.ids)

    def reached(self, edition: int, kept: Kept) -> Reached:
        """What else they reach in an edition; `kept` is of its search index. Raises UnknownError."""
        before, now = self._before[edition], self._press.shown[edition]
        if (moved := shelf.moved(before, now)) is None:
            raise UnknownError
        lists = unpacked(self._reach.told, {*moved, *self.ids})[edition]
        if moved:
            lists.add(self._press.number(edition, letters.a_to_z_page))
        moved = holdings.moved(before, now) if now.portfolio is not None else set()
        pages = unpacked(self._named, moved)[edition]
        urls = self._found_otherwise(edition, kept)
        pages |= {self._reach.number(edition, url) for url in urls}
        return Reached(frozenset(pages), frozenset(lists), frozenset(urls))

    def words(self, edition: int, kept: Kept) -> Synonyms | None:
        """The synonyms of an edition, if they are others now."""
        return self._words(edition, kept)[0]

    def _found_otherwise(self, edition: int, kept: Kept) -> set[str]:
        """The addresses of the pages that search may find by other words."""
        try:
            return having(kept, self._words(edition, kept)[1])
        except (ValueError, OSError):
            raise UnknownError from None

    def _words(self, edition: int, kept: Kept) -> tuple[Synonyms | None, Affected]:
        before, now = self._before[edition], self._press.shown[edition]
        try:
            known = kept.synonyms
            words, reached = renamed(known, before, now, self.ids)
        except (ValueError, OSError):
            raise UnknownError from None
        return words if words is not known else None, reached

    def is_of(self, place: Place) -> bool:
        """Whether a place may be the page or the record of one of them, whose title is its name."""
        return place.url.rstrip("/").rpartition("/")[2] in self.ids
