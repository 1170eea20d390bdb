"""What to write in each field: for the reference, and for editors that read the JSON Schemas."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from generator.model.base import Record


@cache
def sentences() -> dict[str, dict[str, str]]:
    """One sentence a field, by the names of its class and itself (`fields.yaml`)."""
    text = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str]] = yaml.load(text, Loader=yaml.CBaseLoader)
    return loaded


def sentence(model: type[Record], name: str) -> str:
    """What to write in a field, from the class or the nearest one above it."""
    found = (sentences().get(c.__name__, {}).get(name) for c in model.__mro__)
    return next(text for text in found if text)
