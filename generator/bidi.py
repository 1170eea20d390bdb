"""Which parts of a text run against its direction, and must be isolated to be read in order.

Browsers order text by the Unicode bidirectional algorithm (UAX #9), which gives neutral characters
at the edge of a run to the paragraph: in Arabic `/etc/hosts` loses its slash to the other end. The
cure is to isolate the run (W3C: Inline markup and bidirectional text in HTML).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.languages import Language

LRI, RLI, PDI = "\u2066", "\u2067", "\u2069"
"""Left-to-right isolate, right-to-left isolate, and the end of either (Unicode UAX #9)."""

_RTL = "\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc"
_MAY_NEED = {
    True: re.compile(rf"[A-Za-z]|[^\s\d{_RTL}«»،؛؟.,(!:]\s?\d|\d\s?[^\s\d{_RTL}«»،؛؟.,)!:]"),
    False: re.compile(f"[{_RTL}]"),
}
_RTL_RUN = re.compile(f"[{_RTL}](?:[{_RTL}\u200c\u200d]|[ ،؛–/-]+(?=[{_RTL}]))*")
_CHUNK = re.compile(r"[^\s" + _RTL + '«»،؛؟“”"…\u200c]+')
_NUMBER = re.compile(r"[\d.,]*\d%?")
_WEAK = re.compile(r"[<>≤≥±~=+&|/×%→–-]+|x")
_COMPARISON = re.compile(r"[<>≤≥±~]+")
_SIGNED = re.compile("(?<![\\w٪])[−-][٠-٩۰-۹][٠-٩۰-۹٫٬]*٪?")
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"))


def runs(text: str, language: Language) -> list[tuple[int, int]]:
    """Start and end of every part of `text` to isolate, where `language` is the paragraph's."""
    if not _MAY_NEED[language.is_rtl].search(text):
        return []
    if not language.is_rtl:
        return [match.span() for match in _RTL_RUN.finditer(text)]
    signed = [match.span() for match in _SIGNED.finditer(text)]
    joined = _joined(text, [core for core in map(_core, _CHUNK.finditer(text)) if core])
    return sorted([*signed, *(run for run in joined if not _overlaps(run, signed))])


def _overlaps(run: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(run[0] < end and start < run[1] for start, end in others)


@dataclass(frozen=True, slots=True)
class _Core:
    """A chunk without the punctuation of the sentence around it."""

    start: int
    end: int
    kind: str


def _core(match: re.Match[str]) -> _Core | None:
    start, end = match.span()
    chunk = match.group()
    while chunk and (cut := _outer(chunk)) is not None:
        start, end = start + cut[0], end - cut[1]
        chunk = chunk[cut[0] : len(chunk) - cut[1]]
    return _Core(start, end, _kind(chunk)) if chunk else None


def _outer(chunk: str) -> tuple[int, int] | None:
    """How much of the sentence's punctuation stands at the two ends of a chunk."""
    for opening, closing in _PAIRS:
        if chunk[0] == opening and _closes(chunk, opening, closing) == len(chunk) - 1:
            return 1, 1
        balance = chunk.count(opening) - chunk.count(closing)
        if balance > 0 and chunk.startswith(opening):
            return 1, 0
        if balance < 0 and chunk.endswith(closing):
            return 0, 1
    if chunk[-1] in ".,:;!?'" and not chunk.endswith("\\"):
        return 0, 1
    return (1, 0) if chunk[0] == "'" else None


def _closes(chunk: str, opening: str, closing: str) -> int:
    """Where the bracket that opens a chunk is closed; -1 if nowhere."""
    depth = 0
    for i, character in enumerate(chunk):
        depth += (character == opening) - (character == closing)
        if depth == 0:
            return i
    return -1


def _kind(chunk: str) -> str:
    """`number`, `weak` (a sign that needs company) or `strong` (would be torn apart alone)."""
    if _NUMBER.fullmatch(chunk):
        return "number"
    if _WEAK.fullmatch(chunk):
        return "weak"
    if re.search(r"[A-Za-z]", chunk) or re.search(r"\d", chunk):
        return "strong"
    return "weak"


def _joined(text: str, cores: list[_Core]) -> Iterator[tuple[int, int]]:
    """Runs of cores that belong together: `INC-0012 (P1)`, `+98 21 1234`, `< 4 h`, `99.9 %`."""
    i = 0
    while i < len(cores):
        last = i
        while last + 1 < len(cores) and _touch(text, cores[last], cores[last + 1]):
            last += 1
        group = cores[i : last + 1]
        yield from _trimmed(text, group)
        i = last + 1


def _touch(text: str, before: _Core, after: _Core) -> bool:
    return text[before.end : after.start].strip(" \u00a0([{") == ""


def _trimmed(text: str, group: list[_Core]) -> Iterator[tuple[int, int]]:
    """The run of a group, without signs and numbers at its ends that say nothing with it."""
    while group and group[-1].kind == "weak" and text[group[-1].start] != "%":
        group = group[:-1]
    while group and group[0].kind == "weak" and not _compares(text, group):
        group = group[1:]
    if len(group) > 1 or (group and group[0].kind == "strong"):
        if all(core.kind == "number" for core in group):
            return
        yield group[0].start, _closed(text, group[0].start, group[-1].end)


def _closed(text: str, start: int, end: int) -> int:
    """The end of a run, with the bracket that closes one opened inside it."""
    for opening, closing in _PAIRS:
        inside = text[start:end]
        if inside.count(opening) > inside.count(closing) and text[end : end + 1] == closing:
            return end + 1
    return end


def _compares(text: str, group: list[_Core]) -> bool:
    sign = text[group[0].start : group[0].end]
    return len(group) > 1 and _COMPARISON.fullmatch(sign) is not None


def mark(text: str, language: Language, escape: Callable[[str], str], start: str, end: str) -> str:
    """The text with every run between `start` and `end`, all parts escaped."""
    found = runs(text, language)
    if not found:
        return escape(text)
    parts: list[str] = []
    at = 0
    for first, last in found:
        parts += (escape(text[at:first]), start, escape(text[first:last]), end)
        at = last
    return "".join((*parts, escape(text[at:])))


def isolated(text: str, language: Language) -> str:
    """Plain text (a title, an attribute, JSON) with its runs between isolate characters."""
    return mark(text, language, str, LRI if language.is_rtl else RLI, PDI)
