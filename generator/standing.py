"""The site that stands: what a build notes of it, so that the next one need not begin from nothing.

A note holds only for the site it was written for, in its folder, on its day.
"""

from __future__ import annotations

import hashlib
import os
import re
import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from generator import ledger
from generator.cache import Stamp, stamps
from generator.places import Place
from generator.problems import Findings, Problem
from generator.values import Known

# A build that finds no change needs none of these, and they take longer to import than that takes.
if TYPE_CHECKING:
    from generator.dress import SiteFacts
    from generator.editions import Frame

_SETTINGS = "mkdocs.yml"
_NAMED = re.compile(r"[\w.-]+(?:/[\w.-]+)*")
_WRITTEN = re.compile(r"^site_dir:.*$", re.MULTILINE)


class UnknownError(Exception):
    """What is noted does not suffice to bring a site up to date."""


class UnsoundError(Exception):
    """No site can be built from what is there now."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
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

    `entries` are kind and id of each file, `written` the hand-written pages. `asked` has for each service
    the pages that may show all of its texts, `told` those that show name and summary (both `packed`);
    `places` has the digests of the addresses and of the places of each edition's pages, in their order.
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
        """Whether a page has the place that it had when the site was built, but perhaps another title."""
        both = 2 * _DIGEST
        return self.places[edition][number * both : (number + 1) * both] == digest(place)

    def number(self, edition: int, url: str) -> int:
        """The number of the page at an address. Raises UnknownError if it is none of those."""
        places, wanted, start = self.places[edition], _digest(url), 0
        while (start := places.find(wanted, start)) % (2 * _DIGEST):
            if start < 0:
                raise UnknownError
            start += 1
        return start // (2 * _DIGEST)


@dataclass(frozen=True)
class Naming:
    """What the names of the services of a site reach.

    `named` has for each service the pages that show no more than its name (`packed`). `bearers` has the
    ids of the services with a name, by language and the name as names are compared.
    """

    named: Mapping[str, bytes]
    bearers: Mapping[tuple[str, str], tuple[str, ...]]


@dataclass(frozen=True)
class Since:
    """What has changed since a site was built.

    `files` are those that were read again; the rest is how it is now: versions of the indexes, what is
    wrong; and unless it is as it was, what the site is made of, its hand-written pages, and the old
    translations (`Frame.outdated`). `pending` are files whose change may have reached some pages only;
    `is_retelling` says that one of them has something that other pages tell too, such as a name.
    """

    files: Mapping[str, Known]
    versions: tuple[str, ...]
    findings: Findings
    inputs: Mapping[str, Stamp] | None = None
    written: Sequence[Place] | None = None
    outdated: frozenset[tuple[str, str, str]] | None = None
    pending: frozenset[str] = frozenset()
    is_retelling: bool = False


@dataclass(frozen=True)
class News:
    """What was written since some sites were made.

    `files` are those of the catalogue, `pages` hand-written ones; `inputs` is all that sites are made of
    beside the catalogue, as it is now.
    """

    files: frozenset[str]
    pages: frozenset[str]
    inputs: Mapping[str, Stamp]


def inputs(root: Path, out: Path) -> dict[str, Stamp]:
    """The stamps of all that a site is made of beside its catalogue: whatever its settings name.

    Not those of what `mkdocs build` writes, nor of hidden files, which no host publishes: editors leave them
    beside what is edited.
    """
    settings = (root / _SETTINGS).read_text(encoding="utf-8")
    named = _NAMED.findall(_WRITTEN.sub("", settings))
    apart = (".", "..", "catalogue", os.path.relpath(out, root).split(os.sep)[0])
    names = [name for name in dict.fromkeys(named) if name.split("/")[0] not in apart]
    found = stamps(root, _SETTINGS, ledger.FILE, *names)
    return {path: s for path, s in found.items() if not path.rpartition("/")[2].startswith(".")}


def identity(folder: Path) -> int:
    """What tells a folder from one that took its place; 0 if there is none."""
    return folder.stat().st_ino if folder.is_dir() else 0


_DIGEST = 8
_PAGE = struct.Struct("ii")


def digest(place: Place) -> bytes:
    """What stands for a place: for its address, and for all of it but its title."""
    rest = "\n".join((place.term, str(place.listed), *place.anchors))
    return _digest(place.url) + _digest(rest)


def _digest(text: str) -> bytes:
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
