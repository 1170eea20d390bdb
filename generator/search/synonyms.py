"""Words that mean the same, as the terms and services of the catalogue say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from generator.search.analyser import Keys, analyser

AMBIGUOUS = 4
"""A phrase that stands for more things than this says too little to stand for any."""

Stems = tuple[str, ...]
_Group = tuple[dict[Stems, str], float]
"""Phrases of one meaning by their stems, and the trust in it."""


class Synonyms:
    """Phrases by the stems of their words, each with the keys of the other phrases of its groups.

    A group comes with the trust in it: 1 if its phrases mean the same wherever they stand.
    """

    def __init__(self, groups: Iterable[tuple[Sequence[str], float]], language: str) -> None:
        own = analyser(language)
        stems = lru_cache(maxsize=None)(lambda text: tuple(map(own.stem, own.words(text))))
        meanings: dict[Stems, list[_Group]] = defaultdict(list)
        for phrases, trust in groups:
            group = {stems(phrase): phrase for phrase in phrases}, trust
            group[0].pop((), None)
            for stemmed in group[0]:
                meanings[stemmed].append(group)
        known = {phrase: found for phrase, found in meanings.items() if len(found) <= AMBIGUOUS}
        lengths: dict[str, set[int]] = defaultdict(set)
        for phrase in known:
            lengths[phrase[0]].add(len(phrase))
        self.__setstate__(
            (
                language,
                known,
                {start: sorted(found, reverse=True) for start, found in lengths.items()},
            )
        )

    def __getstate__(self) -> _State:
        return self.language, self._meanings, self._lengths

    def __setstate__(self, state: _State) -> None:
        self.language, self._meanings, self._lengths = state
        self._own = analyser(self.language)
        self._keys_of = lru_cache(maxsize=5_000)(self._others)

    def of(self, lines: Iterable[Stems]) -> Keys:
        """The keys of the synonyms of every phrase that stands in the lines of a text, the longest first."""
        found: dict[str, float] = {}
        for line in lines:
            for i, stem in enumerate(line):
                for length in self._lengths.get(stem, ()):
                    phrase = line[i : i + length]
                    if phrase in self._meanings and len(phrase) == length:
                        for key, weight in self._keys_of(phrase):
                            found.setdefault(key, weight)
        return tuple(found.items())

    def _others(self, phrase: Stems) -> Keys:
        """The keys of all that means the same as a phrase."""
        others = {
            other: (text, trust)
            for phrases, trust in self._meanings.get(phrase, ())
            for other, text in phrases.items()
            if other != phrase
        }
        reads = self._own
        keys: dict[str, float] = {}
        for text, trust in others.values():
            for word in reads.words(text):
                for key, weight in reads.keys(word):
                    keys.setdefault(key, weight * trust)
        return tuple(keys.items())


_State = tuple[str, Mapping[Stems, Sequence[_Group]], Mapping[str, Sequence[int]]]
"""Language, groups by phrase, lengths of phrases by their first stems."""
