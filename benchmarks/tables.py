"""The figures as tables, for a terminal and for the manual."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from . import rivals, search
from .breakdown import PARTS
from .trial import COLD, DESCRIPTION, KEEPING, NAME, NOTHING, SUMMARY, UNSEARCHED, Trial

Row = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table under a title; the first cell of a row says what it is about."""

    title: str
    heads: Row
    rows: tuple[Row, ...]

    def text(self) -> str:
        """For a terminal."""
        lines = (self.heads, *self.rows)
        widths = [max(len(line[i]) for line in lines) for i in range(len(self.heads))]
        return "\n".join((self.title, *(_aligned(line, widths) for line in lines)))

    def markdown(self) -> str:
        """For the manual."""
        rule = ("---", *("---:" for _ in self.heads[1:]))
        lines = (f"| {' | '.join(line)} |" for line in (self.heads, rule, *self.rows))
        return "\n".join((f"### {self.title}", "", *lines))


def _aligned(line: Row, widths: Sequence[int]) -> str:
    first, *others = (cell.rjust(width) for cell, width in zip(line, widths, strict=True))
    return "  ".join((first.strip().ljust(widths[0]), *others)).rstrip()


def tables(trials: Sequence[Trial], found: Sequence[search.Measured] = ()) -> Iterator[Table]:
    """All tables."""
    yield _builds(trials)
    yield _pages(trials)
    yield _costs(trials)
    if any(rivals.HUGO in trial.runs or rivals.MKDOCS in trial.runs for trial in trials):
        yield _beside(trials)
    yield _floor(trials)
    yield _parts(trials)
    if found:
        yield Table("Search in the browser", search.HEADS, tuple(map(search.row, found)))


def seconds(trial: Trial, name: str) -> float:
    """The median of what a program took."""
    return median(run.seconds for run in trial.runs[name])


def _services(trial: Trial) -> str:
    return f"{trial.services:,}"


def _builds(trials: Sequence[Trial]) -> Table:
    names = (COLD, KEEPING, NAME, SUMMARY, DESCRIPTION, NOTHING)
    heads = (
        "services", "all, `--no-cache`", "all, keeping", "a name", "a summary", "a description",
        "no change",
    )  # fmt: skip
    rows = ((_services(t), *(f"{seconds(t, name):.2f}" for name in names)) for t in trials)
    return Table("Builds, in seconds", heads, tuple(rows))


def _pages(trials: Sequence[Trial]) -> Table:
    heads = (
        "services", "pages", "files", "MB of pages", "MB", "pages a second", "ms a page",
        f"of that at {trials[0].services:,}",
    )  # fmt: skip
    first = _each(trials[0])
    rows = (
        (
            _services(t), f"{(m := t.made[COLD]).pages:,}", f"{m.files:,}", _mb(m.page_bytes),
            _mb(m.bytes), f"{1 / _each(t):,.0f}", f"{_each(t) * 1000:.2f}", f"{_each(t) / first:.0%}",
        )
        for t in trials
    )  # fmt: skip
    return Table("Pages of a whole build", heads, tuple(rows))


def _each(trial: Trial) -> float:
    """Seconds a page."""
    return seconds(trial, COLD) / trial.made[COLD].pages


def _costs(trials: Sequence[Trial]) -> Table:
    heads = (
        "services", "files after a name", "a summary", "a description", "largest process, MB",
        "all processes, MB",
    )  # fmt: skip
    rows = (
        (
            _services(t), *(f"{t.written[name]:,}" for name in (NAME, SUMMARY, DESCRIPTION)),
            *_memory(t, COLD),
        )
        for t in trials
    )  # fmt: skip
    return Table("Files that a change rewrites, and memory", heads, tuple(rows))


def _memory(trial: Trial, name: str) -> Row:
    """The most memory of one process, and of all."""
    runs = trial.runs[name]
    return _mb(max(r.peak_bytes for r in runs)), _mb(max(r.group_bytes for r in runs))


def _beside(trials: Sequence[Trial]) -> Table:
    heads = (
        "program", "services", "pages", "MB of pages", "seconds", "times Fihrist", "pages a second",
        "CPU seconds", "largest process, MB", "all processes, MB",
    )  # fmt: skip
    rows = (
        (
            "Fihrist" if name == COLD else name, _services(t), f"{(m := t.made[name]).pages:,}",
            _mb(m.page_bytes), f"{(taken := seconds(t, name)):.1f}",
            f"{taken / seconds(t, COLD):.2f}", f"{m.pages / taken:,.0f}",
            f"{median(r.cpu_seconds for r in t.runs[name]):.1f}", *_memory(t, name),
        )
        for t in trials
        for name in (COLD, UNSEARCHED, *rivals.PACKAGES)
        if name in t.made
    )  # fmt: skip
    return Table("Beside other programs, everything anew", heads, tuple(rows))


def _floor(trials: Sequence[Trial]) -> Table:
    heads = ("services", "files", "MB", "one process, s", "two, s", "the build, s", "times the two")
    rows = []
    for t in trials:
        one, two = (median(t.floor[processes]) for processes in (1, 2))
        size, cold = t.made[COLD], seconds(t, COLD)
        rows.append(
            (
                _services(t), f"{size.files:,}", _mb(size.bytes), f"{one:.2f}", f"{two:.2f}",
                f"{cold:.2f}", f"{cold / two:.1f} ×",
            )
        )  # fmt: skip
    return Table("The floor: writing as many files of the same sizes", heads, tuple(rows))


def _parts(trials: Sequence[Trial]) -> Table:
    heads = ("seconds in one process", *(_services(t) for t in trials))
    rows = tuple((part, *(_share(t, part) for t in trials)) for part in PARTS)
    return Table("Where the time of a whole build goes, by services", heads, rows)


def _share(trial: Trial, part: str) -> str:
    taken = trial.parts[part]
    return f"{taken:.2f} ({taken / sum(trial.parts.values()):.0%})"


def _mb(size: float) -> str:
    return f"{size / 1e6:,.0f}"
