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


def write_or_link(old: Path, folder: Path, name: str, content: str | bytes) -> int:
    """Write a file of the site, or link to the one in the `old` site if it says the same."""
    data = content.encode() if isinstance(content, str) else content
    try:
        with open(f"{old}/{name}", "rb") as file:
            if file.read() != data:
                return write(folder, name, data)
        _make(os.path.dirname(f"{folder}/{name}"))
        os.link(f"{old}/{name}", f"{folder}/{name}")
    except OSError:
        return write(folder, name, data)
    return len(data)


def link_same(old: Path, folder: Path) -> None:
    """Link the files in a folder to those in the `old` one that say the same."""
    for path in folder.rglob("*"):
        before = old / path.relative_to(folder)
        if path.is_file() and before.is_file() and path.read_bytes() == before.read_bytes():
            fresh = path.with_name(f"{path.name}.new")
            try:
                os.link(before, fresh)
            except OSError:
                return  # a file system without links
            os.replace(fresh, path)


def rewrite(folder: Path, name: str, content: str | bytes, beside: Path) -> None:
    """Write a file of a site that is being read: readers get the old one or the new one, whole.

    Until it is whole it stands in a folder `beside` the site.
    """
    fresh = f"{os.getpid()}.new"
    write(beside, fresh, content)
    os.replace(beside / fresh, folder / name)


def _make(folder: str) -> None:
    """Make a folder; most often only the last part of its path is missing."""
    try:
        os.mkdir(folder)
    except FileExistsError:
        return  # another process was first
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)


def write(folder: Path, name: str, content: str | bytes) -> int:
    """Write a file of the site; returns its size in bytes."""
    data = content.encode() if isinstance(content, str) else content
    path = f"{folder}/{name}"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    except FileNotFoundError:
        _make(os.path.dirname(path))
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        written = os.write(descriptor, data)
        while written < len(data):  # a full disk takes a part first, then says so
            written += os.write(descriptor, data[written:])
    finally:
        os.close(descriptor)
    return len(data)
