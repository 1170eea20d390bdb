"""The texts without which an entry is not published in a language (V24)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.base import Entry
from generator.model.comparison import Comparison
from generator.model.process import Process
from generator.model.question import Question
from generator.model.service import Service
from generator.model.term import Term
from generator.model.text import Text
from generator.model.walk import Keys


def required_texts(entry: Entry) -> Iterator[tuple[Keys, Text]]:
    """The texts that must exist in a language before the entry is published in it."""
    match entry:
        case Service():
            yield from _named(entry, "name", "summary", "description")
            yield from _listed(("outcomes",), entry.outcomes)
            if entry.request is not None:
                yield from _listed(("request", "steps"), entry.request.steps)
        case Process():
            yield from _named(entry, "name", "summary", "purpose")
        case Comparison():
            yield from _named(entry, "title", "summary", "in_one_sentence")
        case Term():
            yield from _named(entry, "name", "definition")
        case Question():
            yield from _named(entry, "stem", "why")
            for i, option in enumerate(entry.options):
                yield ("options", i, "text"), option.text


def _named(entry: Entry, *fields: str) -> Iterator[tuple[Keys, Text]]:
    return (((name,), getattr(entry, name)) for name in fields)


def _listed(path: Keys, texts: tuple[Text, ...]) -> Iterator[tuple[Keys, Text]]:
    return (((*path, i), text) for i, text in enumerate(texts))
