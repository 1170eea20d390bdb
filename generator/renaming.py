"""What it reaches that services have other names: pages that name them, lists in which they stand
elsewhere, and all texts in which search takes one of their names for another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from generator.altered import Altered
from generator.facets import facets_script
from generator.notes import Site
from generator.pages import holdings, letters, shelf
from generator.places import Place
from generator.press import Press
from generator.search.documents import renamed
from generator.search.kept import Kept, TornError
from generator.search.synonyms import Synonyms
from generator.search.update import having
from generator.standing import Reach, UnknownError, unpacked


class Renaming:
    """The services that a site shows under other names, by their `ids`; `press` makes its pages now."""

    def __init__(self, site: Site, reach: Reach, now: Altered, press: Press) -> None:
        self.ids, self._press = now.renamed(site), press
        self._reach, self._named = reach, site.notes.naming().named
        self._before = site.notes.editions(reach.frame, now.earlier(site), now.renamed_since(site))

    def pages(self) -> dict[int, set[int]]:
        """The numbers of the pages that show no text but the names of services, by edition."""
        found = unpacked(self._named, self.ids)
        for edition, shown in enumerate(self._press.shown):
            if shown.portfolio is not None:
                moved = holdings.moved(self._before[edition], shown)
                found[edition] |= unpacked(self._named, moved)[edition]
        return found

    def lists(self) -> dict[int, set[int]]:
        """The same of the lists that show summaries too."""
        found: dict[int, set[int]] = defaultdict(set)
        for edition, shown in enumerate(self._press.shown):
            if (moved := shelf.moved(self._before[edition], shown)) is None:
                raise UnknownError
            found[edition] |= unpacked(self._reach.told, {*moved, *self.ids})[edition]
            if moved:
                found[edition].add(self._press.number(edition, letters.a_to_z_page))
        return found

    def is_of(self, place: Place) -> bool:
        """Whether a place may be the page or the record of one of them, whose title is its name."""
        return place.url.rstrip("/").rpartition("/")[2] in self.ids

    def words(self, edition: int, kept: Kept) -> tuple[Synonyms, set[str]] | None:
        """The synonyms of an edition, if they are others, and the pages that may be found by others then."""
        before, now = self._before[edition], self._press.shown[edition]
        try:
            words, phrases = renamed(kept.synonyms, before, now, self.ids)
            return (words, having(kept, phrases)) if phrases else None
        except (ValueError, TornError, OSError):
            raise UnknownError from None

    def files(self) -> Iterator[tuple[str, str]]:
        """The files beside pages that have names, but for the inventory."""
        return chain.from_iterable(map(facets_script, self._press.shown))
