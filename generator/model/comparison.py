"""Two or more things side by side, row by row."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from generator.model.base import (
    NonEmpty,
    ProcessId,
    Public,
    Record,
    Slug,
    SourceId,
    TermId,
)
from generator.model.evidence import Evidence
from generator.model.text import Text
from generator.model.translated import Translated


class Side(Record):
    """One of the things compared."""

    id: Public[Slug]
    name: Public[Text]
    abbreviation: Public[NonEmpty | None] = None
    process: Public[ProcessId | None] = None
    term: Public[TermId | None] = None


class Row(Record):
    """One aspect; its id is a permanent anchor."""

    id: Public[Slug]
    aspect: Public[Text]
    cells: Public[dict[Slug, Text]]
    alike: Public[bool] = False


class Table(Record):
    """A table of rows that share their evidence."""

    id: Public[Slug]
    title: Public[Text]
    note: Public[Text | None] = None
    evidence: Public[Evidence | None] = None
    rows: Public[tuple[Row, ...]] = Field(min_length=1)


class Choice(Record):
    """Which side to turn to in which situation."""

    when: Public[Text]
    side: Public[Slug]
    why: Public[Text]


class Comparison(Translated):
    """A comparison that people keep asking for."""

    kind: Literal["comparison"]
    title: Public[Text]
    summary: Public[Text]
    in_one_sentence: Public[Text]
    sides: Annotated[Public[tuple[Side, ...]], Field(min_length=2)]
    tables: Annotated[Public[tuple[Table, ...]], Field(min_length=1)]
    similarities: Public[tuple[Text, ...]] = ()
    differences: Public[tuple[Text, ...]] = ()
    when_to_use: Public[tuple[Choice, ...]] = ()
    example: Public[Text | None] = None
    note: Public[Text | None] = None
    evidence: Public[
        dict[Literal["similarities", "differences", "when_to_use", "example", "note"], Evidence]
    ] = Field(default_factory=dict)
    sources: Public[tuple[SourceId, ...]] = ()
