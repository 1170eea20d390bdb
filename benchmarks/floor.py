"""The floor under a build: the time that its files take to write, whatever is in them."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path

from generator.publish.folder import write

File = tuple[str, int]


def files_of(site: Path) -> list[File]:
    """Names and sizes of the files of a site."""
    return [
        (path.relative_to(site).as_posix(), path.stat().st_size)
        for path in sorted(site.rglob("*"))
        if path.is_file()
    ]


def seconds(files: Sequence[File], folder: Path, processes: int) -> float:
    """How long it takes to write as many files of these sizes, as deep, into a new folder."""
    data = os.urandom(max(size for _, size in files))
    shares = [files[i::processes] for i in range(processes)]
    os.sync()
    started = time.perf_counter()
    workers = [
        get_context("fork").Process(target=_write, args=(folder, share, data)) for share in shares
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return time.perf_counter() - started


def _write(folder: Path, files: Sequence[File], data: bytes) -> None:
    view = memoryview(data)
    for name, size in files:
        write(folder, name, bytes(view[:size]))
