"""The verbs in order: load, check, project, render, dress, publish."""

from __future__ import annotations

import shutil
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Protocol

from generator import inventory, llms, parallel, statics
from generator.audiences import Audience
from generator.checks import check
from generator.content import HandWritten, check_all, read_content
from generator.editions import Edition
from generator.inventory import Segment
from generator.load import load
from generator.model.catalogue import Catalogue
from generator.places import Place
from generator.press import Host, Press, Shown
from generator.problems import Findings, Problem, count
from generator.search import site
from generator.search.documents import guide, synonyms
from generator.search.files import index_of
from generator.search.index import Entry, Indexer
from generator.search.kept import Run, keep_part, part_of
from generator.search.parts import in_order, parts
from generator.search.synonyms import Synonyms
from generator.search.update import keep
from generator.values import Values

Progress = Callable[[str], None]
Write = Callable[[Path, str, str | bytes], int]


@dataclass(frozen=True)
class Material:
    """Everything that was read and found: the catalogue, the hand-written pages, the problems."""

    root: Path
    catalogue: Catalogue
    content: tuple[HandWritten, ...]
    findings: Findings

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong."""
        return self.findings.all

    @property
    def is_sound(self) -> bool:
        """Whether a site can be built from it."""
        return count(self.problems)[0] == 0


class Dresser(Protocol):
    """Renders the hand-written pages into a folder and gives back the chrome for the others."""

    def __call__(self, folder: Path, shown: Sequence[Edition]) -> Host:
        """Dress `shown` into `folder`."""


ABREAST = -1
"""The edition of pages that show several languages side by side."""


@dataclass
class Result:
    """What one build made.

    `places` are all pages, `made` the data pages of each edition in the order of their numbers. `shown`
    has for each service the pages that show it, as (edition, number): all of it, or less (`Shown`).
    `versions` are those of the search indexes, `segments` those of the inventory.
    """

    audience: Audience
    folder: Path
    pages: Counter[str] = field(default_factory=Counter)
    bytes: int = 0
    seconds: float = 0.0
    places: list[Place] = field(default_factory=list)
    made: list[list[Place]] = field(default_factory=list)
    shown: tuple[dict[str, list[tuple[int, int]]], ...] = field(
        default_factory=lambda: tuple(defaultdict(list) for _ in Shown._fields)
    )
    versions: list[str] = field(default_factory=list)
    segments: Sequence[Segment] = ()
    host: Host | None = None

    def note(self, edition: int, number: int, shown: Shown) -> None:
        """Note which services a page shows."""
        for pages, services in zip(self.shown, shown, strict=True):
            for service in services:
                pages[service].append((edition, number))


@parallel.keeping()
def gather(root: Path, today: date, jobs: int, values: Values | None = None) -> Material:
    """Read and check everything under the site's folder."""
    catalogue, problems = load(root, jobs, values)
    content = read_content(root)
    found = check(catalogue, today, jobs)
    known = catalogue.entries["policy"] and catalogue.entries["organisation"]
    written = tuple(check_all(root, content, catalogue)) if known else ()
    findings = Findings(found.texts, (*problems, *found.others), written)
    return Material(root, catalogue, content, findings)


@parallel.keeping()
def build(
    shown: Sequence[Edition],
    folder: Path,
    dresser: Dresser,
    write: Write,
    jobs: int,
    progress: Progress = lambda line: None,
    kept: Path | None = None,
) -> Result:
    """Make the site of one audience, its editions, in `folder`, which is not served yet.

    What the next build needs of the search indexes goes into the folder `kept`.
    """
    pieces = kept or folder / ".search"
    started = time.perf_counter()
    audience = shown[0].audience
    progress(f"{audience}: hand-written pages and chrome")
    host = dresser(folder, shown)
    result = Result(audience, folder, host=host)
    result.pages.update({code: len(pages) for code, pages in host.hand_written.items()})
    result.places += host.places
    progress(f"{audience}: data pages")
    press, words = Press(shown, host), [synonyms(edition) for edition in shown]
    writer = _Writer(press, words, folder, write, pieces)
    found = writer.guides()
    result.made = [[] for _ in shown]
    for batches in parallel.each(writer, writer.starts(), jobs, 1):
        for edition, written in enumerate(batches):
            result.pages[shown[edition].language.code] += len(written.places)
            result.bytes += written.bytes
            result.made[edition] += written.places
            found[edition] += written.runs
            for number, shows in written.shown.items():
                result.note(edition, number, shows)
    result.places += chain.from_iterable(result.made)
    progress(f"{audience}: languages side by side")
    abreast = _AbreastWriter(press, folder, write)
    numbers = range(len(press.abreast))
    for number, (place, shows, size) in enumerate(parallel.each(abreast, numbers, jobs, 8)):
        result.places.append(place)
        result.bytes += size
        result.note(ABREAST, number, shows)
    result.bytes += write(folder, *press.index_abreast())
    progress(f"{audience}: search")
    search = _SearchWriter(shown, words, found, folder, write, pieces, kept is not None)
    for version, size in parallel.each(search, range(len(shown)), jobs, 1):
        result.versions.append(version)
        result.bytes += size
    if kept is None:
        shutil.rmtree(pieces, ignore_errors=True)
    files = statics.files(shown, host.facts, result.places, result.versions)
    for name, content in chain(files, llms.files(shown, host.facts, host.hand_written)):
        result.bytes += write(folder, name, content)
    known = statics.inventory_of(host.facts, result.places)
    result.bytes += write(folder, inventory.FILE, known.data)
    result.segments = known.segments
    result.places += statics.moved(shown)
    result.seconds = time.perf_counter() - started
    return result


BATCH = 50
"""Pages of each edition that a process makes before it takes the next ones."""


@dataclass(frozen=True)
class Written:
    """What came of some pages; `shown` are the services of each by its number, `runs` are for search."""

    places: tuple[Place, ...]
    shown: Mapping[int, Shown]
    runs: tuple[Run, ...]
    bytes: int


class _Writer:
    """Makes and writes pages, those of all editions from one number on together.

    They are of the same entries, so that a process touches the memory of few others.
    """

    def __init__(
        self, press: Press, words: Sequence[Synonyms], folder: Path, write: Write, pieces: Path
    ) -> None:
        self.press, self.folder, self.write, self.pieces = press, folder, write, pieces
        self.indexers = [
            Indexer(edition.language.code, known)
            for edition, known in zip(press.shown, words, strict=True)
        ]

    def starts(self) -> range:
        """The numbers from which pages are made."""
        return range(0, max(map(len, self.press.makers)), BATCH)

    def guides(self) -> list[list[Run]]:
        """The hand-written pages in the search index, by edition."""
        written = self.press.host.hand_written
        return [
            list(
                self._kept(
                    edition,
                    [
                        self.indexers[edition](guide(article, renderer.reader))
                        for article in written.get(renderer.language.code, ())
                    ],
                )
            )
            for edition, renderer in enumerate(self.press.renderers)
        ]

    def _kept(self, edition: int, entries: Sequence[Entry]) -> tuple[Run, ...]:
        """Keep what search needs of some pages: all of it together would take most of the memory."""
        folder = self.pieces / self.press.shown[edition].language.code
        return tuple(keep_part(folder, part) for part in parts(entries))

    def __call__(self, start: int) -> list[Written]:
        """What came of the pages of each edition."""
        return [self._some(edition, start) for edition in range(len(self.press.shown))]

    def _some(self, edition: int, start: int) -> Written:
        index = self.indexers[edition]
        entries, places, shown, size = [], [], {}, 0
        for number in range(start, min(start + BATCH, len(self.press.makers[edition]))):
            made = self.press.page(edition, number)
            if made.document is not None:
                entries.append(index(made.document))
            size += sum(self.write(self.folder, *file) for file in made.files)
            places.append(made.place)
            shown[number] = made.shown
        return Written(tuple(places), shown, self._kept(edition, entries), size)


class _AbreastWriter:
    """Writes the pages that show an entry in several languages."""

    def __init__(self, press: Press, folder: Path, write: Write) -> None:
        self.press, self.folder, self.write = press, folder, write

    def __call__(self, number: int) -> tuple[Place, Shown, int]:
        """The page of an entry, the services on it, and its size."""
        made = self.press.page_abreast(number)
        size = sum(self.write(self.folder, *file) for file in made.files)
        return made.place, made.shown, size


class _SearchWriter:
    """Writes the search index of an edition."""

    def __init__(
        self,
        shown: Sequence[Edition],
        words: Sequence[Synonyms],
        found: Sequence[Sequence[Run]],
        folder: Path,
        write: Write,
        pieces: Path,
        is_kept: bool,
    ) -> None:
        self.shown, self.words, self.found = shown, words, found
        self.folder, self.write, self.pieces, self.is_kept = folder, write, pieces, is_kept

    def __call__(self, edition: int) -> tuple[str, int]:
        """The version of the index, and its size."""
        shown, runs = self.shown[edition], in_order(self.found[edition])
        folder = self.pieces / shown.language.code
        index = index_of(shown.language.code, (part_of(folder, run) for run in runs))
        urls = (url for run in runs for url in run.urls)
        size = sum(self.write(self.folder, *file) for file in site.files(shown, index, urls))
        if self.is_kept:
            keep(folder, index, runs, self.words[edition])
        return index.version, size
