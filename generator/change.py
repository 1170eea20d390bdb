"""A change of some services and hand-written pages on its way to all that it reaches: pages, search, and nothing else."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from generator import parallel, statics
from generator.altered import Altered
from generator.build import ABREAST, Material
from generator.cache import Cache
from generator.content import check_all, read_content
from generator.coverage import Coverage
from generator.orders import Order, Tell
from generator.pages.translations import translations_page
from generator.places import Place
from generator.press import Made, Press
from generator.problems import Findings, arrange
from generator.publish.compress import accompanied, accompany
from generator.publish.folder import rewrite
from generator.search import site
from generator.search.index import Document
from generator.search.update import updated
from generator.source import forget
from generator.standing import News, Since, Site, UnknownError, UnsoundError, unpacked
from generator.values import Values

# It imports the host, which takes longer than all that most changes need.
if TYPE_CHECKING:
    from generator.rewritten import Rewritten

FEW = 40
"""Pages that are made in one process: what they load first, the processes that come after have too."""

_Pages = tuple[int, int, tuple[int, ...]]
"""The numbers of a site, of one of its editions, and of pages of that."""


@dataclass(frozen=True)
class _Done:
    """The files of a site that were written, and edition and version of the index among them."""

    site: int
    names: tuple[str, ...]
    version: tuple[int, str] | None = None


_Documents = dict[tuple[int, int], list[Document]]
"""What search must know of, by site and edition."""


class Change:
    """A change of some services and hand-written pages, on its way to all that it reaches."""

    def __init__(
        self, order: Order, sites: Sequence[Site], news: News, cache: Cache, tell: Tell
    ) -> None:
        forget()
        self.news = news
        self.sites, self.jobs, self.cache, self.tell = list(sites), order.jobs, cache, tell
        self.reaches = [site_.notes.reach() for site_ in sites]
        self.now = Altered(order.root, sites, self.reaches[0].entries, news.files, Values(cache))
        self.content = read_content(order.root) if news.pages else ()
        self.findings = self._findings()
        self.frames = [
            replace(reach.frame, outdated=self.now.outdated(site_, reach.frame))
            for site_, reach in zip(sites, self.reaches, strict=True)
        ]
        self.renewed = dict(self.now.new_renderings())
        self.presses = [self._press(i) for i in range(len(sites))]
        self._listings: dict[int, Press] = {}
        self.pending = any(site_.since.pending for site_ in sites)
        self.places = [self._places(i) for i in range(len(sites))]
        self.versions = [list(site_.since.versions) for site_ in sites]

    def _findings(self) -> list[Findings]:
        """What is wrong now, by site. Raises UnsoundError if no site can be built from that."""
        found = [self.now.findings(site_) for site_ in self.sites]
        if self.news.pages:
            wrong = tuple(check_all(self.now.root, self.content, self.now.catalogue))
            found = [findings._replace(content=wrong) for findings in found]
        problems = arrange(chain.from_iterable(findings.all for findings in found))
        if any(problem.is_error for problem in problems):
            raise UnsoundError(problems)
        return found

    def _press(self, i: int) -> Press:
        """What makes the pages of a site."""
        notes, reach = self.sites[i].notes, self.reaches[i]
        coverage = Coverage(self.now.catalogue, partial(self.now.renderings, self.sites[i]))
        shown = [
            replace(edition, coverage=edition.coverage and coverage)
            for edition in notes.editions(self.frames[i], self.now.catalogue)
        ]
        return Press(shown, notes.host(reach))

    def publish(self) -> int:
        """Make and write what differs; gives the number of files."""
        if not self.now.services and not self.news.pages:
            self._note(frozenset())
            return 0
        sites = range(len(self.sites)) if self.news.pages else ()
        rewritten = list(parallel.each(self._rewritten, sites, self.jobs, 1))
        made = self._all_made(list(self._pages()))
        self._note(self.news.files | self.news.pages)
        documents: _Documents = defaultdict(list)
        written = self._write(made, documents)
        for i, pages in enumerate(rewritten):
            written += self._write_rewritten(i, pages, documents)
        work: list[Callable[[], _Done]] = [
            *(partial(self._search, *at, found) for at, found in documents.items()),
            *(partial(self._list, *lists) for lists in self._lists()),
        ]
        for done in parallel.each(lambda number: work[number](), range(len(work)), self.jobs, 1):
            self._tell(done.site, done.names)
            written += len(done.names)
            if done.version is not None:
                edition, version = done.version
                self.versions[done.site][edition] = version
        for i, press in enumerate(self.presses):
            worker = statics.worker(press.shown, press.host.facts, self.versions[i])
            written += len(self._put(i, *worker))
        for i, renderings in self.renewed.items():
            self.sites[i].notes.write_renderings(renderings)
        self._note(frozenset())
        return written

    def _pages(self) -> Iterator[_Pages]:
        """The pages for which a changed service was looked up, but for lists, some at a time."""
        for i, (press, reach) in enumerate(zip(self.presses, self.reaches, strict=True)):
            found = unpacked(reach.asked, self.now.services)
            if i in self.renewed:
                for edition in range(len(press.shown)):
                    found[edition].add(press.number(edition, translations_page))
            for edition, numbers in sorted(found.items()):
                ordered = sorted(numbers)
                for start in range(0, len(ordered), FEW):
                    yield i, edition, tuple(ordered[start : start + FEW])

    def _all_made(self, pages: Sequence[_Pages]) -> list[tuple[_Pages, list[Made]]]:
        jobs = self.jobs if sum(len(numbers) for *_, numbers in pages) > FEW else 1
        return list(zip(pages, parallel.each(self._made, pages, jobs, 1), strict=True))

    def _made(self, pages: _Pages) -> list[Made]:
        """Some pages. Raises UnknownError if one of them has another place than before."""
        i, edition, numbers = pages
        press = self.presses[i]
        if edition == ABREAST:
            return [press.page_abreast(number) for number in numbers]
        made = list(press.some(edition, numbers))
        at = self.reaches[i].is_at
        if not all(at(edition, n, page.place) for n, page in zip(numbers, made, strict=True)):
            raise UnknownError
        return made

    def _rewritten(self, i: int) -> Rewritten:
        """The hand-written pages of a site."""
        from generator.rewritten import rewritten

        catalogue, findings = self.now.catalogue, self.findings[i]
        material = Material(self.now.root, catalogue, self.content, findings)
        site_, press = self.sites[i], self.presses[i]
        return rewritten(material, site_, press, self._places(i), self.cache.folder)

    def _places(self, i: int) -> Sequence[Place]:
        """The hand-written pages of a site as they were."""
        before = self.sites[i].since.written
        return self.reaches[i].written if before is None else before

    def _write_rewritten(self, i: int, pages: Rewritten, documents: _Documents) -> int:
        """Write hand-written pages; gives the number of files, and adds what search must know of."""
        written = self._put_all(i, pages.files)
        self._tell(i, written)
        names = [name for name, _ in pages.files] if self.pending else written
        for edition, found in pages.documents(self.presses[i], names).items():
            documents[i, edition] += found
        others = self._put_all(i, pages.others(self.sites[i], self.presses[i], self._places(i)))
        self.places[i] = tuple(pages.host.places)
        return len(written) + len(others)

    def _write(self, made: Sequence[tuple[_Pages, Sequence[Made]]], documents: _Documents) -> int:
        """Write pages; gives the number of files, and adds what search must know of."""
        names: dict[int, list[str]] = defaultdict(list)
        for (i, edition, _), some in made:
            for page in some:
                changed = self._put_all(i, page.files)
                if page.document is not None and (changed or self.pending):
                    documents[i, edition].append(page.document)
                names[i] += changed
        for i, written in names.items():
            self._tell(i, written)
        return sum(map(len, names.values()))

    def _tell(self, i: int, names: Sequence[str]) -> None:
        if names:
            self.tell(self.sites[i].notes.audience, names)

    def _lists(self) -> Iterator[_Pages]:
        """The lists that show a summary that has changed."""
        changed = [id_ for id_ in self.now.services if self.now.has_another_summary(id_)]
        for i, reach in enumerate(self.reaches):
            for edition, numbers in sorted(unpacked(reach.told, changed).items()):
                yield i, edition, tuple(sorted(numbers))

    def _list(self, i: int, edition: int, numbers: Sequence[int]) -> _Done:
        """Make and write some lists."""
        made = self._listing(i).some(edition, numbers)
        return _Done(i, self._put_all(i, (file for page in made for file in page.files)))

    def _listing(self, i: int) -> Press:
        """What makes the lists of a site: of most services it reads no more than they show."""
        if i not in self._listings:
            press, notes, entries = self.presses[i], self.sites[i].notes, self.reaches[i].entries
            changed = {entries[path][1] for path in (*self.sites[i].since.files, *self.now.files)}
            shown = notes.lists(self.frames[i], press.shown, changed)
            self._listings[i] = Press(shown, press.host)
        return self._listings[i]

    def _search(self, i: int, edition: int, documents: Sequence[Document]) -> _Done:
        """Bring a search index up to date."""
        shown = self.presses[i].shown[edition]
        code = shown.language.code
        folder = self.sites[i].folder / site.FOLDER / code
        published = set(os.listdir(folder))
        kept = updated(self.sites[i].notes.search / code, code, documents, published)
        if kept is None:
            raise UnknownError
        urls = (url for run in kept.runs for url in run.urls)
        files = dict(site.files(shown, kept.index, urls, published))
        written = self._put_all(i, files.items())
        kept.write()
        named = json.loads(files[f"{site.FOLDER}/{code}/files.json"])["files"]
        for name in published.difference(accompanied((*named, "files.json"))):
            (folder / name).unlink()
        return _Done(i, written, (edition, kept.index.version))

    def _put_all(self, i: int, files: Iterable[tuple[str, str | bytes]]) -> tuple[str, ...]:
        return tuple(chain.from_iterable(self._put(i, *file) for file in files))

    def _put(self, i: int, name: str, content: str | bytes) -> tuple[str, ...]:
        """Write a file of a site if it says something else; gives the names of the files written."""
        folder = self.sites[i].folder
        data = content.encode() if isinstance(content, str) else content
        path = folder / name
        if path.is_file() and path.read_bytes() == data:
            return ()
        self._rewrite(folder, name, data)
        if not self.sites[i].standing.compressed:
            return (name,)
        return name, *accompany(folder, name, data, self._rewrite)

    def _rewrite(self, folder: Path, name: str, data: bytes) -> None:
        rewrite(folder, name, data, self.cache.folder)

    def _note(self, pending: frozenset[str]) -> None:
        """Note how far the change has come."""
        for i, site_ in enumerate(self.sites):
            since = replace(site_.since, pending=pending)
            if not pending:
                since = Since(
                    {**since.files, **self.now.files}, tuple(self.versions[i]), self.findings[i],
                    self.news.inputs, self.places[i], self.frames[i].outdated,
                )  # fmt: skip
            site_.notes.write_since(since)
            self.sites[i] = replace(site_, since=since)
