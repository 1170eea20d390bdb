"""Text that an author writes once in each language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from generator.languages import LANGUAGES, Language, Phrase
from generator.model.base import Public, Record

Words_ = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Text(Record):
    """The same text in up to three languages."""

    ar: Public[Words_ | None] = None
    fa: Public[Words_ | None] = None
    en: Public[Words_ | None] = None

    @model_validator(mode="after")
    def _in_some_language(self) -> Text:
        if self.ar is None and self.fa is None and self.en is None:
            raise PydanticCustomError("text_empty", "expected text in at least one of ar, fa, en")
        return self

    def get(self, language: Language) -> str | None:
        """The text in exactly this language."""
        return getattr(self, language.code)  # type: ignore[no-any-return]

    def items(self) -> Iterator[tuple[Language, str]]:
        """Each language that has text, with the text."""
        for language in LANGUAGES:
            if (text := self.get(language)) is not None:
                yield language, text

    def pick(self, reader: Language) -> Phrase:
        """The text for this reader: in the reader's language, else in the next best one."""
        if (own := self.get(reader)) is not None:
            return Phrase(own, reader, reader)
        for language in reader.fallbacks:
            if (text := self.get(language)) is not None:
                return Phrase(text, language, reader)
        raise AssertionError("a Text has at least one language")


class Words(Record):
    """Lists of words that need not match between languages: synonyms, keywords."""

    ar: Public[tuple[Words_, ...]] = ()
    fa: Public[tuple[Words_, ...]] = ()
    en: Public[tuple[Words_, ...]] = ()

    def get(self, language: Language) -> tuple[str, ...]:
        """The words of exactly this language."""
        return getattr(self, language.code)  # type: ignore[no-any-return]
