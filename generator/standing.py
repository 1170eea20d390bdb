"""The site that stands: what a build notes of it, so that the next one need not begin from nothing.

A note holds only for the site it was written for, in its folder, on its day.
"""

from __future__ import annotations

import hashlib
import os
import re
import struct
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import ledger
from generator.audiences import Audience
from generator.cache import Cache, Stamp, stamps
from generator.places import Place
from generator.problems import Findings, Problem
from generator.values import Known

# A build that finds no change needs none of these, and they take longer to import than that takes.
if TYPE_CHECKING:
    from generator.coverage import Rendering
    from generator.dress import Chrome, SiteFacts
    from generator.editions import Edition, Frame
    from generator.model.catalogue import Catalogue
    from generator.press import Host

_SETTINGS = "mkdocs.yml"
_NAMED = re.compile(r"[\w.-]+(?:/[\w.-]+)*")


class UnknownError(Exception):
    """What is noted does not suffice to bring a site up to date."""


class UnsoundError(Exception):
    """No site can be built from what is there now."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(*problems)
        self.problems = problems


@dataclass(frozen=True)
class Standing:
    """The site of one audience, and what it was made of.

    `folder` tells its folder from others; `files` are those of the catalogue; `pages` counts pages by
    language, `size` is that of the data pages in bytes; `compressed` says that files have companions.
    """

    folder: int
    day: date
    inputs: Mapping[str, Stamp]
    files: Mapping[str, Known]
    findings: Findings
    pages: Mapping[str, int]
    size: int
    versions: tuple[str, ...]
    compressed: bool


@dataclass(frozen=True)
class Reach:
    """How far a change of the site goes.

    `entries` are kind and id of each file, `written` the hand-written pages; `asked` has for each service the pages for which it was
    looked up, and `told` those that show no text of it but its summary (both `packed`); `places` has the
    digests of the places of the pages of each edition, in their order.
    """

    entries: Mapping[str, tuple[str, str]]
    frame: Frame
    facts: SiteFacts
    styles: Sequence[str]
    asked: Mapping[str, bytes]
    told: Mapping[str, bytes]
    places: Sequence[bytes]
    written: Sequence[Place]

    def is_at(self, edition: int, number: int, place: Place) -> bool:
        """Whether a page has the place that it had when the site was built."""
        return self.places[edition][number * _DIGEST : (number + 1) * _DIGEST] == digest(place)


@dataclass(frozen=True)
class Since:
    """What has changed since a site was built.

    `files` are those that were read again; the rest is how it is now: versions of the indexes, what is
    wrong; and unless it is as it was, what the site is made of, its hand-written pages, and the old
    translations (`Frame.outdated`). `pending` are files whose change may have
    reached some pages only.
    """

    files: Mapping[str, Known]
    versions: tuple[str, ...]
    findings: Findings
    inputs: Mapping[str, Stamp] | None = None
    written: Sequence[Place] | None = None
    outdated: frozenset[tuple[str, str, str]] | None = None
    pending: frozenset[str] = frozenset()


@dataclass(frozen=True)
class News:
    """What was written since some sites were made.

    `files` are those of the catalogue, `pages` hand-written ones; `inputs` is all that sites are made of
    beside the catalogue, as it is now.
    """

    files: frozenset[str]
    pages: frozenset[str]
    inputs: Mapping[str, Stamp]


@dataclass(frozen=True)
class Site:
    """The site of one audience in its folder, and what is noted of it."""

    folder: Path
    notes: Notes
    standing: Standing
    since: Since

    @property
    def files(self) -> dict[str, Known]:
        """The files of the catalogue as they were read last."""
        return {**self.standing.files, **self.since.files}

    @property
    def inputs(self) -> Mapping[str, Stamp]:
        """What else the site was made of, as it was last."""
        return self.standing.inputs if self.since.inputs is None else self.since.inputs


def inputs(root: Path, out: Path) -> dict[str, Stamp]:
    """The stamps of all that a site is made of beside its catalogue: whatever its settings name."""
    named = _NAMED.findall((root / _SETTINGS).read_text(encoding="utf-8"))
    apart = (".", "..", "catalogue", os.path.relpath(out, root).split(os.sep)[0])
    names = [name for name in dict.fromkeys(named) if name.split("/")[0] not in apart]
    return stamps(root, _SETTINGS, ledger.FILE, *names)


def identity(folder: Path) -> int:
    """What tells a folder from one that took its place; 0 if there is none."""
    return folder.stat().st_ino if folder.is_dir() else 0


_DIGEST = 8
_PAGE = struct.Struct("ii")


def digest(place: Place) -> bytes:
    """What stands for a place."""
    text = "\n".join((place.url, place.title, place.term, str(place.listed), *place.anchors))
    return hashlib.blake2b(text.encode(), digest_size=_DIGEST).digest()


def packed(pages: Mapping[str, Iterable[tuple[int, int]]]) -> dict[str, bytes]:
    """Pages of services, as (edition, number), in a form that is read fast."""
    return {id_: b"".join(_PAGE.pack(*page) for page in found) for id_, found in pages.items()}


def unpacked(pages: Mapping[str, bytes], ids: Iterable[str]) -> dict[int, set[int]]:
    """The numbers of the pages of some services, by edition."""
    found: dict[int, set[int]] = defaultdict(set)
    for id_ in ids:
        for edition, number in _PAGE.iter_unpack(pages.get(id_, b"")):
            found[edition].add(number)
    return found


class Notes:
    """The notes on the site of one audience, in the cache."""

    def __init__(self, cache: Cache, audience: Audience) -> None:
        self._cache, self._name, self.audience = cache, f"{audience}", audience

    @property
    def search(self) -> Path:
        """Where its search indexes are kept, a folder for each language."""
        return self._cache.folder / f"{self._name}.search"

    def read(self) -> tuple[Standing, Since]:
        """What is noted of the site. Raises UnknownError."""
        standing: Standing | None = self._cache.get(f"{self._name}.site")
        if standing is None:
            raise UnknownError
        since: Since | None = self._cache.get(f"{self._name}.since")
        return standing, since or Since({}, standing.versions, standing.findings)

    def has_companions(self, folder: Path) -> bool:
        """Whether the site that is noted stands in a folder, each file with its companions."""
        try:
            standing, since = self.read()
        except UnknownError:
            return False
        here = standing.folder == identity(folder)
        return here and standing.compressed and not since.pending

    def reach(self) -> Reach:
        """How far its changes go. Raises UnknownError."""
        found: Reach | None = self._cache.get(f"{self._name}.reach")
        if found is None:
            raise UnknownError
        return found

    def forget(self) -> None:
        """Note nothing any more."""
        self._cache.forget(f"{self._name}.site")
        self._cache.forget(f"{self._name}.since")

    def write(
        self,
        standing: Standing,
        reach: Reach,
        chrome: Mapping[str, Mapping[str, Chrome]],
        shown: Sequence[Edition],
        catalogue: Catalogue,
    ) -> None:
        """Note what stands now."""
        from generator.editions import LISTED, MENTIONED

        for code, pieces in chrome.items():
            self._cache.put(f"{self._name}.chrome.{code}", dict(pieces))
        for edition in shown:
            for key, rows in edition.rows.items():
                self._cache.put(f"{self._name}.{key}.{edition.language.code}", rows)
        if (coverage := shown[0].coverage) is not None:
            self.write_renderings(coverage.renderings)
        for i in sorted({reach.frame.copy(i) for i in range(len(shown))}):
            self._put_parts(f"listed.{i}", shown[i].public, LISTED)
        self._put_parts("mentioned", catalogue, MENTIONED)
        self._cache.put(f"{self._name}.reach", reach)
        self._cache.put(f"{self._name}.site", standing)

    def write_since(self, since: Since) -> None:
        """Note what has changed since."""
        self._cache.put(f"{self._name}.since", since)

    def host(self, reach: Reach) -> Host:
        """The host as it was; the chrome of a language is read when it is asked for."""
        from generator.press import Host

        chrome = _Kept(lambda code: self._cache.get(f"{self._name}.chrome.{code}"))
        return Host(reach.facts, chrome, reach.styles)

    def _put_parts(self, name: str, catalogue: Catalogue, fields: frozenset[str]) -> None:
        from generator.editions import part

        parts = ((id_, part(service, fields)) for id_, service in catalogue.services.items())
        self._cache.put_each(f"{self._name}.{name}", parts)

    def _parts(self, name: str, fields: frozenset[str]) -> Callable[[str], Any]:
        """Gives some fields of a service, of those that were noted under a name."""
        from generator.editions import from_part

        get = self._cache.getter(f"{self._name}.{name}")

        def service(id_: str) -> Any:
            if (values := get(id_)) is None:
                raise UnknownError
            return from_part({field: values[field] for field in values if field in fields})

        return service

    def editions(self, frame: Frame, catalogue: Catalogue) -> list[Edition]:
        """The editions as they are now."""
        from generator.editions import MENTIONED, NAMED

        named, mentioned = self._parts("mentioned", NAMED), self._parts("mentioned", MENTIONED)
        return [
            replace(
                edition,
                public=replace(edition.public, mention=named),
                portfolio=edition.portfolio and replace(edition.portfolio, mention=mentioned),
                rows=_Kept(partial(self._rows, edition.language.code)),
            )
            for edition in frame.editions(catalogue)
        ]

    def lists(
        self, frame: Frame, shown: Sequence[Edition], changed: Container[str]
    ) -> list[Edition]:
        """Editions that know of services what lists show, and all of those that have `changed`."""
        from generator.editions import LISTED

        copies = set(map(frame.copy, range(len(shown))))
        parts = {copy: self._parts(f"listed.{copy}", LISTED) for copy in copies}
        return [
            _abridged(edition, parts[frame.copy(i)], changed) for i, edition in enumerate(shown)
        ]

    def renderings(self) -> tuple[Rendering, ...]:
        """How every entry stood in every language. Raises UnknownError."""
        found: tuple[Rendering, ...] | None = self._cache.get(f"{self._name}.renderings")
        if found is None:
            raise UnknownError
        return found

    def write_renderings(self, renderings: tuple[Rendering, ...]) -> None:
        """Note how every entry stands in every language."""
        self._cache.put(f"{self._name}.renderings", renderings)

    def _rows(self, code: str, key: str) -> Any:
        return self._cache.get(f"{self._name}.{key}.{code}")


def _abridged(edition: Edition, listed: Callable[[str], Any], changed: Container[str]) -> Edition:
    from generator.model.catalogue import OnDemand

    whole = edition.public.services
    services = OnDemand(whole, lambda id_: whole[id_] if id_ in changed else listed(id_))
    entries = {**edition.public.entries, "service": services}
    return replace(edition, public=replace(edition.public, entries=entries))


class _Kept(dict[str, Any]):
    """What is read when it is asked for."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        super().__init__()
        self._read = read

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: str) -> Any:
        if (found := self._read(key)) is None:
            raise UnknownError
        self[key] = found
        return found
