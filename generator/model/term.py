"""A term of the glossary (SKOS concept)."""

from __future__ import annotations

from typing import Literal

from generator.model.base import (
    NonEmpty,
    ProcessId,
    Public,
    Record,
    SourceId,
    TermId,
)
from generator.model.text import Text, Words
from generator.model.translated import Translated


class Confusion(Record):
    """A neighbour that is often taken for the term."""

    term: Public[TermId]
    why: Public[Text]


class Term(Translated):
    """One concept with one canonical name a language; variants are for search."""

    kind: Literal["term"]
    name: Public[Text]
    abbreviation: Public[NonEmpty | None] = None
    variants: Public[Words] = Words()
    linked: Public[bool] = True
    definition: Public[Text]
    not_to_confuse: Public[tuple[Confusion, ...]] = ()
    broader: Public[tuple[TermId, ...]] = ()
    narrower: Public[tuple[TermId, ...]] = ()
    related: Public[tuple[TermId, ...]] = ()
    part_of: Public[tuple[TermId, ...]] = ()
    process: Public[ProcessId | None] = None
    sources: Public[tuple[SourceId, ...]] = ()
