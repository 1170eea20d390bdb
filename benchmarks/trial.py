"""One size of catalogue: every program builds it, in turn, as often as asked for."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from . import floor, rivals
from .catalogue import REPOSITORY, TODAY, make_site
from .edits import edit
from .hugo import make_project
from .measuring import Made, Run, made, rewritten, run, state

COLD, UNSEARCHED, KEEPING, NOTHING, DESCRIPTION, SUMMARY, NAME = (
    "cold", "Fihrist without search", "cold, keeping", "no change", "description", "summary", "name",
)  # fmt: skip
_FIHRIST = ("-c", "from generator.cli import main; main()")
_UNSEARCHED = ("-m", "benchmarks.unsearched")
Say = Callable[[str], None]


@dataclass
class Trial:
    """The figures of one size.

    `runs` are by program, those of Fihrist by what was to be built; `written` counts the files that a
    change rewrote, `floor` has the seconds that the same files take to write, by processes.
    """

    services: int
    runs: dict[str, list[Run]] = field(default_factory=lambda: defaultdict(list))
    made: dict[str, Made] = field(default_factory=dict)
    written: dict[str, int] = field(default_factory=dict)
    floor: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    parts: dict[str, float] = field(default_factory=dict)


class Bench:
    """A folder in which one size is tried. `built` is the customers' site that the last warm builds left."""

    def __init__(self, folder: Path, services: int, others: tuple[str, ...], say: Say) -> None:
        self.folder, self.say = folder, say
        self.others = tuple(tool for tool in others if rivals.present(tool))
        self.trial = Trial(services)
        self.built = self._bare = folder
        self._numbers = count()
        say(f"{services:,} services: writing the catalogue")
        make_site(self.site, services)
        if rivals.HUGO in self.others:
            make_project(self.site, folder / "hugo")

    @property
    def site(self) -> Path:
        """The folder with the YAML."""
        return self.folder / "site"

    def go(self, runs: int) -> Trial:
        """Try everything."""
        for i in range(runs):
            self._cold()
            self._hugo()
            self._warm(i)
            self._markdown()
            self._floor()
        self._parts()
        return self.trial

    def _note(self, name: str, found: Run) -> None:
        self.trial.runs[name].append(found)
        self.say(f"{self.trial.services:,} services, {name}: {found.seconds:.1f} s")

    def _fihrist(self, *options: str, program: tuple[str, str] = _FIHRIST) -> Run:
        command = (
            sys.executable, *program, "build", "--audience", "customer", "--quiet",
            "--today", TODAY.isoformat(), *options,
        )  # fmt: skip
        return run(command, self.site)

    def _cold(self) -> None:
        for name, program in ((UNSEARCHED, _UNSEARCHED), (COLD, _FIHRIST)):
            if name == COLD or rivals.HUGO in self.others:
                self._bare = out = self._fresh("out")
                found = self._fihrist("--no-cache", "--out", str(out), program=program)
                self._note(name, found)
                self.trial.made[name] = made(out / "customer")

    def _warm(self, i: int) -> None:
        """A build that keeps what the next ones need; then changes, one after the other."""
        out = self._fresh("kept")
        self.built = out / "customer"
        self._note(KEEPING, self._fihrist("--out", str(out)))
        for name in (NOTHING, DESCRIPTION, SUMMARY, NAME):
            if name != NOTHING:
                edit(self.site, name, 100_000 + i)
            before = state(self.built)
            self._note(name, self._fihrist("--out", str(out)))
            self.trial.written[name] = rewritten(before, state(self.built))

    def _hugo(self) -> None:
        if rivals.HUGO not in self.others:
            return
        out = self._fresh("hugo-out")
        built = rivals.hugo(self.folder / "hugo", out)
        self._note(rivals.HUGO, built)
        self.trial.made[rivals.HUGO] = made(out)
        if rivals.PAGEFIND in self.others:
            self._note(rivals.PAGEFIND, built.then(rivals.pagefind(out)))
            self.trial.made[rivals.PAGEFIND] = made(out)

    def _markdown(self) -> None:
        project = self.folder / "markdown"
        for name, build in ((rivals.MKDOCS, rivals.mkdocs), (rivals.ZENSICAL, rivals.zensical)):
            if name in self.others:
                if not project.exists():
                    rivals.make_markdown(self.built, project)
                shutil.rmtree(project / "out", ignore_errors=True)
                self._note(name, build(project))
                self.trial.made[name] = made(project / "out")

    def _floor(self) -> None:
        files = floor.files_of(self._bare / "customer")
        for processes in (1, 2):
            seconds = floor.seconds(files, self._fresh("floor"), processes)
            self.trial.floor[processes].append(seconds)

    def _parts(self) -> None:
        out = str(self._fresh("out"))
        command = (sys.executable, "-m", "benchmarks.breakdown", str(self.site), out)
        found = subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=True)
        self.trial.parts = json.loads(found.stdout)

    def _fresh(self, name: str) -> Path:
        """A folder that does not exist yet.

        No site of many pages is deleted before the end: ext4 makes files slowly for minutes after that.
        """
        return self.folder / f"{name}-{next(self._numbers)}"
