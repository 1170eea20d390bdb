"""Words that mean the same, as the terms and services of the catalogue say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from generator.search.analyser import Analyser, Keys, analyser

AMBIGUOUS = 4
"""A phrase that stands for more things than this says too little to stand for any."""

Stems = tuple[str, ...]


class Synonyms:
    """Phrases by the stems of their words, each with the keys of the other phrases of its groups.

    A group comes with the trust in it: 1 if its phrases mean the same wherever they stand.
    """

    def __init__(self, groups: Iterable[tuple[Sequence[str], float]], language: str) -> None:
        own = analyser(language)
        self._starts: dict[str, list[tuple[Stems, Keys]]] = defaultdict(list)
        meanings: dict[Stems, list[dict[Stems, Keys]]] = defaultdict(list)
        for phrases, trust in groups:
            group = {stems(p, own): _keys(p, own, trust) for p in phrases}
            group.pop((), None)
            for phrase in group:
                meanings[phrase].append(group)
        for phrase, found in meanings.items():
            others = {p: keys for group in found for p, keys in group.items() if p != phrase}
            if others and len(found) <= AMBIGUOUS:
                keys = tuple(key for keys in others.values() for key in keys)
                self._starts[phrase[0]].append((phrase, keys))

        self.of = lru_cache(maxsize=20_000)(self._of)

    def _of(self, text: Stems) -> Keys:
        """The keys of the synonyms of every phrase that stands in a text; pages share their texts."""
        starts = self._starts
        return tuple(
            key
            for i, stem in enumerate(text)
            if stem in starts
            for phrase, keys in starts[stem]
            if text[i : i + len(phrase)] == phrase
            for key in keys
        )


def stems(text: str, reads: Analyser) -> Stems:
    """The stems of the words of a text."""
    return tuple(reads.stem(word) for word in reads.words(text))


def _keys(phrase: str, reads: Analyser, trust: float) -> Keys:
    return tuple(
        (key, weight * trust) for word in reads.words(phrase) for key, weight in reads.keys(word)
    )
