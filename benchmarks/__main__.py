"""`python -m benchmarks`: how long builds take, beside other programs that make the same pages.

Every program builds in turn, into folders that do not exist yet. Then the search of the site that
Fihrist built is measured in Chromium. The figures are printed, never judged: a busy machine makes all
programs slow.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from shutil import which

from . import rivals, search
from .catalogue import REPOSITORY
from .chart import chart
from .machine import machine, versions
from .tables import Table, tables
from .trial import Bench, Trial

COMPARED = 1000
"""Services for which all other programs are tried; Hugo and Pagefind are tried for every number."""
PAGE, CHART = Path("docs/performance.md"), Path("docs/images/performance.svg")
_BEGIN, _END = "<!-- figures: python -m benchmarks --write -->\n", "<!-- end of figures -->\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print tables."""
    options = _options(arguments)
    head, trials, found = machine(), [], []
    compared = min(options.services, key=lambda number: abs(number - COMPARED))
    for services in options.services:
        others = () if options.alone else _others(services == compared)
        with tempfile.TemporaryDirectory(prefix="fihrist-bench-") as name:
            bench = Bench(Path(name), services, others, _say)
            trials.append(bench.go(options.runs))
            if services == compared and not options.alone and which("chromium"):
                found = search.measure(bench.built)
    shown = tuple(tables(trials, found))
    head = f"{head}. {_often(options.runs)}"
    print("\n\n".join((head, *(table.text() for table in shown))))
    if options.write:
        write(REPOSITORY, head, trials, shown)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--services", type=int, action="append", help="may be given again; default 100 1000 10000"
    )
    parser.add_argument("--quick", action="store_true", help="100 services only, once")
    parser.add_argument("--runs", type=int, help="builds by each program (default 3)")
    parser.add_argument("--alone", action="store_true", help="no other programs, no browser")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE} and {CHART}")
    options = parser.parse_args(arguments)
    options.services = sorted(options.services or ([100] if options.quick else [100, 1000, 10000]))
    options.runs = options.runs or (1 if options.quick else 3)
    return options


def _often(runs: int) -> str:
    return "One build each" if runs == 1 else f"The median of {runs} builds each"


def _others(all_of_them: bool) -> tuple[str, ...]:
    return tuple(rivals.PACKAGES) if all_of_them else (rivals.HUGO, rivals.PAGEFIND)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def write(root: Path, head: str, trials: Sequence[Trial], shown: Sequence[Table]) -> None:
    """Put the figures into the manual, and draw the chart."""
    tools = tuple(tool for tool in rivals.PACKAGES if any(tool in trial.runs for trial in trials))
    picture = (
        f"![Seconds of a build, by services: the figures are in the tables](images/{CHART.name})"
    )
    told = [f"Measured on {head}.", picture]
    if tools:
        told.insert(1, f"Beside {', '.join(tools)}: {versions(tools)}.")
    figures = "\n\n".join((*told, *(table.markdown() for table in shown)))
    page = (root / PAGE).read_text(encoding="utf-8")
    before, _, rest = page.partition(_BEGIN)
    after = rest.partition(_END)[2]
    text = f"{before}{_BEGIN}\n{figures}\n\n{_END}{after}"
    (root / PAGE).write_text(text, encoding="utf-8", newline="\n")
    (root / CHART).write_text(chart(trials), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
