"""What a command costs: seconds, memory, and what it leaves behind."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .catalogue import REPOSITORY

EVERY = 0.2
"""Seconds between two looks at the memory of all processes."""
State = dict[str, tuple[int, int]]


class FailedError(Exception):
    """A command that did not end well, with the end of what it said."""


@dataclass(frozen=True)
class Run:
    """One run: seconds on the clock and of all processors; memory of its largest process, and of all.

    What processes share counts once in `group_bytes`.
    """

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    group_bytes: int

    def then(self, other: Run) -> Run:
        """This run followed by another one."""
        return Run(
            self.seconds + other.seconds,
            self.cpu_seconds + other.cpu_seconds,
            max(self.peak_bytes, other.peak_bytes),
            max(self.group_bytes, other.group_bytes),
        )


@dataclass(frozen=True)
class Made:
    """What is in a site: its pages and all its files."""

    pages: int
    page_bytes: int
    files: int
    bytes: int


def run(command: Sequence[str], folder: Path) -> Run:
    """Run a command in a folder; what earlier ones wrote is on the disk before it begins."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "NO_MKDOCS_2_WARNING": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # packages come compiled; so may the program
    os.sync()
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=said, stderr=said, start_new_session=True
        )
        with _watched(process.pid) as (largest, together):
            _, status, used = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise FailedError(said.read().decode(errors="replace")[-2000:])
    return Run(seconds, used.ru_utime + used.ru_stime, max(largest), max(together))


@contextmanager
def _watched(group: int) -> Iterator[tuple[list[int], list[int]]]:
    """The memory of the largest process of a group and of all, looked at again and again.

    What the system itself keeps for a process that has ended counts the one it was forked from, too.
    """
    largest, together, ended = [0], [0], threading.Event()

    def watch() -> None:
        while not ended.wait(EVERY):
            for process in (found := list(_processes(group))):
                largest.append(_memory(f"/proc/{process}/status", "VmHWM:"))
            parts = (_memory(f"/proc/{process}/smaps_rollup", "Pss:") for process in found)
            together.append(sum(parts))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield largest, together
    finally:
        ended.set()
        watcher.join()


def _processes(group: int) -> Iterator[str]:
    for process in os.listdir("/proc") if os.path.isdir("/proc") else ():
        if process.isdecimal():
            fields = _text(f"/proc/{process}/stat").rpartition(")")[2].split()
            if len(fields) > 2 and int(fields[2]) == group:
                yield process


def _memory(file: str, name: str) -> int:
    """What a file says of the memory of a process, in bytes."""
    for line in _text(file).splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024
    return 0


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""


def made(folder: Path) -> Made:
    """What stands in a folder."""
    files = [(path.name, path.stat().st_size) for path in folder.rglob("*") if path.is_file()]
    pages = [size for name, size in files if name == "index.html"]
    return Made(len(pages), sum(pages), len(files), sum(size for _, size in files))


def state(folder: Path) -> State:
    """What tells every file of a folder from one that was written anew."""
    found = ((str(path), path.stat()) for path in folder.rglob("*") if path.is_file())
    return {name: (status.st_ino, status.st_mtime_ns) for name, status in found}


def rewritten(before: State, after: State) -> int:
    """How many files were written between two states."""
    return sum(before.get(name) != status for name, status in after.items())
