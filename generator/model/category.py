"""Categories: how a catalogue is browsed."""

from __future__ import annotations

from typing import Literal

from generator.model.base import CategoryId, Public
from generator.model.text import Text
from generator.model.translated import Translated


class Category(Translated):
    """A group of services by subject."""

    kind: Literal["category"]
    name: Public[Text]
    description: Public[Text]
    order: Public[int] = 0
    parent: Public[CategoryId | None] = None
