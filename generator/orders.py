"""What is asked for, and what came of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from generator.audiences import Audience
from generator.problems import Problem


def today() -> date:
    """The day to build for: SOURCE_DATE_EPOCH (reproducible-builds.org) if set, else today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()


@dataclass(frozen=True)
class Order:
    """What is to be built: the site in a folder, for some audiences, as of a day.

    With `caching`, what an earlier build has kept in `out` is used, and kept for the next. With
    `recording`, what is published for the first time goes into the ledger. With `compressing`, files have
    compressed companions.
    """

    root: Path
    out: Path
    audiences: Sequence[Audience]
    today: date
    jobs: int
    caching: bool = True
    recording: bool = False
    compressing: bool = False


@dataclass(frozen=True)
class Published:
    """The site of one audience as it stands: pages by language, the size of its data pages in bytes."""

    folder: Path
    pages: Mapping[str, int]
    bytes: int


@dataclass(frozen=True)
class Outcome:
    """The problems that were found, and the sites, unless a problem kept them from being built.

    `written` counts the files that were written if the sites stood already and were brought up to date.
    """

    problems: tuple[Problem, ...]
    sites: tuple[Published, ...] = ()
    written: int | None = None


Tell = Callable[[Audience, Sequence[str] | None], None]
"""Is told which files of a site were written, when they are; with None, that all may be others now."""


class LostError(Exception):
    """A site that would lose an address that was published."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems
