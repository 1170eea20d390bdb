"""The texts of one entry, joined by language, so that a pattern looks at all of them at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from generator.languages import AR, EN, FA, Language
from generator.model.base import Entry
from generator.model.catalogue import Catalogue
from generator.model.text import Text
from generator.model.walk import Keys, contents, located_texts
from generator.problems import Location

GAP = "\0"
"""Stands before and after each text where they are joined; no text holds it."""

_LINK = re.compile(r"\]\(<?([^)\s>\0]*)")

_CODE_OR_URL = r"`[^`\0]*`|https?://[^\s\0)<>«»،؛؟]+|catalogue:[^\s)\0]+|[\w.+-]+@[\w-]+\.[\w.-]+"
_NOT_PROSE = re.compile(_CODE_OR_URL)
_NOT_OWN_WORDS = re.compile(_CODE_OR_URL + r'|«[^»\0]*»|"[^"\0]*"|“[^”\0]*”')


def without_code(text: str, filler: str = " ") -> str:
    """The text with code and addresses blanked out; every place keeps its offset."""
    return _NOT_PROSE.sub(lambda match: filler * len(match.group()), text)


def without_quotes(text: str) -> str:
    """The text with code, addresses and quotations blanked out; every place keeps its offset."""
    return _NOT_OWN_WORDS.sub(blank, text)


def blank(match: re.Match[str]) -> str:
    """As many spaces as a match is long."""
    return " " * len(match.group())


@dataclass(frozen=True)
class Passage:
    """One text of an entry in one language, and its path."""

    keys: Keys
    text: str
    public: bool


class Writing(Protocol):
    """Texts that rules about spelling look at: those of an entry, or of a hand-written page."""

    @property
    def all(self) -> tuple[tuple[Language, str], ...]:
        """Each language with its joined texts."""

    def joined(self, language: Language) -> str:
        """All texts of a language, each between two `GAP`."""

    def passage(self, language: Language, offset: int) -> Passage:
        """The text that holds an offset of the joined texts."""

    def passages(self, language: Language) -> Iterator[Passage]:
        """Each text of a language."""

    def where(self, passage: Passage, word: str) -> Location:
        """Where a word of a passage stands."""


class Written:
    """What is written in one entry.

    `ar`, `fa` and `en` hold its texts in the order of the fields, joined by `GAP`; `all` is each
    language with its joined texts; `lacking` are the languages in which some text is missing.
    `ids` are the entries it names, as (kind, id).
    """

    def __init__(self, catalogue: Catalogue, kind: str, entry: Entry) -> None:
        self.catalogue, self.kind, self.entry = catalogue, kind, entry
        found, self.ids = contents(entry)
        ar = [text.ar for text in found]
        fa = [text.fa for text in found]
        en = [text.en for text in found]
        lacking = (None in ar and AR, None in fa and FA, None in en and EN)
        self.lacking = tuple(language for language in lacking if language)
        self.ar, self.fa, self.en = _joined(ar), _joined(fa), _joined(en)
        self.all = ((AR, self.ar), (FA, self.fa), (EN, self.en))

    def joined(self, language: Language) -> str:
        """All texts of a language, in the order of the fields."""
        return getattr(self, language.code)  # type: ignore[no-any-return]

    @cached_property
    def links(self) -> tuple[tuple[Language, int, str], ...]:
        """The target of each Markdown link, with its language and its offset."""
        return tuple(
            (language, match.start(1), match[1])
            for language, joined in self.all
            if "]" in joined
            for match in _LINK.finditer(joined)
        )

    @cached_property
    def _located(self) -> list[tuple[Keys, Text, bool]]:
        return list(located_texts(self.entry))

    def passage(self, language: Language, offset: int) -> Passage:
        """The text that holds an offset of the joined texts."""
        return self.nth(language, self.joined(language).count(GAP, 0, offset + 1))

    def nth(self, language: Language, place: int) -> Passage:
        """The text after the `place`th `GAP` of the joined texts, counted from 1."""
        keys, text, public = self._located[place - 1]
        return Passage((*keys, language.code), text.get(language) or "", public)

    def passages(self, language: Language) -> Iterator[Passage]:
        """Each text of a language."""
        for keys, text, public in self._located:
            if (written := text.get(language)) is not None:
                yield Passage((*keys, language.code), written, public)

    def where(self, passage: Passage, word: str) -> Location:
        """Where a word of a passage stands in the file; where that is not plain, its text."""
        source = self.catalogue.sources[self.kind, self.entry.id]
        start = source.at(*passage.keys)
        try:
            lines = source.read_bytes().decode("utf-8-sig").split("\n")
        except OSError:
            return start
        return _find(lines, start, word) or start


def _joined(found: list[str | None]) -> str:
    whole = [text or "" for text in found]
    return f"{GAP}{GAP.join(whole)}{GAP}"


def _find(lines: list[str], start: Location, word: str) -> Location | None:
    """The first place of a word from a scalar's start to the end of its indented block."""
    indent = _indent(lines[start.line - 1]) if start.line <= len(lines) else 0
    for number, line in enumerate(lines[start.line - 1 :], start.line):
        first = number == start.line
        if not first and line.strip() and _indent(line) <= indent:
            return None
        column = line.find(word, start.column - 1 if first else 0)
        if column >= 0:
            return Location(start.file, number, column + 1)
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
