"""How search reads a text: words in one alphabet, and the keys under which each word is found.

`engine.js` holds the twin of this module: both interpret `rules.yaml`, and must
give the same keys for every text.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

HAMZA = "\ue000"
"""An alef with hamza or madda inside a folded word: never part of the article."""

Keys = tuple[tuple[str, float], ...]
"""Keys of a word with their weights, best first."""

Step = list[tuple[str, str, int]]

LOOSE = "~"
"""What starts a key that joins words more loosely than their stems do."""
NAME = "="
"""What starts the key of a whole name."""

STEM, READING, PART, CLITIC, RELATED = 0.85, 0.9, 0.5, 0.55, 0.4
"""Weights: a stem, a second reading of the article, a part of a compound, a word after a one-letter word,
a word of the same root or with other endings; an exact form weighs 1."""


SLIPS_FROM = 4
"""Letters of the shortest word whose slips are mended."""


@lru_cache
def rules() -> Any:
    """The rule table."""
    text = (Path(__file__).parent / "rules.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


def rules_as_json() -> str:
    """The rule table for the twin."""
    return json.dumps(rules(), ensure_ascii=False, separators=(",", ":"))


class _Folding(dict[int, str]):
    """What each character becomes; filled as characters are met, for `str.translate`."""

    def __init__(self, fold: Mapping[str, Any]) -> None:
        self._letters: Mapping[str, str] = fold["letters"]
        self._dropped: list[list[int]] = fold["dropped"]
        super().__init__({ord(c): HAMZA for c in fold["hamza"]})

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(code)).lower()
        folded = "".join(
            self._letters.get(c, c)
            for c in decomposed
            if not any(first <= ord(c) <= last for first, last in self._dropped)
        )
        self[code] = folded
        return folded


def _class(ranges: Sequence[Sequence[int]]) -> str:
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


def _rewritten(word: str, step: Step) -> str:
    """The word after the first rule of a step whose ending it has."""
    for ending, replacement, least in step:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: len(word) - len(ending)] + replacement
    return word


class Analyser:
    """Reads texts of one language: `ar`, `fa` or `en`. Words of other scripts are read by theirs."""

    def __init__(self, language: str) -> None:
        table = rules()
        self.language = language
        self._folding = _Folding(table["fold"])
        letters = _class(table["tokens"]["letters"]) + HAMZA
        joiners = re.escape(table["tokens"]["joiners"])
        self._words = re.compile(f"[{letters}]+(?:[{joiners}][{letters}]+)*")
        self._joiners = re.compile(f"[{joiners}]")
        self._first, self._last = table["tokens"]["arabic"]
        arabic, persian, english = table["ar"], table["fa"], table["en"]
        self.stop = frozenset(table[language]["stop"].split())
        self._articles: Step = arabic["articles"]
        self._clitics: list[str] = arabic["clitics"]
        self._templates = [(_template(shape), kind) for shape, kind in arabic["plurals"]]
        self._suffixes = frozenset(persian["suffixes"].split())
        self._prefixes = tuple(persian["prefixes"].split())
        self._keep = frozenset(persian["keep"].split())
        self._loose: str = persian["loose"]
        script = persian if language == "fa" else arabic
        self._steps: list[Step] = script["steps"]
        self._irregular: dict[str, str] = script["irregular"]
        self._english: list[Step] = english["steps"]
        self.spelt: dict[str, str] = english["spelling"]["words"]
        self._endings: Step = english["spelling"]["endings"]
        self.keys = lru_cache(maxsize=20_000)(self._keys)
        self.stem = lru_cache(maxsize=20_000)(self._one_stem)
        self.word = lru_cache(maxsize=20_000)(self._word)
        self.name_key = lru_cache(maxsize=20_000)(self._name_key)
        self.loose_keys = lru_cache(maxsize=20_000)(self._loose_keys)
        self.is_stop = lru_cache(maxsize=20_000)(self._is_stop)

    def words(self, text: str) -> list[str]:
        """The words of a text, folded; compounds keep their joiners."""
        return self._words.findall(text.translate(self._folding))

    def stems(self, text: str) -> tuple[str, ...]:
        """The stems of the words of a text, in order."""
        return tuple(map(self.stem, self.words(text)))

    def parts(self, word: str) -> list[str]:
        """The parts of a compound."""
        return self._joiners.split(word)

    def plain(self, word: str) -> str:
        """A folded word without joiners."""
        return self._joiners.sub("", word).replace(HAMZA, "ا")

    def _word(self, word: str) -> tuple[Keys, str, bool]:
        """The keys of a folded word, its stem, and whether it is a stop word."""
        return self.keys(word), self.stem(word), self.is_stop(word)

    def _is_stop(self, word: str) -> bool:
        return self.plain(word) in self.stop

    def _one_stem(self, word: str) -> str:
        """The one key that stands for all forms of a word."""
        keys = self.keys(word)
        return next((key for key, weight in keys if weight == STEM), keys[0][0])

    def _name_key(self, text: str) -> str:
        """The key of a whole name, however its words are joined or marked."""
        joined = "".join(self.plain(self._bare(word)) for word in self.words(text))
        return NAME + _base36(_fnv1a(joined)) if joined else ""

    def _is_arabic(self, word: str) -> bool:
        return self._first <= ord(word[0]) <= self._last or word[0] == HAMZA

    def _bare(self, word: str) -> str:
        """An Arabic word without its article."""
        if self.language != "ar" or not self._is_arabic(word):
            return word
        for article, _, least in self._articles:
            if word.startswith(article) and len(word) - len(article) >= least:
                return word[len(article) :]
        return word

    def _keys(self, word: str) -> Keys:
        """The keys of a folded word by its forms and stems."""
        if not self._is_arabic(word):
            found = self._latin(word)
        elif self.language == "fa":
            found = self._persian(word)
        else:
            found = self._arabic(word)
        return _best(found)

    def _compound(self, parts: list[str]) -> Iterator[tuple[str, float]]:
        if len(parts) > 1:
            for part in parts:
                if len(part) > 1:
                    for key, weight in self._keys(part):
                        yield key, weight * PART

    def _latin(self, word: str) -> Iterator[tuple[str, float]]:
        parts = self.parts(word)
        form = "".join(parts)
        if word.endswith("'s"):
            form, parts = form[:-1], parts[:-1]
        form = self.spelt.get(form) or _rewritten(form, self._endings)
        yield form, 1.0
        yield self._cut(form, self._english), STEM
        yield from self._compound(parts)

    def _cut(self, word: str, steps: list[Step]) -> str:
        if word[0].isdecimal():
            return word
        for step in steps:
            word = _rewritten(word, step)
        return word

    def _arabic(self, word: str) -> Iterator[tuple[str, float]]:
        parts = self.parts(word)
        whole = "".join(parts)
        bare = self._bare(whole)
        yield from self._forms(bare, 1.0)
        if bare != whole and whole.startswith("ال"):
            yield from self._forms(whole, READING)
        yield from self._compound(parts)

    def _forms(self, word: str, weight: float) -> Iterator[tuple[str, float]]:
        form = self.plain(word)
        yield form, weight
        stem = self._cut(form, self._steps)
        yield self._irregular.get(stem, stem), weight * STEM

    def _persian(self, word: str) -> Iterator[tuple[str, float]]:
        parts = [self.plain(part) for part in self.parts(word)]
        core = parts
        while len(core) > 1 and core[-1] in self._suffixes:
            core = core[:-1]
        while len(core) > 1 and core[0] in self._prefixes:
            core = core[1:]
        form = "".join(core)
        yield form, 1.0
        yield self._persian_stem(form), STEM
        if len(parts) > len(core):
            yield "".join(parts), 1.0
        yield from self._compound(core)

    def _persian_stem(self, form: str) -> str:
        for step in ([], *self._steps):
            form = self._irregular.get(_rewritten(form, step), _rewritten(form, step))
            if form in self._keep:
                break
        return form

    def _loose_keys(self, word: str) -> Keys:
        """Further keys of a folded word, by its root and its possible beginnings and endings."""
        if not self._is_arabic(word):
            return ()
        return _best(self._loosely(word))

    def _loosely(self, word: str) -> Iterator[tuple[str, float]]:
        whole = "".join(self.parts(word))
        if self.language == "fa":
            form = self.plain(whole)
            for prefix in () if form in self._keep else self._prefixes:
                if form.startswith(prefix) and len(form) - len(prefix) >= 3:
                    for key, weight in self._keys(form[len(prefix) :]):
                        yield key, weight * CLITIC
            stem = self._persian_stem(form)
            while len(stem) > 3 and stem[-1] in self._loose:
                stem = stem[:-1]
            yield LOOSE + stem, RELATED
            return
        bare = self._bare(whole)
        if bare == whole and word[0] in self._clitics and len(whole) > 4:
            rest = whole[1:]
            yield from ((key, weight * CLITIC) for key, weight in self._forms(rest, 1.0))
            if (inner := self._bare(rest)) != rest:
                yield from ((key, weight * CLITIC) for key, weight in self._forms(inner, 1.0))
        form = self.plain(bare)
        for candidate in dict.fromkeys((form, form.removesuffix("ه"))):
            for shape, kind in self._templates:
                if (match := shape.fullmatch(candidate)) is not None:
                    yield LOOSE + kind + "".join(match.groups()), RELATED


@lru_cache
def unposted() -> frozenset[str]:
    """Keys under which not every document stands that has their words: those of stop words."""
    keys: set[str] = set()
    for reads in map(analyser, ("ar", "fa", "en")):
        keys.update(key for word in reads.stop for key, _ in reads.keys(word))
    return frozenset(keys)


@lru_cache
def analyser(language: str) -> Analyser:
    """The analyser of a language, made once."""
    return Analyser(language)


def _template(shape: str) -> re.Pattern[str]:
    return re.compile("".join("([^ا])" if c.isdecimal() else c for c in shape))


def _best(found: Iterator[tuple[str, float]]) -> Keys:
    """Each key once, with its best weight, in the order in which the keys were found."""
    best: dict[str, float] = {}
    for key, weight in found:
        if key and weight > best.get(key, 0):
            best[key] = weight
    return tuple(best.items())


def _fnv1a(text: str) -> int:
    """The 32-bit FNV-1a hash of the UTF-16 code units of a text."""
    value = 0x811C9DC5
    for unit in text:
        value = (value ^ ord(unit)) * 0x01000193 & 0xFFFFFFFF
    return value


def _base36(value: int) -> str:
    digits = ""
    while True:
        value, digit = divmod(value, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
        if not value:
            return digits
