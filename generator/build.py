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

from generator import parallel, statics
from generator.checks import check
from generator.content import HandWritten, check_content, check_files, check_tasks, read_content
from generator.dress import Chrome, SiteFacts, chrome_key, parts
from generator.editions import Audience, Edition
from generator.load import load
from generator.model.catalogue import Catalogue
from generator.pages.reader import Reader
from generator.pages.site import makers
from generator.problems import Problem, arrange, count
from generator.render import Renderer
from generator.search.documents import Article, document, guide, synonyms
from generator.search.index import Indexer
from generator.search.parts import Part
from generator.search.parts import parts as parts_of
from generator.search.site import files

Progress = Callable[[str], None]
Write = Callable[[Path, str, str], int]


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
    """What the host gives for one audience: chrome by language and key, and facts of the site."""

    facts: SiteFacts
    chrome: Mapping[str, Mapping[str, Chrome]]
    hand_written: Mapping[str, Sequence[Article]]

    @property
    def urls(self) -> list[str]:
        """The addresses of the hand-written pages."""
        return [page.url for pages in self.hand_written.values() for page in pages]


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
    urls = host.urls
    progress(f"{audience}: data pages")
    writer = _Writer(shown, host, folder, write)
    found = writer.guides()
    for batch in parallel.each(writer, writer.batches(), jobs, 1):
        result.pages[batch.language] += batch.pages
        result.bytes += batch.bytes
        urls += (url for part in batch.parts for url in part.urls)
        found[batch.language] += batch.parts
    progress(f"{audience}: search")
    search = _SearchWriter(shown, found, folder, write)
    indexes = dict(parallel.each(search, range(len(shown)), jobs, 1))
    result.bytes += sum(indexes.values())
    for name, text in statics.files(shown, host.facts, urls, "".join(indexes)):
        result.bytes += write(folder, name, text)
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
    pages: int
    parts: tuple[Part, ...]
    bytes: int


class _Writer:
    """Makes, renders, dresses and writes the pages of a batch."""

    def __init__(self, shown: Sequence[Edition], host: Host, folder: Path, write: Write) -> None:
        self.host, self.folder, self.write = host, folder, write
        self.makers = [list(makers(edition)) for edition in shown]
        self.renderers = [Renderer(Reader(edition)) for edition in shown]
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
        language = renderer.language.code
        chrome = self.host.chrome[language]
        entries, size = [], 0
        work = self.makers[batch.edition][batch.start : batch.start + BATCH]
        for make in work:
            page = make(renderer.reader)
            article = renderer.article(page)
            html = chrome[chrome_key(page)].dress(parts(page, article, renderer, self.host.facts))
            size += self.write(self.folder, f"{page.url}index.html", html)
            if page.listed:
                entries.append(index(document(page, article, renderer.reader)))
        return Written(language, len(work), tuple(parts_of(entries)), size)


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
