"""The verbs in order: load, check, project, render, dress, publish."""

from __future__ import annotations

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
    hand_written: Mapping[str, int]
    urls: tuple[str, ...]


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
    result = Result(audience, folder, Counter(host.hand_written))
    urls = list(host.urls)
    progress(f"{audience}: data pages")
    writer = _Writer(shown, host, folder, write)
    for batch in parallel.each(writer, writer.batches(), jobs, 1):
        result.pages[batch.language] += len(batch.urls)
        result.bytes += batch.bytes
        urls += batch.urls
    for name, text in statics.files(shown, host.facts, urls):
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
    urls: tuple[str, ...]
    bytes: int


class _Writer:
    """Makes, renders, dresses and writes the pages of a batch."""

    def __init__(self, shown: Sequence[Edition], host: Host, folder: Path, write: Write) -> None:
        self.host, self.folder, self.write = host, folder, write
        self.makers = [list(makers(edition)) for edition in shown]
        self.renderers = [Renderer(Reader(edition)) for edition in shown]

    def batches(self) -> list[Batch]:
        """All pages."""
        return [
            Batch(i, start)
            for i, pages in enumerate(self.makers)
            for start in range(0, len(pages), BATCH)
        ]

    def __call__(self, batch: Batch) -> Written:
        renderer = self.renderers[batch.edition]
        language = renderer.language.code
        chrome = self.host.chrome[language]
        urls, size = [], 0
        for make in self.makers[batch.edition][batch.start : batch.start + BATCH]:
            page = make(renderer.reader)
            html = chrome[chrome_key(page)].dress(parts(page, renderer, self.host.facts))
            size += self.write(self.folder, f"{page.url}index.html", html)
            urls.append(page.url)
        return Written(language, tuple(urls), size)
