"""Documents that stand together, their postings merged: what little of them leaves a process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol, TypeVar

from generator.search.index import Entry
from generator.search.postings import coded

KINDS = ("service", "process", "term", "comparison", "guide", "page", "record")
"""Kinds of results, in the order in which equally good ones stand."""


class _OfKind(Protocol):
    @property
    def kind(self) -> str: ...


K = TypeVar("K", bound=_OfKind)


@dataclass(frozen=True, slots=True)
class Part:
    """Some documents of one kind, in order.

    `shown` has a line for each document. `postings` has one for each key: the key, the numbers of
    its first and last document in the part, and its postings without the first number.
    """

    kind: str
    urls: tuple[str, ...]
    shown: str
    postings: str


def parts(entries: Iterable[Entry]) -> Iterator[Part]:
    """The parts that some entries make, one for each run of a kind."""
    for kind, run in groupby(entries, key=lambda entry: entry.kind):
        yield _part(kind, list(run))


def _part(kind: str, entries: Sequence[Entry]) -> Part:
    blank = b" " * len(entries)
    rows: dict[str, bytearray] = defaultdict(lambda: bytearray(blank))
    for number, entry in enumerate(entries):
        for key, mark in zip(entry.keys.split("\n"), entry.marks.encode(), strict=True):
            rows[key][number] = mark
    lines = [posting_line(key, row.decode().rstrip()) for key, row in rows.items()]
    urls = tuple(entry.url for entry in entries)
    return Part(kind, urls, "\n".join(entry.shown for entry in entries), "\n".join(lines))


def posting_line(key: str, row: str) -> str:
    """The line of a key in the postings of a part; a row ends with a mark."""
    marked = row.lstrip()
    return f"{key} {len(row) - len(marked)} {len(row) - 1} {coded(marked)}"


def in_order(found: Iterable[K]) -> list[K]:
    """Parts, or what stands for them, as their documents are numbered: by kind, otherwise as they came."""
    return sorted(found, key=lambda part: KINDS.index(part.kind))
