"""One site on its way to what is there now: which pages a change reaches, and how they are written."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from generator import inventory, statics
from generator.altered import Altered
from generator.build import ABREAST, Material
from generator.cache import Cache, Stamp
from generator.content import HandWritten
from generator.coverage import Coverage, Rendering
from generator.facets import facets_script
from generator.notes import Site
from generator.orders import Tell
from generator.pages.translations import translations_page
from generator.places import Place
from generator.press import Made, Press
from generator.problems import Findings
from generator.publish.compress import accompanied, accompany
from generator.publish.folder import rewrite
from generator.search import site as search
from generator.search.index import Document
from generator.search.kept import Kept, TornError, kept_in
from generator.search.update import updated
from generator.standing import Reach, Since, UnknownError, unpacked

# It imports the host, which takes longer than all that most changes need.
if TYPE_CHECKING:
    from generator.retelling import Reached, Retelling
    from generator.rewritten import Rewritten


@dataclass(frozen=True)
class Written:
    """The files that were written, and edition and version of the index among them."""

    names: tuple[str, ...]
    version: tuple[int, str] | None = None


def _joined(*parts: Mapping[int, Set[int]]) -> dict[int, set[int]]:
    """Numbers of pages by edition, of all parts."""
    found: dict[int, set[int]] = defaultdict(set)
    for part in parts:
        for edition, numbers in part.items():
            found[edition] |= numbers
    return found


class Renewal:
    """One site on its way to what is there now.

    `findings` is what is wrong now, `written` are the hand-written pages, `versions` the search indexes.
    """

    def __init__(
        self, site: Site, reach: Reach, now: Altered, findings: Findings, cache: Cache, tell: Tell
    ) -> None:
        self.site, self.reach, self.now, self.findings = site, reach, now, findings
        self.cache, self.tell = cache, partial(tell, site.notes.audience)
        self.frame = replace(reach.frame, outdated=now.outdated(site, reach.frame))
        self._documents: dict[int, list[Document]] = defaultdict(list)
        self._indexes: dict[int, Kept] = {}
        self._reached: dict[int, Reached] = {}
        self._places: list[Place] = []
        self.versions = list(site.since.versions)
        self.written = reach.written if site.since.written is None else site.since.written

    @cached_property
    def press(self) -> Press:
        """What makes the pages."""
        notes = self.site.notes
        coverage = Coverage(self.now.catalogue, partial(self.now.renderings, self.site))
        retold = self.now.retold_since(self.site)
        shown = [
            replace(edition, coverage=edition.coverage and coverage)
            for edition in notes.editions(self.frame, self.now.catalogue, retold)
        ]
        return Press(shown, notes.host(self.reach))

    @cached_property
    def _lists(self) -> Press:
        """What makes the lists: of most services it reads no more than they show."""
        files = (*self.site.since.files, *self.now.files)
        changed = {self.reach.entries[path][1] for path in files}
        shown = self.site.notes.lists(self.frame, self.press.shown, changed)
        return Press(shown, self.press.host)

    @cached_property
    def _renderings(self) -> tuple[Rendering, ...] | None:
        """How every entry stands in every language, where that may be news."""
        return self.now.new_renderings(self.site)

    @cached_property
    def _retelling(self) -> Retelling | None:
        """What it reaches that something else is told of services elsewhere, if that is so."""
        if not self.now.retold(self.site):
            return None
        from generator.retelling import Retelling

        return Retelling(self.site, self.reach, self.now, self.press)

    def retold(self) -> Iterator[Callable[[], tuple[int, Reached]]]:
        """What finds out how far that reaches in each edition. It raises UnknownError."""
        if self._retelling is not None:
            yield from (partial(self._reached_in, i) for i in range(len(self.press.shown)))

    def _reached_in(self, edition: int) -> tuple[int, Reached]:
        assert self._retelling is not None
        return edition, self._retelling.reached(edition, self._kept(edition))

    def take_retold(self, edition: int, reached: Reached) -> None:
        """Take in how far it reaches in an edition."""
        self._reached[edition] = reached

    def pages(self, most: int) -> Iterator[tuple[int, Sequence[int]]]:
        """The pages that a change reaches, but for lists.

        Comes as numbers of an edition and of some pages, not more than `most`.
        """
        found = unpacked(self.reach.asked, self.now.services)
        if self._retelling is not None:
            reached = {edition: reached.pages for edition, reached in self._reached.items()}
            found = _joined(found, self._retelling.named(), reached)
        if self._renderings is not None:
            for edition in range(len(self.press.shown)):
                found[edition].add(self.press.number(edition, translations_page))
        for edition, numbers in sorted(found.items()):
            ordered = sorted(numbers)
            for start in range(0, len(ordered), most):
                yield edition, ordered[start : start + most]

    def made(self, edition: int, numbers: Sequence[int]) -> list[Made]:
        """Some pages. Raises UnknownError if one of them has another place than before."""
        if edition == ABREAST:
            return [self.press.page_abreast(number) for number in numbers]
        made = list(self.press.some(edition, numbers))
        at = self.reach.is_at
        if not all(at(edition, n, page.place) for n, page in zip(numbers, made, strict=True)):
            raise UnknownError
        return made

    def rewritten(self, content: tuple[HandWritten, ...]) -> Rewritten:
        """The hand-written pages, dressed anew. Raises UnknownError, LostError."""
        from generator.rewritten import rewritten

        material = Material(self.now.root, self.now.catalogue, content, self.findings)
        beside = self.cache.folder / f"{self.site.notes.audience}.dressed"
        return rewritten(material, self.site, self.press, self.written, beside)

    def write(self, edition: int, made: Iterable[Made]) -> int:
        """Write pages; gives the number of files."""
        names: list[str] = []
        found = self._reached[edition].urls if edition in self._reached else ()
        for page in made:
            changed = self._put_all(page.files)
            is_retold = self._retelling is not None and self._retelling.is_of(page.place)
            is_found = page.place.url in found
            is_news = changed or is_retold or is_found or self.site.since.pending
            if page.document is not None and is_news:
                self._documents[edition].append(page.document)
            if is_retold:
                self._places.append(page.place)
            names += changed
        return self._count(names)

    def write_rewritten(self, pages: Rewritten) -> int:
        """Write hand-written pages; gives the number of files."""
        names = self._put_all(pages.files)
        for edition, found in pages.documents(self.press, names).items():
            self._documents[edition] += found
        others = self._put_all(pages.others(self.press))
        if (places := tuple(pages.host.places)) != tuple(self.written):
            others += self._put_in_inventory(places)
        self.written = places
        return self._count((*names, *others))

    def searches(self) -> Iterator[Callable[[], Written]]:
        """What brings each search index up to date that does not know what was written."""
        return (partial(self._write_search, *found) for found in self._documents.items())

    def lists(self) -> Iterator[Callable[[], Written]]:
        """What writes the lists that show something else of services, those of an edition at a time."""
        changed = [id_ for id_ in self.now.services if self.now.has_another_summary(id_)]
        reached = {edition: reached.lists for edition, reached in self._reached.items()}
        found = _joined(unpacked(self.reach.told, changed), reached)
        for edition, numbers in sorted(found.items()):
            yield partial(self._write_lists, edition, sorted(numbers))

    def others(self) -> Iterator[Callable[[], Written]]:
        """What writes the files beside pages that have names of services."""
        if self._retelling is not None:
            yield lambda: Written(self._put_in_inventory(self._places))
            yield from (partial(self._write_facets, i) for i in range(len(self.press.shown)))

    def _write_facets(self, edition: int) -> Written:
        return Written(self._put_all(facets_script(self.press.shown[edition])))

    def _write_lists(self, edition: int, numbers: Sequence[int]) -> Written:
        made = self._lists.some(edition, numbers)
        return Written(self._put_all(file for page in made for file in page.files))

    def _write_search(self, edition: int, documents: Sequence[Document]) -> Written:
        shown = self.press.shown[edition]
        code = shown.language.code
        folder = self.site.folder / search.FOLDER / code
        published = set(os.listdir(folder)) if folder.is_dir() else set()
        before = self._kept(edition)
        words = self._retelling.words(edition, before) if self._retelling is not None else None
        if (kept := updated(before, documents, published, words)) is None:
            raise UnknownError
        urls = (url for run in kept.runs for url in run.urls)
        try:
            files = dict(search.files(shown, kept.index, urls, published))
            names = self._put_all(files.items())
            kept.write()
        except TornError:
            raise UnknownError from None
        named = json.loads(files[f"{search.FOLDER}/{code}/files.json"])["files"]
        for name in published.difference(accompanied((*named, "files.json"))):
            (folder / name).unlink()
        return Written(names, (edition, kept.index.version))

    def _kept(self, edition: int) -> Kept:
        """What is kept of a search index: read once."""
        if edition not in self._indexes:
            code = self.press.shown[edition].language.code
            if (kept := kept_in(self.site.notes.search / code, code)) is None:
                raise UnknownError
            self._indexes[edition] = kept
        return self._indexes[edition]

    def take(self, written: Written) -> int:
        """Take in what another process has written; gives the number of files."""
        if written.version is not None:
            edition, version = written.version
            self.versions[edition] = version
        return self._count(written.names)

    def finish(self) -> int:
        """Write what depends on all the rest; gives the number of files."""
        if self._renderings is not None:
            self.site.notes.write_renderings(self._renderings)
        worker = statics.worker(self.press.shown, self.press.host.facts, self.versions)
        return len(self._put(*worker))

    def note_pending(self, files: frozenset[str]) -> None:
        """Note that a change of these files may have reached some of the site."""
        is_retelling = self._retelling is not None
        since = replace(self.site.since, pending=files, is_retelling=is_retelling)
        self.site.notes.write_since(since)

    def note_done(self, inputs: Mapping[str, Stamp]) -> Site:
        """Note that the site is of what is there now; gives it as it is then."""
        files = {**self.site.since.files, **self.now.files}
        since = Since(
            files, tuple(self.versions), self.findings, inputs, self.written, self.frame.outdated
        )
        self.site.notes.write_since(since)
        return replace(self.site, since=since)

    def _count(self, names: Sequence[str]) -> int:
        if names:
            self.tell(names)
        return len(names)

    def _put_all(self, files: Iterable[tuple[str, str | bytes]]) -> tuple[str, ...]:
        return tuple(chain.from_iterable(self._put(*file) for file in files))

    def _put_in_inventory(self, places: Sequence[Place]) -> tuple[str, ...]:
        """Write the inventory with some places as they are now. Raises UnknownError."""
        if not places:
            return ()
        file = self.site.folder / inventory.FILE
        data = file.read_bytes() if file.is_file() else b""
        found = inventory.revised(data, self.site.notes.segments(), places)
        if found is None:
            raise UnknownError
        names = self._put(inventory.FILE, found.data)
        self.site.notes.write_segments(found.segments)
        return names

    def _put(self, name: str, content: str | bytes) -> tuple[str, ...]:
        """Write a file of the site if it says something else; gives the names of the files written."""
        data = content.encode() if isinstance(content, str) else content
        path = self.site.folder / name
        if path.is_file() and path.read_bytes() == data:
            return ()
        self._rewrite(self.site.folder, name, data)
        if not self.site.standing.compressed:
            return (name,)
        return name, *accompany(self.site.folder, name, data, self._rewrite)

    def _rewrite(self, folder: Path, name: str, data: bytes) -> None:
        rewrite(folder, name, data, self.cache.folder)
