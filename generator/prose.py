"""Which parts of a hand-written page are prose: not code, settings, HTML or the signs of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]
"""Start and end in the page, in code points."""

FRONT = re.compile(r"\ufeff?---\r?\n(.*?)\r?\n---\r?\n", re.S)
_FIELD = re.compile(r"^(?:title|description):[ \t]+(.*\S)", re.M)
_FENCE = re.compile(r"\s*(?:>\s*)?(`{3,}|~{3,})")
_LINE = re.compile(r"([^\n]*?)\r?(?:\n|\Z)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_HTML_BLOCK = re.compile(r"\s*<(?:/?[A-Za-z]|!(?!--))")
_BANNER = re.compile(r'\s*(?:!!!|\?\?\?\+?|===)[^"\n]*(?:"(.*)")?\s*$')
"""The line that begins a note or a tab; its title stands in quotes."""

_OPENS_CONTAINER = re.compile(r" {0,3}(?:!!!|\?\?\?|===|:\s|\[\^|[-*+]\s|\w+[.)]\s)")
_MARKER = re.compile(r"\s*(?:\d+[.)]|[-*+])\s+(?=\S)")
_BEGINS = re.compile(r"\s*(?:#|\||:\s|>|\[[^\]]+\]:)")
"""How a line begins that does not continue the text of the line above."""


def title_and_description(page: str) -> Iterator[Span]:
    """The values of the two texts of the front matter, as they are written on their lines."""
    front = FRONT.match(page)
    if front is not None:
        for match in _FIELD.finditer(page, front.start(1), front.end(1)):
            yield match.span(1)


def paragraphs(page: str) -> Iterator[Span]:
    """The body: each heading, paragraph, item and row of a table, without the end of its line."""
    start, end = -1, -1
    for first, last in _lines(page):
        if page[end:first] in ("\n", "\r\n") and not _BEGINS.match(page, first, last):
            end = last
            continue
        if start >= 0:
            yield start, end
        start, end = first, last
    if start >= 0:
        yield start, end


def _lines(page: str) -> Iterator[Span]:
    """The lines of prose, and the titles of notes and tabs."""
    front = FRONT.match(page)
    comments = [match.span() for match in _COMMENT.finditer(page)]
    state, after_gap = _State(), True
    for match in _LINE.finditer(page, front.end() if front else 0):
        first, last = match.span(1)
        is_empty = not match[1].strip()
        hidden = state.hides(match[1], after_gap) or is_empty
        after_gap = is_empty
        if not hidden and not any(a < last and first < b for a, b in comments):
            banner = _BANNER.match(page, first, last)
            if banner is None:
                marker = _MARKER.match(page, first, last)
                yield marker.end() if marker else first, last
            elif banner[1]:
                yield banner.span(1)


class _State:
    """What the lines above say about the next one."""

    def __init__(self) -> None:
        self.fence = ""
        self.in_html = self.in_container = self.in_code = False

    def hides(self, line: str, after_gap: bool) -> bool:
        """Whether the line is code or HTML."""
        if self._fenced(line):
            return True
        if not line.strip():
            return False
        return self._html(line, after_gap) or self._code(line, after_gap)

    def _fenced(self, line: str) -> bool:
        match = _FENCE.match(line)
        if self.fence:
            closes = match is not None and match[1].startswith(self.fence)
            if closes and not line.strip(" \t>`~"):
                self.fence = ""
            return True
        if match is None:
            return False
        self.fence = match[1]
        self.in_container = self.in_container and line[0] in " \t"
        return True

    def _html(self, line: str, after_gap: bool) -> bool:
        self.in_html = (self.in_html and not after_gap) or (
            after_gap and bool(_HTML_BLOCK.match(line))
        )
        return self.in_html

    def _code(self, line: str, after_gap: bool) -> bool:
        """Whether the line is code by its indentation alone."""
        indented = line.startswith(("    ", "\t"))
        if not indented:
            self.in_container = bool(_OPENS_CONTAINER.match(line)) or (
                self.in_container and not after_gap
            )
        self.in_code = indented and not self.in_container and (after_gap or self.in_code)
        return self.in_code
