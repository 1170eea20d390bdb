"""What an entry that readers see in every language says of its translations."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.model.base import Entry, NonEmpty, Public, Record, Slug, TeamId
from generator.model.channel import LanguageCode

State = Literal["missing", "draft", "translated", "reviewed", "stale"]
"""How far a translation is, as its translators say (XLIFF 2: initial, translated, reviewed)."""


class Translation(Record):
    """How far one language of the entry is, and which source text it translates."""

    state: State
    reviewer: TeamId | None = None
    of: NonEmpty | None = None


class Translated(Entry):
    """An entry shown in every language, and by language how far its translation is."""

    translation: dict[LanguageCode, Translation] = Field(default_factory=dict)
    former_anchors: Public[dict[Slug, NonEmpty]] = Field(default_factory=dict)
