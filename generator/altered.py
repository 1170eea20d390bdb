"""A catalogue after some of its services have changed: what they say now, and what is wrong now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from generator.audiences import Audience
from generator.checks import texts
from generator.checks.dependencies import names_of
from generator.coverage import Coverage, Rendering
from generator.editions import Frame, outdated
from generator.load import entry_of
from generator.model import KINDS
from generator.model.base import Entry
from generator.model.catalogue import Catalogue, OnDemand
from generator.notes import Site
from generator.problems import Findings, Location, Problem
from generator.source import Source, Value
from generator.standing import UnknownError
from generator.values import Known, Values


class Altered:
    """The catalogue of some sites after files of services have changed.

    `entries` are kind and id of each file, `files` the changed ones as they are now. Of those, `services`
    say something else than a site shows: their files by their ids.
    """

    def __init__(
        self,
        root: Path,
        sites: Sequence[Site],
        entries: Mapping[str, tuple[str, str]],
        changed: Collection[str],
        values: Values,
    ) -> None:
        self.root, self.sites, self.values = root, sites, values
        self.before = [site.files for site in sites]
        self._entries = entries
        self.files = self._read(sorted(changed))
        self.catalogue = self._catalogue(entries)
        self.services = {
            self._service(*entries[path]): path for path in self.files if self._says_else(path)
        }

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

    def _is_pending(self, path: str) -> bool:
        return any(path in site.since.pending for site in self.sites)

    def _service(self, kind: str, id_: str) -> str:
        if kind != "service":
            raise UnknownError
        return id_

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
                return _entry(source, self.values.one(source, known[source.path].digest)[0])

            return entry

        return Catalogue(
            {kind: OnDemand(found, read(kind)) for kind, found in ids.items()}, sources
        )

    def has_another_summary(self, id_: str) -> bool:
        """Whether a changed service has another summary than a site shows."""
        path = self.services[id_]
        now = self.files[path].summary
        return self._is_pending(path) or any(now != before[path].summary for before in self.before)

    def retold(self, site: Site) -> list[str]:
        """The services of which something else is told elsewhere, above all their names, than a site shows."""
        return self._told_otherwise(site.files, self.files)

    def retold_since(self, site: Site) -> list[str]:
        """The same, than when a site was built."""
        return self._told_otherwise(site.standing.files, {**site.since.files, **self.files})

    def _told_otherwise(self, before: Mapping[str, Known], now: Mapping[str, Known]) -> list[str]:
        return [self._entries[p][1] for p, known in now.items() if known.told != before[p].told]

    def earlier(self, site: Site) -> Catalogue:
        """The catalogue in which these are as a site shows them."""
        before, retold, now = site.files, self.retold(site), self.catalogue.services

        def service(id_: str) -> Entry:
            if id_ not in retold:
                return now[id_]
            source = self.catalogue.sources["service", id_]
            if (kept := self.values.kept(before[source.path])) is None:
                raise UnknownError
            return _entry(source, kept[0])

        entries = {**self.catalogue.entries, "service": OnDemand(tuple(now), service)}
        return replace(self.catalogue, entries=entries)

    def findings(self, site: Site) -> Findings:
        """What is wrong now, but for hand-written pages."""
        before, paths = site.since.findings, frozenset(self.services.values())
        self._hold_names(site)
        return Findings(
            (*(self._moved(p) for p in before.texts if p.where.file not in paths), *self._texts),
            tuple(map(self._moved, before.others)),
            before.content,
        )

    def _hold_names(self, site: Site) -> None:
        """Raises UnknownError if names may be told that services share, or no longer share."""
        if not (retold := self.retold(site)):
            return
        paths = {self.services[id_] for id_ in retold}
        for problem in site.since.findings.others:
            for where in (problem.where, *(related.where for related in problem.related)):
                if where.file in paths and (where.keys is None or where.keys[0] == "name"):
                    raise UnknownError
        fresh: dict[tuple[str, str], str] = {}
        for id_ in self.retold_since(site):
            for language, name in names_of(self.catalogue.services[id_]):
                key = language.code, name
                known = site.notes.naming.bearers.get(key, ())
                if id_ not in known and (known or fresh.setdefault(key, id_) != id_):
                    raise UnknownError

    @cached_property
    def _texts(self) -> tuple[Problem, ...]:
        """What is wrong in the texts of the changed services."""
        entries = [("service", self.catalogue.services[id_]) for id_ in self.services]
        return tuple(texts.written(self.catalogue, entries))

    def _moved(self, problem: Problem) -> Problem:
        """A problem where it stands now, for the lines of a changed file may have moved."""
        related = tuple(replace(r, where=self._place(r.where)) for r in problem.related)
        return replace(problem, where=self._place(problem.where), related=related)

    def _place(self, where: Location) -> Location:
        if where.file not in self.services.values():
            return where
        if where.keys is None:
            raise UnknownError
        return Source(str(self.root), where.file).at(*where.keys)

    def outdated(self, site: Site, frame: Frame) -> frozenset[tuple[str, str, str]]:
        """The old translations (`Frame.outdated`)."""
        before = frame.outdated if site.since.outdated is None else site.since.outdated
        others = {old for old in before if old[0] != "service" or old[1] not in self.services}
        seen = {
            id_: self.catalogue.services[id_] for id_ in self.services if id_ in frame.availability
        }
        return frozenset(others.union(outdated({"service": seen}, frame.source)))

    def renderings(self, site: Site) -> tuple[Rendering, ...]:
        """How every entry stands in every language, for staff."""
        before = site.notes.renderings()
        return tuple(self._fresh.get((r.kind, r.id, r.language.code), r) for r in before)

    @cached_property
    def _fresh(self) -> dict[tuple[str, str, str], Rendering]:
        coverage = Coverage(self.catalogue)
        services = (self.catalogue.services[id_] for id_ in self.services)
        found = (r for service in services for r in coverage.of("service", service))
        return {(r.kind, r.id, r.language.code): r for r in found}

    def new_renderings(self, site: Site) -> tuple[Rendering, ...] | None:
        """The same, if that may be news to a site."""
        is_stated = any(self.catalogue.services[id_].translation for id_ in self.services)
        if site.notes.audience is not Audience.STAFF or not is_stated:
            return None
        now = self.renderings(site)
        return now if site.since.pending or now != site.notes.renderings() else None


def _entry(source: Source, value: Value | None) -> Entry:
    """The entry that a value is of. Raises UnknownError if it is of none."""
    found = entry_of(source, value).entry if isinstance(value, dict) else None
    if found is None:
        raise UnknownError
    return found
