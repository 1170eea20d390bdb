"""The verbs in order: load, check, project, render, dress, publish."""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

from generator import parallel, side_by_side, statics
from generator.checks import check
from generator.content import HandWritten, check_content, check_files, check_tasks, read_content
from generator.dress import CITED, Chrome, SiteFacts, chrome_key, parts
from generator.editions import Audience, Edition
from generator.former import with_former
from generator.linking import Linker
from generator.load import load
from generator.model.catalogue import Catalogue
from generator.pages.page import Page
from generator.pages.reader import Reader
from generator.pages.site import ENTRIES, makers
from generator.places import Place, anchors
from generator.problems import Problem, arrange, count
from generator.render import Renderer, plain
from generator.search.documents import Article, document, guide, synonyms
from generator.search.index import Indexer
from generator.search.parts import Part
from generator.search.parts import parts as parts_of
from generator.search.site import files

Progress = Callable[[str], None]
Write = Callable[[Path, str, str | bytes], int]


@dataclass(frozen=True)
class Material:
    """Everything that was read and found: the catalogue, the hand-written pages, the problems."""

    root: Path
    catalogue: Catalogue
    content: tuple[HandWritten, ...]
    problems: tuple[Problem, ...]

    @property
    def is_sound(self) -> bool:
        """Whether a site can be built from it."""
        return count(self.problems)[0] == 0


@dataclass(frozen=True)
class Host:
    """What the host gives for one audience: chrome by language and key, facts of the site, style sheets."""

    facts: SiteFacts
    chrome: Mapping[str, Mapping[str, Chrome]]
    hand_written: Mapping[str, Sequence[Article]]
    styles: Sequence[str]

    @property
    def places(self) -> list[Place]:
        """The hand-written pages."""
        written = (page for pages in self.hand_written.values() for page in pages)
        return [Place(page.url, page.title, anchors(page.html)) for page in written]


class Dresser(Protocol):
    """Renders the hand-written pages into a folder and gives back the chrome for the others."""

    def __call__(self, folder: Path, shown: Sequence[Edition]) -> Host:
        """Dress `shown` into `folder`."""


@dataclass
class Result:
    """What one build made."""

    audience: Audience
    folder: Path
    pages: Counter[str] = field(default_factory=Counter)
    bytes: int = 0
    seconds: float = 0.0
    places: list[Place] = field(default_factory=list)


def today() -> date:
    """The day to build for: SOURCE_DATE_EPOCH (reproducible-builds.org) if set, else today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()


@parallel.keeping()
def gather(root: Path, today: date, jobs: int) -> Material:
    """Read and check everything under the site's folder."""
    catalogue, problems = load(root, jobs)
    content = read_content(root)
    found = [*problems, *check(catalogue, today)]
    if catalogue.entries["policy"] and catalogue.entries["organisation"]:
        found += check_content(content, catalogue)
        found += check_tasks(content, catalogue)
        found += check_files(root, catalogue.policy.languages)
    return Material(root, catalogue, content, arrange(found))


@parallel.keeping()
def build(
    shown: Sequence[Edition],
    folder: Path,
    dresser: Dresser,
    write: Write,
    jobs: int,
    progress: Progress = lambda line: None,
) -> Result:
    """Make the site of one audience, its editions, in `folder`, which is not served yet."""
    started = time.perf_counter()
    audience = shown[0].audience
    progress(f"{audience}: hand-written pages and chrome")
    host = dresser(folder, shown)
    result = Result(audience, folder, Counter({c: len(p) for c, p in host.hand_written.items()}))
    result.places = host.places
    progress(f"{audience}: data pages")
    writer = _Writer(shown, host, folder, write)
    found = writer.guides()
    for batch in parallel.each(writer, writer.batches(), jobs, 1):
        result.pages[batch.language] += len(batch.places)
        result.bytes += batch.bytes
        result.places += batch.places
        found[batch.language] += batch.parts
    progress(f"{audience}: languages side by side")
    abreast = _SideBySideWriter(shown, writer, host, folder, write)
    for place, size in parallel.each(abreast, abreast.entries, jobs, 8):
        result.places.append(place)
        result.bytes += size
    result.bytes += abreast.index()
    progress(f"{audience}: search")
    search = _SearchWriter(shown, found, folder, write)
    indexes = dict(parallel.each(search, range(len(shown)), jobs, 1))
    result.bytes += sum(indexes.values())
    for name, content in statics.files(shown, host.facts, result.places, "".join(indexes)):
        result.bytes += write(folder, name, content)
    result.places += statics.moved(shown)
    result.seconds = time.perf_counter() - started
    return result


BATCH = 100
"""Pages that a process makes before it takes the next batch."""


@dataclass(frozen=True)
class Batch:
    """Some pages of one edition: `start` counts in the order of `makers`."""

    edition: int
    start: int


@dataclass(frozen=True)
class Written:
    """What came of a batch."""

    language: str
    places: tuple[Place, ...]
    parts: tuple[Part, ...]
    bytes: int


class _Writer:
    """Makes, renders, dresses and writes the pages of a batch."""

    def __init__(self, shown: Sequence[Edition], host: Host, folder: Path, write: Write) -> None:
        self.host, self.folder, self.write = host, folder, write
        self.makers = [list(makers(edition)) for edition in shown]
        self.renderers = [Renderer(Reader(edition)) for edition in shown]
        self.linkers = [Linker(renderer.reader) for renderer in self.renderers]
        self.indexers = [Indexer(e.language.code, synonyms(e)) for e in shown]

    def batches(self) -> list[Batch]:
        """All pages."""
        return [
            Batch(i, start)
            for i, pages in enumerate(self.makers)
            for start in range(0, len(pages), BATCH)
        ]

    def guides(self) -> dict[str, list[Part]]:
        """The hand-written pages in the search index, by language."""
        return {
            renderer.language.code: list(
                parts_of(
                    index(guide(article, renderer.reader))
                    for article in self.host.hand_written.get(renderer.language.code, ())
                )
            )
            for renderer, index in zip(self.renderers, self.indexers, strict=True)
        }

    def __call__(self, batch: Batch) -> Written:
        renderer, index = self.renderers[batch.edition], self.indexers[batch.edition]
        link, language = self.linkers[batch.edition], renderer.language.code
        chrome = self.host.chrome[language]
        entries, places, size = [], [], 0
        work = self.makers[batch.edition][batch.start : batch.start + BATCH]
        for make in work:
            page = make(renderer.reader)
            article = renderer.article(page)
            if page.listed:
                entries.append(index(document(page, article, renderer.reader)))
            if page.template in CITED:
                article = link(article, page.url)
            if page.former:
                article = with_former(article, page.former, renderer.reader.t("moved.title"))
            html = chrome[chrome_key(page)].dress(parts(page, article, renderer, self.host.facts))
            size += self.write(self.folder, f"{page.url}index.html", html)
            places.append(_place(page, article))
        return Written(language, tuple(places), tuple(parts_of(entries)), size)


def _place(page: Page, article: str) -> Place:
    title = plain(page.title)
    term = plain(page.view.name) if page.template == "term" else ""
    return Place(
        page.url, title, anchors(article), term, page.listed and not page.like, not page.like
    )


class _SideBySideWriter:
    """Writes the pages that show an entry in several languages."""

    def __init__(
        self, shown: Sequence[Edition], writer: _Writer, host: Host, folder: Path, write: Write
    ) -> None:
        self.entries = list(side_by_side.entries(shown))
        self.make = side_by_side.SideBySide(
            writer.renderers, ENTRIES, statics.plain_environment(), host.facts, host.styles
        )
        self.folder, self.write = folder, write

    def __call__(self, entry: tuple[str, str]) -> tuple[Place, int]:
        """The page of an entry, and its size."""
        url, html = self.make(entry)
        return Place(url, "", (), listed=False), self.write(self.folder, f"{url}index.html", html)

    def index(self) -> int:
        """The page that shows any two of them; its size."""
        return self.write(self.folder, "parallel/index.html", self.make.index(self.entries))


class _SearchWriter:
    """Writes the search index of an edition."""

    def __init__(
        self,
        shown: Sequence[Edition],
        found: Mapping[str, Sequence[Part]],
        folder: Path,
        write: Write,
    ) -> None:
        self.shown, self.found, self.folder, self.write = shown, found, folder, write

    def __call__(self, edition: int) -> tuple[str, int]:
        """The version of the index, and its size."""
        shown = self.shown[edition]
        made = files(shown, self.found[shown.language.code])
        digest, size = hashlib.sha256(), 0
        for name, text in made:
            digest.update(name.encode())
            size += self.write(self.folder, name, text)
        return digest.hexdigest()[:8], size
