"""How a translation knows which source text it translates."""

from __future__ import annotations

import hashlib

from generator.languages import Language
from generator.model.base import Entry
from generator.model.walk import texts

HASH_LENGTH = 12
"""Hexadecimal digits of a source hash."""


def source_hash(entry: Entry, language: Language) -> str:
    """The first 12 hexadecimal digits of the SHA-256 of all texts in the source language."""
    source = "\0".join(text.get(language) or "" for text in texts(entry))
    return hashlib.sha256(source.encode("utf-8")).hexdigest()[:HASH_LENGTH]
