"""The chart of the manual: seconds against services, both in powers of ten."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape

from . import rivals
from .tables import seconds
from .trial import COLD, DESCRIPTION, Trial

_SERIES = {
    rivals.MKDOCS: ("MkDocs + Material", "#8a6100", "#e3b341", "M0-6L6 5H-6z"),
    rivals.ZENSICAL: ("Zensical", "#a3195b", "#ff7eb6", "M-5-5L5 5M-5 5L5-5"),
    rivals.PAGEFIND: ("Hugo + Pagefind", "#2b7a3f", "#56d364", "M0-6V6M-6 0H6"),
    rivals.HUGO: ("Hugo", "#2b7a3f", "#56d364", "M-5-5H5V5H-5z"),
    COLD: ("Fihrist, everything", "#0b57c2", "#79b8ff", "M-5 0A5 5 0 1 0 5 0A5 5 0 1 0-5 0z"),
    DESCRIPTION: ("Fihrist, one text changed", "#6a3fc0", "#c297ff", "M0-7L6 0L0 7L-6 0z"),
}
"""Name, colours on light and on dark ground, shape of the mark: none is told apart by colour alone."""
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 760, 400, 64, 250, 24, 56
Point = tuple[int, float]


def chart(trials: Sequence[Trial]) -> str:
    """The chart as SVG."""
    series = {name: _points(trials, name) for name in _SERIES}
    series = {name: points for name, points in series.items() if points}
    return "\n".join(("".join(_head(series)), *_Plot(trials, series).lines(), "</svg>", ""))


def _points(trials: Sequence[Trial], name: str) -> list[Point]:
    return [(t.services, seconds(t, name)) for t in trials if name in t.runs]


def _head(series: dict[str, list[Point]]) -> Iterator[str]:
    told = "; ".join(
        f"{_SERIES[name][0]}: "
        + ", ".join(f"{count:,} services {_seconds(taken)}" for count, taken in points)
        for name, points in series.items()
    )
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
    yield 'aria-labelledby="title desc">\n<title id="title">Seconds of a build, by services</title>'
    yield f'\n<desc id="desc">{escape(told)}.</desc>\n<style>text{{font:14px sans-serif;fill:#1f2328}}'
    yield ".ground{fill:#fff}.grid{stroke:#d0d7de}.end{text-anchor:end}.middle{text-anchor:middle}"
    yield ".mark,.line{fill:none;stroke-width:2}" + _colours(1)
    yield "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.ground{fill:#0d1117}"
    yield f".grid{{stroke:#3d444d}}{_colours(2)}}}</style>"
    yield f'\n<rect class="ground" width="{_WIDTH}" height="{_HEIGHT}"/>'


def _colours(ground: int) -> str:
    return "".join(f".s{i}{{stroke:{told[ground]}}}" for i, told in enumerate(_SERIES.values()))


class _Plot:
    """Where things stand: powers of ten, with some air around the first and the last."""

    def __init__(self, trials: Sequence[Trial], series: dict[str, list[Point]]) -> None:
        self.series = series
        self.counts = [trial.services for trial in trials]
        taken = [second for points in series.values() for _, second in points]
        self.low, self.high = math.floor(math.log10(min(taken))), math.ceil(math.log10(max(taken)))

    def x(self, count: int) -> float:
        """From left to right."""
        low, high = math.log10(self.counts[0]) - 0.2, math.log10(self.counts[-1]) + 0.2
        share = (math.log10(count) - low) / (high - low)
        return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)

    def y(self, second: float) -> float:
        """From bottom to top."""
        share = (math.log10(second) - self.low) / max(1, self.high - self.low)
        return round(_HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM), 1)

    def lines(self) -> Iterator[str]:
        """All that is drawn."""
        end = _WIDTH - _RIGHT
        for power in range(self.low, self.high + 1):
            y = self.y(10.0**power)
            yield f'<path class="grid" d="M{_LEFT} {y}H{end}"/>'
            yield f'<text class="end" x="{_LEFT - 8}" y="{y + 5}">{10.0**power:g} s</text>'
        for count in self.counts:
            yield f'<text class="middle" x="{self.x(count)}" y="{_HEIGHT - 32}">{count:,}</text>'
        yield f'<text class="middle" x="{(_LEFT + end) / 2}" y="{_HEIGHT - 10}">services</text>'
        by_last = sorted(self.series, key=lambda name: -self.series[name][-1][1])
        for row, name in enumerate(by_last):
            yield from self._drawn(name, row)

    def _drawn(self, name: str, row: int) -> Iterator[str]:
        """The line and the marks of a program, and what they stand for."""
        number, (label, _, _, shape) = list(_SERIES).index(name), _SERIES[name]
        places = [(self.x(count), self.y(taken)) for count, taken in self.series[name]]
        path = "L".join(f"{x} {y}" for x, y in places)
        yield f'<path class="line s{number}" d="M{path}"/>'
        legend = (_WIDTH - _RIGHT + 24, _TOP + 16 + 44 * row)
        for x, y in (*places, legend):
            yield f'<path class="mark s{number}" transform="translate({x} {y})" d="{shape}"/>'
        count, taken = self.series[name][-1]
        x, y = legend[0] + 16, legend[1] + 5
        yield f'<text x="{x}" y="{y}">{label}</text>'
        yield f'<text x="{x}" y="{y + 17}">{_seconds(taken)} at {count:,}</text>'


def _seconds(taken: float) -> str:
    return f"{taken:.2g} s" if taken < 10 else f"{taken:.0f} s"
