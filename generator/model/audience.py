"""Whom services are for."""

from __future__ import annotations

from typing import Literal

from generator.model.base import Entry, Public
from generator.model.text import Text


class ServiceAudience(Entry):
    """A group of people or organisations that may use services."""

    kind: Literal["audience"]
    name: Public[Text]
    description: Public[Text]
    order: Public[int] = 0
