"""What is wrong, where, and what to do about it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from generator.codes import CODES, Code

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True, slots=True)
class Location:
    """A place in a file: `line` and `column` are 1-based, columns count code points.

    `keys` lead to it where it is the place of a field.
    """

    file: str
    line: int = 1
    column: int = 1
    keys: tuple[str | int, ...] | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True, slots=True)
class Related:
    """Another place that explains the problem."""

    where: Location
    message: str


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing that is wrong. `message` quotes the value; `expected` and `hint` help to mend it."""

    where: Location
    code: str
    message: str
    expected: str = ""
    hint: str = ""
    related: tuple[Related, ...] = ()

    @property
    def about(self) -> Code:
        """The entry of the table of codes."""
        return CODES[self.code]

    @property
    def severity(self) -> Severity:
        """Errors stop a build, warnings do not."""
        return self.about.severity

    @property
    def is_error(self) -> bool:
        """Whether it stops a build."""
        return self.severity == "error"


def arrange(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sorted by place, each once."""
    return tuple(sorted(set(problems)))


class Findings(NamedTuple):
    """What is wrong in the texts of each entry alone, in hand-written pages, and what else."""

    texts: tuple[Problem, ...]
    others: tuple[Problem, ...]
    content: tuple[Problem, ...] = ()

    @property
    def all(self) -> tuple[Problem, ...]:
        """All of it, in order."""
        return arrange((*self.texts, *self.others, *self.content))


def count(problems: Iterable[Problem]) -> tuple[int, int]:
    """How many errors and how many warnings."""
    severities = [problem.severity for problem in problems]
    return severities.count("error"), severities.count("warning")


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint that names the known word most like `word`, or nothing."""
    match = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f'did you mean "{match[0]}"?' if match else ""


_BETWEEN_LETTERS = re.compile("(?<=[\u0620-\u06ff])\u200c(?=[\u0620-\u06ff])")
"""A zero-width non-joiner where Persian spelling wants it."""


def quote(value: object, limit: int = 60) -> str:
    """A value as a message shows it: quoted, on one line, not too long, control characters named."""
    parts = _BETWEEN_LETTERS.split(str(value))
    named = ("".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in p) for p in parts)
    text = "\u200c".join(named)
    return f'"{text[: limit - 1]}…"' if len(text) > limit else f'"{text}"'
