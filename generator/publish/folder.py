"""A folder that changes as a whole: the previous site stays until the new one is complete."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A new folder beside `folder`, which takes its place if the block ends well.

    What stood at `folder` stays untouched until then, and stays for good if the block fails.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh, old = (folder.parent / f".{folder.name}.{part}" for part in ("new", "old"))
    _recover(folder, old)
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    try:
        yield fresh
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _recover(folder: Path, old: Path) -> None:
    """Put the previous site back if an earlier build was killed between its two renames."""
    if old.exists() and not folder.exists():
        old.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def write(folder: Path, name: str, content: str | bytes) -> int:
    """Write a file of the site; returns its size in bytes."""
    data = content.encode() if isinstance(content, str) else content
    path = f"{folder}/{name}"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        written = os.write(descriptor, data)
        while written < len(data):  # a full disk takes a part first, then says so
            written += os.write(descriptor, data[written:])
    finally:
        os.close(descriptor)
    return len(data)
