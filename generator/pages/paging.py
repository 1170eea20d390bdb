"""Long lists in parts: how much stands on a page, and how one gets to the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from generator.languages import Phrase
from generator.pages.addresses import page_url, relative
from generator.pages.page import Sentence
from generator.pages.reader import Reader

T = TypeVar("T")

LIMIT = 100
"""Services on one page; a list that has more is split."""
REGISTERED = 25
"""Entries on one page of a register, which says much of each."""


@dataclass(frozen=True, slots=True)
class Step:
    """A page of a list: its number as it is written, and as it is read out."""

    href: str
    number: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class Pager:
    """The way to the other pages of a list; None among the steps stands for those left out."""

    previous: str | None
    next: str | None
    steps: tuple[Step | None, ...]


def is_split(count: int) -> bool:
    """Whether a list is too long for one page."""
    return count > LIMIT


def page_count(count: int, limit: int = 0) -> int:
    """How many pages a list takes."""
    return max(1, -(-count // (limit or LIMIT)))


def part(entries: Sequence[T], number: int, limit: int = 0) -> Sequence[T]:
    """The entries on a page; the first is 1."""
    size = limit or LIMIT
    return entries[(number - 1) * size : number * size]


def pager(r: Reader, first: str, number: int, pages: int) -> Pager | None:
    """The way from a page to the others of the list that begins at `first`."""
    if pages < 2:
        return None
    here = page_url(first, number)

    def to(n: int) -> str:
        return relative(page_url(first, n), here)

    steps: list[Step | None] = []
    for before, n in pairwise([0, *_named(number, pages)]):
        if n > before + 1:
            steps.append(None)
        steps.append(Step(to(n), r.format.number(n), r.t("paging.page", number=n), n == number))
    return Pager(
        to(number - 1) if number > 1 else None,
        to(number + 1) if number < pages else None,
        tuple(steps),
    )


def _named(number: int, pages: int) -> list[int]:
    """The first, the last, this one and its neighbours; no gap stands for one page alone."""
    found = {n for n in (1, number - 1, number, number + 1, pages) if 1 <= n <= pages}
    found |= {n + 1 for n in found if n + 2 in found}
    return sorted(found)


def line(r: Reader, number: int, count: int) -> Sentence:
    """How many services there are, and which of them are here."""
    if not is_split(count):
        return r.say("list.count", count=count)
    start = (number - 1) * LIMIT
    first, last = r.number(start + 1), r.number(min(start + LIMIT, count))
    return r.say("paging.range", first=first, last=last, count=count)


def titled(r: Reader, title: Phrase | Sentence | str, number: int) -> Phrase | Sentence | str:
    """The title of a page of a list: further ones say which they are."""
    return title if number == 1 else r.say("paging.title", title=title, number=number)
