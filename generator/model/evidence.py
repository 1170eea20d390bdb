"""Where a block of text takes its facts from."""

from __future__ import annotations

from typing import Literal

from generator.model.base import SourceId

Evidence = Literal["own"] | tuple[SourceId, ...]
"""Source ids, or `own` for this site's explanation."""
