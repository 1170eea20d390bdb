"""Spelling and terms of the hand-written pages (V26, V27, V29), by the rules for texts of entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.checks import orthography, strays, terms
from generator.checks.written import GAP, Passage, Writing
from generator.languages import AR, EN, FA, Language
from generator.problems import Location, Problem
from generator.prose import paragraphs, title_and_description

RULES: tuple[Callable[[Writing], Iterator[Problem]], ...] = (
    orthography.letters,
    orthography.hidden_in_texts,
    orthography.joining,
    orthography.marks,
    orthography.digits,
    strays.joiners,
    strays.pairs,
    terms.false_friends,
)
"""Rules that look at texts by themselves, wherever these stand."""


def spelling(file: str, language: Language, page: str) -> Iterator[Problem]:
    """Every rule about the title, the description and each paragraph of a page."""
    found = WrittenPage(file, language, page)
    for rule in RULES:
        yield from rule(found)


class WrittenPage:
    """A hand-written page as rules see it: its passages have their offset in the page as path."""

    def __init__(self, file: str, language: Language, page: str) -> None:
        self.file, self.language, self.page = file, language, page
        spans = (*title_and_description(page), *paragraphs(page))
        self._passages = [Passage((start,), page[start:end], True) for start, end in spans]
        joined = GAP + "".join(passage.text + GAP for passage in self._passages)
        self.ar, self.fa, self.en = (joined if language is one else GAP for one in (AR, FA, EN))
        self.all = ((AR, self.ar), (FA, self.fa), (EN, self.en))

    def joined(self, language: Language) -> str:
        """All passages, if the page is in this language."""
        return getattr(self, language.code)  # type: ignore[no-any-return]

    def passage(self, language: Language, offset: int) -> Passage:
        """The passage that holds an offset of the joined passages."""
        return self._passages[self.joined(language).count(GAP, 0, offset + 1) - 1]

    def passages(self, language: Language) -> Iterator[Passage]:
        """Each passage, if the page is in this language."""
        return iter(self._passages if language is self.language else ())

    def where(self, passage: Passage, word: str) -> Location:
        """The line and column of the first such word of the passage."""
        at = int(passage.keys[0]) + max(0, passage.text.find(word))
        line_start = self.page.rfind("\n", 0, at) + 1
        return Location(self.file, self.page.count("\n", 0, at) + 1, at - line_start + 1)
