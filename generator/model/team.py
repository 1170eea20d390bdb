"""A team or role of the provider."""

from __future__ import annotations

from typing import Literal

from generator.model.base import Entry, Public
from generator.model.channel import Channel
from generator.model.text import Text


class Team(Entry):
    """A team or role that answers for something; never a person."""

    kind: Literal["team"]
    name: Public[Text]
    description: Public[Text]
    channels: Public[tuple[Channel, ...]] = ()
