"""A third party the provider buys from. Staff only."""

from __future__ import annotations

from typing import Literal

from generator.model.base import Day, Entry
from generator.model.channel import Channel
from generator.model.text import Text


class Supplier(Entry):
    """A third party whose goods or services the provider needs."""

    kind: Literal["supplier"]
    name: Text
    role: Text
    contact: Channel | None = None
    evaluated_on: Day
