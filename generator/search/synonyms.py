"""Words that mean the same, as the terms and services of the catalogue say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import lru_cache

from generator.search.analyser import Keys, analyser

AMBIGUOUS = 4
"""A phrase that stands for more things than this says too little to stand for any."""

Stems = tuple[str, ...]
Affected = Mapping[Stems, Set[str]]
"""Phrases that say something else, each with the keys of all documents in which it stood before."""
_Group = tuple[dict[Stems, str], float]
"""Phrases of one meaning by their stems, and the trust in it."""


class Synonyms:
    """Phrases by the stems of their words, each with the keys of the other phrases of its groups.

    A group comes with the trust in it: 1 if its phrases mean the same wherever they stand.
    """

    def __init__(self, groups: Iterable[tuple[Sequence[str], float]], language: str) -> None:
        own = analyser(language)
        stems = lru_cache(maxsize=None)(own.stems)
        meanings: dict[Stems, list[_Group]] = defaultdict(list)
        for phrases, trust in groups:
            group = _group(phrases, stems), trust
            for stemmed in group[0]:
                meanings[stemmed].append(group)
        known = {phrase: found for phrase, found in meanings.items() if len(found) <= AMBIGUOUS}
        self.__setstate__((language, known, _lengths(known), frozenset(meanings.keys() - known)))

    def __getstate__(self) -> _State:
        return self.language, self._meanings, self._lengths, self._ambiguous

    def __setstate__(self, state: _State) -> None:
        self.language, self._meanings, self._lengths, self._ambiguous = state
        self._own = analyser(self.language)
        self._keys_of = lru_cache(maxsize=5_000)(self._others)

    def with_groups(
        self, changes: Iterable[tuple[Sequence[str], Sequence[str]]], trust: float
    ) -> tuple[Synonyms, Affected]:
        """The same after the phrases of some groups are others, and what that reaches.

        Raises ValueError where it would have to be known what else has such a phrase.
        """
        meanings, lengths = dict(self._meanings), dict(self._lengths)
        changed: dict[Stems, None] = {}
        for before, now in changes:
            old, new = (_group(phrases, self._own.stems) for phrases in (before, now))
            if list(old.items()) == list(new.items()):
                continue
            for phrase in {**old, **new}:
                self._regroup(meanings, phrase, (old, trust), (new, trust))
                changed[phrase] = None
            for start, found in _lengths(new).items():
                lengths[start] = sorted({*found, *lengths.get(start, ())}, reverse=True)
        if not changed:
            return self, {}
        others = Synonyms((), self.language)
        others.__setstate__((self.language, meanings, lengths, self._ambiguous))
        said = {phrase: self._others(phrase) for phrase in changed}
        return others, {
            phrase: frozenset(key for key, _ in keys)
            for phrase, keys in said.items()
            if keys != others._others(phrase)
        }

    def _regroup(
        self, meanings: dict[Stems, Sequence[_Group]], phrase: Stems, old: _Group, new: _Group
    ) -> None:
        """Put a group in the place of another among the meanings of a phrase of one of them, or both."""
        stays = phrase in old[0] and phrase in new[0]
        if phrase in self._ambiguous:
            if not stays:
                raise ValueError(phrase)
        elif phrase in old[0]:
            found = list(meanings.pop(phrase, ()))
            at = found.index(old)
            found[at : at + 1] = [new] if stays else []
            if found:
                meanings[phrase] = found
        elif phrase in meanings:
            raise ValueError(phrase)
        else:
            meanings[phrase] = [new]

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


def _group(phrases: Iterable[str], stems: Callable[[str], Stems]) -> dict[Stems, str]:
    group = {stems(phrase): phrase for phrase in phrases}
    group.pop((), None)
    return group


def _lengths(phrases: Iterable[Stems]) -> dict[str, list[int]]:
    """The lengths of phrases by their first stems, the longest first."""
    found: dict[str, set[int]] = defaultdict(set)
    for phrase in phrases:
        found[phrase[0]].add(len(phrase))
    return {start: sorted(lengths, reverse=True) for start, lengths in found.items()}


_State = tuple[str, Mapping[Stems, Sequence[_Group]], Mapping[str, Sequence[int]], frozenset[Stems]]
"""Language, groups by phrase, lengths of phrases by their first stems, phrases that say too little."""
