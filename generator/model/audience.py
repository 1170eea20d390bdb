"""Whom services are for."""

from __future__ import annotations

from typing import Literal

from generator.model.base import Public
from generator.model.text import Text
from generator.model.translated import Translated


class ServiceAudience(Translated):
    """A group of people or organisations that may use services."""

    kind: Literal["audience"]
    name: Public[Text]
    description: Public[Text]
    order: Public[int] = 0
