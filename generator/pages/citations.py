"""Where facts come from: citations of blocks, and the numbered list of sources."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from generator.languages import BY_CODE, Phrase
from generator.pages.page import Code, Value
from generator.pages.reader import Reader

Citation = tuple[tuple[str, str], ...]
"""Where a block takes its facts from: sources by id and number."""


@dataclass(frozen=True, slots=True)
class SourceView:
    """An entry of the source list."""

    id: str
    number: str
    title: Phrase
    author: Code | Value | None
    year: str
    licence: str
    address: Code | None


class Sources:
    """The sources of a page, numbered as the entry lists them; what is only cited comes after."""

    def __init__(self, reader: Reader, ids: tuple[str, ...]) -> None:
        self.reader = reader
        self.ids = list(ids)
        self.own = False
        """Whether a block is this site's own explanation: said once, under the list."""

    def cite(self, evidence: Any) -> Citation:
        """What stands under a block."""
        if evidence is None:
            return ()
        if evidence == "own":
            self.own = True
            return ()
        self.ids += (id_ for id_ in evidence if id_ not in self.ids)
        return tuple((id_, self._number(id_)) for id_ in evidence)

    def _number(self, id_: str) -> str:
        return self.reader.format.number(self.ids.index(id_) + 1)

    def views(self) -> tuple[SourceView, ...]:
        """The list at the end of the page."""
        return tuple(self._view(id_) for id_ in self.ids)

    def _view(self, id_: str) -> SourceView:
        source = self.reader.edition.public.publications[id_]
        language = BY_CODE[source.language]
        title = Phrase(source.title, language, self.reader.language, on_purpose=True)
        year = self.reader.format.plain(source.year) if source.year else ""
        address = Code(unquote(source.url), source.url) if source.url else None
        return SourceView(
            id_,
            self._number(id_),
            title,
            _author(source.author),
            year,
            source.licence or "",
            address,
        )


def _author(name: str | None) -> Code | Value | None:
    """Names in Latin letters run from left to right."""
    if name is None:
        return None
    return Code(name) if re.search("[A-Za-z]", name) else Value(name)
