"""Joiners that join nothing, and quotation marks and brackets without a partner (V27)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.written import GAP, Passage, Writing, without_code
from generator.languages import AR, FA, Language
from generator.problems import Problem, quote

_BESIDE = r"\s،؛؟.,:;!?«»…\"'("
STRAY = re.compile(
    rf"\u200c(?:(?=\u200c)|(?=[{_BESIDE})]|\Z)|(?<=[{_BESIDE}]\u200c))|(?<!.)\u200c", re.DOTALL
)
"""A zero-width non-joiner that joins nothing: doubled, or beside a space, a mark or an end.

Markdown's signs may stand beside one: `**کتاب**\u200cها`.
"""

_MAY_BE_STRAY = re.compile(rf"\u200c(?:[{_BESIDE})\0\u200c]|(?<=[{_BESIDE}\0]\u200c))")


def joiners(written: Writing) -> Iterator[Problem]:
    """V27: a zero-width non-joiner stands between letters, and only once."""
    for language in (AR, FA):
        joined = written.joined(language)
        if "\u200c" in joined and _MAY_BE_STRAY.search(joined):
            for passage in written.passages(language):
                if match := STRAY.search(without_code(passage.text, "x")):
                    yield _stray(written, passage, match.start())


def _stray(written: Writing, passage: Passage, at: int) -> Problem:
    word = _around(passage.text, at)
    hint = f"write {quote(STRAY.sub('', word))}"
    message = f"{quote(word)} has a zero-width non-joiner (U+200C) that joins nothing"
    return Problem(written.where(passage, word), "V27", message, "one between two letters", hint)


_PARTNER = {"»": "«", ")": "(", "]": "["}
_CLOSED_BY = {opening: closing for closing, opening in _PARTNER.items()}
_OTHER = re.compile(rf"[^«»()\[\]{GAP}]+")
_SIGN = re.compile(r"\\.|[«»()\[\]]", re.DOTALL)
_LABEL = re.compile(r"(?:^|.*\s)[\w.]{1,4}\Z", re.DOTALL)
"""What stands before the bracket of an item that is counted, such as أ) or 1)."""


def pairs(written: Writing) -> Iterator[Problem]:
    """V27: in Arabic and Persian, what « ( or [ opens is closed in the same text."""
    for language in (AR, FA):
        joined = written.joined(language)
        if not _is_paired(joined):
            offset = 0
            for text in joined.split(GAP):
                if not _is_paired(text) and (found := _alone(without_code(text, "x"))):
                    yield _unpaired(written, language, offset, *found)
                offset += len(text) + 1


def _is_paired(text: str) -> bool:
    """A fast look: take away pairs until none is left."""
    signs, before = _OTHER.sub("", text), ""
    while signs != before:
        before = signs
        signs = signs.replace("()", "").replace("[]", "").replace("«»", "")
    return not signs.strip(GAP)


def _alone(text: str) -> tuple[str, int] | None:
    """The first sign without a partner, and where it stands."""
    open_: list[tuple[str, int]] = []
    for match in _SIGN.finditer(text):
        sign = match.group()
        if sign in _CLOSED_BY:
            open_.append((sign, match.start()))
        elif sign in _PARTNER:
            if open_ and open_[-1][0] == _PARTNER[sign]:
                open_.pop()
            elif sign != ")" or not _LABEL.match(text[max(0, match.start() - 6) : match.start()]):
                return open_[-1] if open_ else (sign, match.start())
    return open_[0] if open_ else None


def _unpaired(written: Writing, language: Language, offset: int, sign: str, at: int) -> Problem:
    passage = written.passage(language, offset)
    word = _around(passage.text, at)
    partner = _CLOSED_BY.get(sign) or _PARTNER[sign]
    what = "is not closed" if sign in _CLOSED_BY else "was not opened"
    where = written.where(passage, word)
    hint = "« stands before what is quoted, » after it" if sign in "«»" else ""
    return Problem(
        where, "V27", f'"{sign}" {what} in {quote(word)}', f'"{partner}" in the same text', hint
    )


_NO_SPACE = re.compile(r"\S+")


def _around(text: str, at: int) -> str:
    """The word at an offset; for a joiner between spaces, the joiner."""
    return next(m.group() for m in _NO_SPACE.finditer(text) if m.start() <= at < m.end())
