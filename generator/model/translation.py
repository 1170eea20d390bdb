"""How a translation knows which source text it translates, and how fresh it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from enum import StrEnum

from generator.languages import Language
from generator.model.base import Entry
from generator.model.required import required_texts
from generator.model.translated import Translated, Translation
from generator.model.walk import located_texts, texts

HALF = 6
"""Hexadecimal digits of each half of a source hash."""


class Freshness(StrEnum):
    """How an entry stands in a language, by what is there and by what its `translation` says."""

    SOURCE = "source"
    REVIEWED = "reviewed"
    TRANSLATED = "translated"
    UNSTATED = "unstated"
    DRAFT = "draft"
    PARTLY = "partly"
    STALE = "stale"
    MISSING = "missing"


def source_hash(entry: Entry, language: Language) -> str:
    """The hash of all texts in the source language: twelve hexadecimal digits.

    Six are of the SHA-256 of what customers may read, six of that of the rest. So a change of a
    text for staff makes nothing that customers read look old.
    """
    halves: dict[bool, list[str]] = {True: [], False: []}
    for _, text, public in located_texts(entry):
        halves[public].append(text.get(language) or "")
    return "".join(
        hashlib.sha256("\0".join(half).encode("utf-8")).hexdigest()[:HALF]
        for half in halves.values()
    )


def is_old(translation: Translation, current: str) -> bool:
    """Whether a translation is of another source text than that with the hash `current`."""
    another = translation.of is not None and translation.of != current
    return translation.state == "stale" or (translation.state != "missing" and another)


def is_old_for_customers(translation: Translation, current: str) -> bool:
    """The same as far as customers can read the text."""
    of = translation.of and translation.of[:HALF] + current[HALF:]
    return is_old(translation.model_copy(update={"of": of}), current)


def freshness(
    entry: Translated, languages: Iterable[Language], source: Language
) -> dict[Language, Freshness]:
    """How an entry stands in each of some languages, when `source` is the one written first."""
    required = [text for _, text in required_texts(entry)]
    whole = texts(entry)
    current = source_hash(entry, source) if entry.translation else ""
    found = {}
    for language in languages:
        if any(text.get(language) is None for text in required):
            found[language] = Freshness.MISSING
        elif language is source:
            found[language] = Freshness.SOURCE
        else:
            stated = _stated(entry.translation.get(language.code), current)
            lacks = any(text.get(language) is None for text in whole)
            partly = lacks and stated is not Freshness.STALE
            found[language] = Freshness.PARTLY if partly else stated
    return found


def _stated(translation: Translation | None, current: str) -> Freshness:
    """What the statement of one language comes to."""
    if translation is None or translation.state == "missing":
        return Freshness.UNSTATED
    if is_old(translation, current):
        return Freshness.STALE
    if translation.state == "draft":
        return Freshness.DRAFT
    return Freshness(translation.state) if translation.of else Freshness.UNSTATED
