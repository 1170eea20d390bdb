"""A publication that facts are taken from."""

from __future__ import annotations

from typing import Literal

from generator.model.base import Day, Entry, NonEmpty, Public, Url
from generator.model.channel import LanguageCode


class Publication(Entry):
    """A book, article, standard or web page that pages cite (dct:source)."""

    kind: Literal["source"]
    title: Public[NonEmpty]
    language: Public[LanguageCode]
    author: Public[NonEmpty | None] = None
    year: Public[int | None] = None
    url: Public[Url | None] = None
    licence: Public[NonEmpty | None] = None
    accessed: Public[Day | None] = None
    type: Public[Literal["book", "article", "standard", "web"]]
