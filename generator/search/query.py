"""Finding and ranking: the twin of the engine that readers run in the browser.

`engine.js` does the same in the same order; both are compared on labelled queries.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from generator.search.analyser import SLIPS_FROM, analyser
from generator.search.files import BLOCK
from generator.search.index import IN_NAMES
from generator.search.postings import DELTAS, LEVELS, MARK

WORDS = 12
"""Words of a query that are looked for."""
PLACES = (1.0, 1.5, 2.2)
"""How much more a word counts among the names, and in the title."""
PREFIX, JOINED, SPLIT, ONE_SLIP, TWO_SLIPS = 0.7, 0.95, 0.8, 0.6, 0.4
"""Weights: the beginning of a word, two words written as one and the reverse, words with slips."""
KNOWN = 0.3
"""What is left of a slip's weight where a page has the word as it was typed."""
EXPANSIONS, CANDIDATES = 60, 8
STOP = 0.1
"""What a stop word counts beside another word."""
COVERAGE = 1.5
"""How much an answer loses that lacks some of the words."""
EXACT = (1.0, 1.6, 2.0)
"""How much an answer gains whose whole alias was asked for, or its whole name; by place."""
KEPT = 0.05
"""Answers below this part of the best one are left out."""

VALUES = [(mark // 3 + 1) / LEVELS * PLACES[mark % 3] for mark in range(LEVELS * 3)]
_DIGIT = {character: digit for digit, character in enumerate(DELTAS)}


@dataclass
class Word:
    """One word of a query: where it was found, with what value, and through which key."""

    text: str
    counts: float
    found: dict[int, float] = field(default_factory=dict)
    keys: dict[int, str] = field(default_factory=dict)
    frequency: int = 0
    in_names: bool = False
    mended: bool = False
    known: bool = False


@dataclass(frozen=True)
class Hit:
    """A document that was found, and the keys by which it was."""

    number: int
    score: float
    keys: frozenset[str]


class Engine:
    """Answers queries from the files of an index; `load` gives the text of a file by its stem."""

    def __init__(self, language: str, load: Callable[[str], Any]) -> None:
        self._load = load
        self._analyser = analyser(language)
        self.manifest = load("m")
        self._firsts: list[str] = self.manifest["shards"].split()
        self._shards: dict[int, dict[str, str]] = {}
        self._dictionary: list[str] | None = None
        self.documents: int = self.manifest["documents"]

    def document(self, number: int) -> Any:
        """What an answer shows of a document."""
        return self._load(f"d{number // BLOCK}")[number % BLOCK]

    def search(self, query: str) -> list[Hit]:
        """The documents found, best first."""
        texts = self._analyser.words(query)[:WORDS]
        words = [Word(text, STOP if self._analyser.is_stop(text) else 1.0) for text in texts]
        if words and all(word.counts == STOP for word in words):
            for word in words:
                word.counts = 1.0
        typing = not query.endswith(" ")
        for i, word in enumerate(words):
            self._look(word, self._analyser.keys(word.text))
            if typing and i == len(words) - 1:
                self._begin(word)
        for before, after in pairwise(words):
            self._join(before, after)
        for word in words:
            word.known = bool(word.found)
        for word in words:
            if word.counts == 1.0 and not word.in_names:
                self._look(word, self._analyser.loose_keys(word.text))
        for i, word in enumerate(words):
            if word.counts == 1.0 and not word.in_names:
                self._mend(
                    word, words[i - 1] if i else None, words[i + 1] if i + 1 < len(words) else None
                )
        return self._ranked(words, self._named(query))

    def _look(self, word: Word, keys: Iterable[tuple[str, float]], factor: float = 1.0) -> bool:
        """Find the documents of some keys. Gives whether there are any."""
        any_ = False
        for key, weight in keys:
            frequency, postings = self._postings(key)
            if not postings:
                continue
            any_ = True
            if weight * factor >= 0.5:
                word.frequency = max(word.frequency, frequency)
            for number, mark in postings:
                value = weight * factor * VALUES[mark]
                if value > word.found.get(number, 0.0):
                    word.found[number] = value
                    word.keys[number] = key
                if mark % 3 >= IN_NAMES:
                    word.in_names = True
        return any_

    def _begin(self, word: Word) -> None:
        """Words that begin like the one that is being typed."""
        for start in dict.fromkeys(
            key for key, weight in self._analyser.keys(word.text) if weight >= 0.9
        ):
            if len(start) < 2:
                continue
            longer = [key for key in self._beginning(start) if len(key) > len(start)][:EXPANSIONS]
            self._look(word, ((key, PREFIX * math.sqrt(len(start) / len(key))) for key in longer))

    def _join(self, before: Word, after: Word) -> None:
        """Two words of the query that are one elsewhere: نرم افزار, data base."""
        joined = self._analyser.plain(before.text) + self._analyser.plain(after.text)
        both = Word(joined, 1.0)
        if self._look(both, self._analyser.keys(joined), JOINED):
            for word in (before, after):
                _merge(word, both)

    def _mend(self, word: Word, before: Word | None, after: Word | None) -> None:
        """A word that no name has: two words in one, or a slip, which is less likely in a known word."""
        factor = KNOWN if word.known else 1.0
        form = self._analyser.keys(word.text)[0][0]
        self._split(word, form)
        for text, others in self._spellings(word, before, after):
            for candidate, weight in self._similar(text):
                slip = Word(candidate, 1.0, mended=True)
                if self._look(slip, self._analyser.keys(candidate), weight * factor):
                    for each in (word, *others):
                        _merge(each, slip)

    def _spellings(
        self, word: Word, before: Word | None, after: Word | None
    ) -> Iterator[tuple[str, tuple[Word, ...]]]:
        for form, weight in self._analyser.keys(word.text):
            if weight >= 0.9:
                yield form, ()
        plain = self._analyser.plain
        if before is not None:
            yield plain(before.text) + plain(word.text), (before,)
        if after is not None:
            yield plain(word.text) + plain(after.text), (after,)

    def _split(self, word: Word, form: str) -> None:
        """Two known words that were written as one."""
        known = self._known()
        for i in range(2, len(form) - 1):
            first, second = form[:i], form[i:]
            if not (_has(known, first) and _has(known, second)):
                continue
            halves = (Word(first, 1.0), Word(second, 1.0))
            for half in halves:
                self._look(half, self._analyser.keys(half.text), SPLIT)
            for number, value in halves[0].found.items():
                other = halves[1].found.get(number)
                if other is not None and min(value, other) > word.found.get(number, 0.0):
                    word.found[number] = min(value, other)
                    word.keys[number] = halves[0].keys[number]
                    word.in_names = word.in_names or (halves[0].in_names and halves[1].in_names)
            word.frequency = max(word.frequency, min(h.frequency for h in halves))

    def _similar(self, form: str) -> list[tuple[str, float]]:
        """Known words within one slip, or two from eight letters on."""
        if len(form) < SLIPS_FROM or form[0].isdecimal():
            return []
        most = 2 if len(form) >= 8 else 1
        found = []
        for known in self._known():
            if abs(len(known) - len(form)) <= most:
                slips = distance(form, known, most)
                if 0 < slips <= most:
                    found.append((slips, known[0] != form[0], abs(len(known) - len(form)), known))
        found.sort()
        return [
            (known, (ONE_SLIP if slips == 1 else TWO_SLIPS) * (0.8 if other else 1.0))
            for slips, other, _, known in found[:CANDIDATES]
        ]

    def _known(self) -> list[str]:
        if self._dictionary is None:
            words, last = [], ""
            for coded in self._load("f").split(" "):
                last = last[: _DIGIT[coded[0]]] + coded[1:] if coded else last
                words.append(last)
            self._dictionary = words
        return self._dictionary

    def _named(self, query: str) -> dict[int, float]:
        """The documents whose whole name the query is, with what they gain."""
        key = self._analyser.name_key(query)
        return {number: EXACT[mark % 3] for number, mark in self._postings(key)[1]} if key else {}

    def _ranked(self, words: list[Word], named: dict[int, float]) -> list[Hit]:
        total = 0.0
        scores: dict[int, float] = {}
        covered: dict[int, float] = {}
        for word in words:
            weight = word.counts * math.log(1 + self.documents / max(word.frequency, 1))
            total += weight
            for number, value in word.found.items():
                scores[number] = scores.get(number, 0.0) + weight * value
                covered[number] = covered.get(number, 0.0) + weight
        ranked = []
        for number, raw in scores.items():
            score = raw * (covered[number] / total) ** COVERAGE
            ranked.append((-score * named.get(number, 1.0), number))
        ranked.sort()
        least = ranked[0][0] * KEPT if ranked else 0.0
        return [
            Hit(number, -score, frozenset(w.keys[number] for w in words if number in w.keys))
            for score, number in ranked
            if score <= least
        ]

    def _postings(self, key: str) -> tuple[int, list[tuple[int, int]]]:
        line = self._shard(bisect_right(self._firsts, key) - 1).get(key)
        if line is None:
            return 0, []
        count, _, coded = line.rpartition(" ")
        found, number, delta = [], -1, 0
        for character in coded:
            digit = _DIGIT.get(character)
            if digit is not None:
                delta = delta * 32 + digit
            else:
                number += delta + 1
                delta = 0
                found.append((number, MARK[character]))
        return int(count) if count else len(found), found

    def _shard(self, number: int) -> dict[str, str]:
        if number < 0:
            return {}
        if number not in self._shards:
            lines = self._load(f"t{number}").split("\n")
            self._shards[number] = dict(line.split(" ", 1) for line in lines)
        return self._shards[number]

    def _beginning(self, start: str) -> list[str]:
        """Keys that begin with `start`, from at most three shards."""
        first = max(bisect_right(self._firsts, start) - 1, 0)
        keys: list[str] = []
        for number in range(first, min(first + 3, len(self._firsts))):
            if number > first and not self._firsts[number].startswith(start):
                break
            keys += [key for key in self._shard(number) if key.startswith(start)]
        return keys


def _merge(word: Word, other: Word) -> None:
    for number, value in other.found.items():
        if value > word.found.get(number, 0.0):
            word.found[number] = value
            word.keys[number] = other.keys[number]
    word.in_names = word.in_names or other.in_names
    if not word.frequency:
        word.frequency = other.frequency


def _has(words: list[str], word: str) -> bool:
    i = bisect_left(words, word)
    return i < len(words) and words[i] == word


def distance(a: str, b: str, most: int) -> int:
    """Optimal string alignment distance (Damerau 1964: a swap is one slip), `most` + 1 if greater."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]
