"""A change of some services on its way to all that it reaches: pages, search, and nothing else."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

from generator import parallel, statics
from generator.build import ABREAST
from generator.cache import Cache
from generator.checks import texts
from generator.coverage import Coverage, Rendering
from generator.editions import Frame, outdated
from generator.load import entry_of
from generator.model import KINDS
from generator.model.base import Entry
from generator.model.catalogue import Catalogue, OnDemand
from generator.pages.translations import translations_page
from generator.press import Made, Press
from generator.problems import Findings, Location, Problem
from generator.publish.compress import accompanied, accompany
from generator.publish.folder import rewrite
from generator.search import site
from generator.search.update import updated
from generator.source import Source, forget
from generator.standing import Since, Site, UnknownError, digest
from generator.values import Known, Values

_At = tuple[int, int]
"""The numbers of a site and of one of its editions."""


class Change:
    """A change of some services, on its way to all that it reaches."""

    def __init__(
        self, root: Path, sites: Sequence[Site], changed: set[str], cache: Cache, jobs: int
    ) -> None:
        forget()
        self.sites, self.jobs, self.cache, self.values = list(sites), jobs, cache, Values(cache)
        self.root, self.before = root, [site_.files for site_ in sites]
        self.files = self._read(sorted(changed))
        self.reaches = [site_.notes.reach() for site_ in sites]
        self.catalogue = self._catalogue(self.reaches[0].entries)
        self.paths = [path for path in self.files if self._says_else(path)]
        self.services = {self._service(path): self._summary_differs(path) for path in self.paths}
        self.wrong = self._wrong()
        self.old = [self._old(site_, r.frame) for site_, r in zip(sites, self.reaches, strict=True)]
        self.presses = [self._press(i) for i in range(len(sites))]
        self.renewed = dict(self._renewed())
        self.versions = [list(site_.since.versions) for site_ in sites]

    def publish(self) -> int:
        """Make and write what differs; gives the number of files."""
        if not self.services:
            self._note(frozenset())
            return 0
        editions = [
            (i, edition)
            for i, press in enumerate(self.presses)
            for edition in (ABREAST, *range(len(press.shown)))
        ]
        made = dict(zip(editions, parallel.each(self._made, editions, self.jobs, 1), strict=True))
        self._note(frozenset(self.files))
        files = [(i, *file) for (i, _), pages in made.items() for p in pages for file in p.files]
        written = sum(self._put(*file) for file in files)
        found = [(at, pages) for at, pages in made.items() if any(page.document for page in pages)]
        indexed = parallel.each(self._indexed, found, self.jobs, 1)
        for ((i, edition), _), (version, count) in zip(found, indexed, strict=True):
            self.versions[i][edition] = version
            written += count
        for i, press in enumerate(self.presses):
            written += self._put(
                i, *statics.worker(press.shown, press.host.facts, self.versions[i])
            )
        for i, renderings in self.renewed.items():
            self.sites[i].notes.write_renderings(renderings)
        self._note(frozenset())
        return written

    def _read(self, paths: Sequence[str]) -> dict[str, Known]:
        """The changed files as they are now: services that differ in what their texts say."""
        sources = [Source(str(self.root), path) for path in paths]
        if any(problems for _, problems in self.values.read(sources, 1, others=True)):
            raise UnknownError
        files = {path: self.values.known[path] for path in paths}
        if any(
            known.outline != b[path].outline for path, known in files.items() for b in self.before
        ):
            raise UnknownError
        return files

    def _says_else(self, path: str) -> bool:
        now = self.files[path].digest
        return self._is_pending(path) or any(now != before[path].digest for before in self.before)

    def _summary_differs(self, path: str) -> bool:
        now = self.files[path].summary
        return self._is_pending(path) or any(now != before[path].summary for before in self.before)

    def _is_pending(self, path: str) -> bool:
        return any(path in site_.since.pending for site_ in self.sites)

    def _service(self, path: str) -> str:
        """The id of the service in a changed file."""
        kind, id_ = self.reaches[0].entries[path]
        if kind != "service":
            raise UnknownError
        return id_

    def _wrong(self) -> list[Findings]:
        """What is wrong now, by site. Raises UnknownError if no site can be built from that."""
        entries = [("service", self.catalogue.services[id_]) for id_ in self.services]
        fresh = tuple(texts.written(self.catalogue, entries))
        if any(problem.is_error for problem in fresh):
            raise UnknownError
        changed = frozenset(self.paths)
        return [
            Findings(
                (*(self._moved(p) for p in texts_ if p.where.file not in changed), *fresh),
                tuple(map(self._moved, others)),
            )
            for texts_, others in (site_.since.findings for site_ in self.sites)
        ]

    def _moved(self, problem: Problem) -> Problem:
        """A problem where it stands now, for the lines of the changed files may have moved."""
        related = tuple(replace(r, where=self._place(r.where)) for r in problem.related)
        return replace(problem, where=self._place(problem.where), related=related)

    def _place(self, where: Location) -> Location:
        if where.file not in self.paths:
            return where
        if where.keys is None:
            raise UnknownError
        return Source(str(self.root), where.file).at(*where.keys)

    def _old(self, site_: Site, frame: Frame) -> frozenset[tuple[str, str, str]]:
        """The old translations of a site."""
        before = frame.outdated if site_.since.outdated is None else site_.since.outdated
        others = {old for old in before if old[0] != "service" or old[1] not in self.services}
        seen = {
            id_: self.catalogue.services[id_] for id_ in self.services if id_ in frame.availability
        }
        return frozenset(others.union(outdated({"service": seen}, frame.source)))

    def _press(self, i: int) -> Press:
        notes, reach = self.sites[i].notes, self.reaches[i]
        frame = replace(reach.frame, outdated=self.old[i])
        coverage = Coverage(self.catalogue, partial(self._renderings, i))
        shown = [
            replace(edition, coverage=edition.coverage and coverage)
            for edition in notes.editions(frame, self.catalogue)
        ]
        return Press(shown, notes.host(reach))

    def _renderings(self, i: int) -> tuple[Rendering, ...]:
        """How every entry of a site for staff stands in every language now."""
        services = (self.catalogue.services[id_] for id_ in self.services)
        found = (r for service in services for r in Coverage(self.catalogue).of("service", service))
        now = {(r.kind, r.id, r.language): r for r in found}
        before = self.sites[i].notes.renderings()
        return tuple(now.get((r.kind, r.id, r.language), r) for r in before)

    def _renewed(self) -> Iterator[tuple[int, tuple[Rendering, ...]]]:
        """How every entry stands, by site, where that may be news."""
        if any(self.catalogue.services[id_].translation for id_ in self.services):
            for i, press in enumerate(self.presses):
                if press.shown[0].coverage is not None:
                    now = self._renderings(i)
                    pending = self.sites[i].since.pending
                    if pending or now != self.sites[i].notes.renderings():
                        yield i, now

    def _catalogue(self, entries: Mapping[str, tuple[str, str]]) -> Catalogue:
        """The catalogue as it is now."""
        sources = {entry: Source(str(self.root), path) for path, entry in entries.items()}
        ids: dict[str, list[str]] = {kind: [] for kind in KINDS}
        for kind, id_ in sorted(sources):
            ids[kind].append(id_)
        known = self.before[0] | self.files

        def read(kind: str) -> Callable[[str], Entry]:
            def entry(id_: str) -> Entry:
                source = sources[kind, id_]
                value, _ = self.values.one(source, known[source.path].digest)
                found = entry_of(source, value).entry if isinstance(value, dict) else None
                if found is None:
                    raise UnknownError
                return found

            return entry

        return Catalogue(
            {kind: OnDemand(found, read(kind)) for kind, found in ids.items()}, sources
        )

    def _made(self, at: _At) -> list[Made]:
        """The pages of an edition for which a changed service was looked up."""
        i, edition = at
        press, reach = self.presses[i], self.reaches[i]
        pages = chain.from_iterable(
            (*reach.asked.get(id_, ()), *(reach.told.get(id_, ()) if summary else ()))
            for id_, summary in self.services.items()
        )
        asked = {number for e, number in pages if e == edition}
        if edition != ABREAST and i in self.renewed:
            asked.add(press.number(edition, translations_page))
        if not asked:
            return []
        if edition == ABREAST:
            made = [press.page_abreast(number) for number in sorted(asked)]
        else:
            made = list(press.some(edition, asked))
        if any(reach.places[page.place.url] != digest(page.place) for page in made):
            raise UnknownError
        return made

    def _indexed(self, found: tuple[_At, list[Made]]) -> tuple[str, int]:
        """Bring a search index up to date; gives its version and the number of files written."""
        (i, edition), pages = found
        shown = self.presses[i].shown[edition]
        code = shown.language.code
        folder = self.sites[i].folder / site.FOLDER / code
        published = set(os.listdir(folder))
        documents = [page.document for page in pages if page.document is not None]
        kept = updated(self.sites[i].notes.search / code, code, documents, published)
        if kept is None:
            raise UnknownError
        urls = (url for run in kept.runs for url in run.urls)
        files = dict(site.files(shown, kept.index, urls, published))
        count = sum(self._put(i, name, text) for name, text in files.items())
        kept.write()
        named = json.loads(files[f"{site.FOLDER}/{code}/files.json"])["files"]
        for name in published.difference(accompanied((*named, "files.json"))):
            (folder / name).unlink()
        return kept.index.version, count

    def _put(self, i: int, name: str, text: str) -> int:
        """Write a file of a site if it says something else; gives the number of files written."""
        folder, data = self.sites[i].folder, text.encode()
        path = folder / name
        if path.is_file() and path.read_bytes() == data:
            return 0
        self._rewrite(folder, name, data)
        if not self.sites[i].standing.compressed:
            return 1
        return 1 + accompany(folder, name, data, self._rewrite)

    def _rewrite(self, folder: Path, name: str, data: bytes) -> None:
        rewrite(folder, name, data, self.cache.folder)

    def _note(self, pending: frozenset[str]) -> None:
        """Note how far the change has come."""
        for i, site_ in enumerate(self.sites):
            since = replace(site_.since, pending=pending)
            if not pending:
                files, versions = {**since.files, **self.files}, tuple(self.versions[i])
                since = Since(files, versions, self.wrong[i], self.old[i])
            site_.notes.write_since(since)
            self.sites[i] = replace(site_, since=since)
