"""Postings as text: the documents that a key leads to, and how well it says what each is about.

A posting is the number of documents left out since the one before, in digits of base 32, and the mark
that ends it: level and place in one character. A row is the same with one character for each document:
its mark, or a space.
"""

from __future__ import annotations

import re
from collections import Counter

LEVELS = 20
DELTAS = "0123456789abcdefghijklmnopqrstuv"
MARKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZwxyz!#$%&'()*+,-./:;<=>?@[]^_`{|}~"
"""Marks by `level * 3 + place`."""
MARK = {character: mark for mark, character in enumerate(MARKS)}

_BEST = "".join(sorted(MARKS, key=lambda mark: (MARK[mark] % 3, MARK[mark] // 3), reverse=True))
"""Marks in the order in which a crowded key keeps them: by place, then by level."""
_WORSE = {mark: dict.fromkeys(map(ord, _BEST[i:]), " ") for i, mark in enumerate(_BEST, 1)}
_IN_ROW = re.compile(" *[^ ]")
_CODED = re.compile(f"[{DELTAS}]*[^{DELTAS}]")
_NO_DELTAS = dict.fromkeys(map(ord, DELTAS))


def digits(number: int) -> str:
    """A number in base 32, nothing for zero."""
    text = ""
    while number:
        number, digit = divmod(number, 32)
        text = DELTAS[digit] + text
    return text


class _Coded(dict[str, str]):
    """The coded form of each posting of a row; filled as they are met, for `map`."""

    def __missing__(self, posting: str) -> str:
        self[posting] = digits(len(posting) - 1) + posting[-1]
        return self[posting]


class _Row(dict[str, str]):
    """The reverse."""

    def __missing__(self, posting: str) -> str:
        self[posting] = " " * int("0" + posting[:-1], 32) + posting[-1]
        return self[posting]


_coded, _row = _Coded(), _Row()


def coded(row: str) -> str:
    """The postings of a row that ends with a mark."""
    return "".join(map(_coded.__getitem__, _IN_ROW.findall(row)))


def row(postings: str) -> str:
    """The row of coded postings, up to the last document."""
    return "".join(map(_row.__getitem__, _CODED.findall(postings)))


def marks(postings: str) -> str:
    """The marks of coded postings, one for each document."""
    return postings.translate(_NO_DELTAS)


def best(postings: str, most: int) -> str:
    """The best `most` of more postings; of equally good ones the first."""
    whole = row(postings)
    counts = Counter(whole)
    left = most
    for mark in _BEST:
        if counts[mark] >= left:
            break
        left -= counts[mark]
    rest = whole.split(mark, left)[-1]
    kept = whole[: len(whole) - len(rest)] + rest.replace(mark, " ")
    return coded(kept.translate(_WORSE[mark]).rstrip())
