"""A question with which readers test themselves."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from generator.model.base import EntryPath, Public, Record, SourceId
from generator.model.text import Text
from generator.model.translated import Translated

Level = Literal["recall", "apply"]
"""What a question asks for: to remember what the page says, or to use it in a case."""

LEVELS: tuple[Level, ...] = ("recall", "apply")
"""In the order in which a page asks."""


class Option(Record):
    """An answer to choose."""

    text: Public[Text]
    right: Public[bool] = False


class Question(Translated):
    """A self-check question at the end of the page of what it is about."""

    kind: Literal["question"]
    about: Public[EntryPath]
    level: Public[Level]
    stem: Public[Text]
    options: Annotated[Public[tuple[Option, ...]], Field(min_length=2, max_length=5)]
    multiple: Public[bool] = False
    why: Public[Text]
    sources: Public[tuple[SourceId, ...]] = ()
