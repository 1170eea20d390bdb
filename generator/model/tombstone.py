"""An id that was used once and is kept from being used again."""

from __future__ import annotations

from typing import Literal

from generator.model.base import Entry, Public, Slug


class Tombstone(Entry):
    """A former entry; its address leads to `redirect_to` (same kind) or to the list.

    The id of an entry that customers never saw stays with staff: `published: false`.
    """

    kind: Literal["tombstone"]
    of: Public[Literal["service", "process", "comparison", "term", "category", "audience"]]
    redirect_to: Public[Slug | None] = None
    published: bool = True
