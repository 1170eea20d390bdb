"""A folder of what one build keeps for the next. It may be deleted at any time.

Every file begins with a digest of its contents and of the program that wrote it: whatever is torn, or
of another program, counts as nothing.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO
from zlib import ZLIB_RUNTIME_VERSION

Stamp = tuple[int, int]
"""When a file was written last, in nanoseconds, and its size in bytes."""

PROGRAM = Path(__file__).parent
_DIGEST = 16


class Cache:
    """What is kept in a folder, by name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, name: str) -> Any:
        """What was put under a name by this program, or None."""
        try:
            data = (self.folder / name).read_bytes()
        except OSError:
            return None
        if data[:_DIGEST] != _digest(data[_DIGEST:]):
            return None
        return pickle.loads(data[_DIGEST:])

    def put(self, name: str, value: Any) -> None:
        """Keep a value under a name: all of it or nothing."""
        data = pickle.dumps(value, 5)
        with _replacing(self.folder / name) as file:
            file.write(_digest(data) + data)

    def put_each(self, name: str, values: Iterable[tuple[str, Any]]) -> None:
        """Keep values by key under a name, so that one can be read without the others."""
        places: dict[str, tuple[int, int, bytes]] = {}
        start = 0
        with _replacing(self.folder / f"{name}.data") as file:
            for key, value in values:
                data = pickle.dumps(value, 5)
                file.write(data)
                places[key] = start, len(data), _digest(data)
                start += len(data)
        self.put(name, places)

    def getter(self, name: str) -> Callable[[str], Any]:
        """Gives the values that were put under a name by their keys, or None."""
        places: dict[str, tuple[int, int, bytes]] = self.get(name) or {}
        path = self.folder / f"{name}.data"

        def value(key: str) -> Any:
            start, length, digest = places.get(key, (0, 0, b""))
            try:
                with open(path, "rb") as file:
                    file.seek(start)
                    data = file.read(length)
            except OSError:
                return None
            return pickle.loads(data) if data and _digest(data) == digest else None

        return value

    def tidy(self) -> None:
        """Remove what builds that were killed have left."""
        for file in self.folder.glob("*.new"):
            file.unlink(missing_ok=True)

    def forget(self, name: str) -> None:
        """Keep nothing under a name."""
        (self.folder / name).unlink(missing_ok=True)


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its place when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    with open(fresh, "wb") as file:
        yield file
    os.replace(fresh, path)


def stamps(root: Path, *names: str) -> dict[str, Stamp]:
    """The stamp of every file under some names in a folder, by its path relative to the folder."""
    found: dict[str, Stamp] = {}
    for name in names:
        path = f"{root}/{name}"
        if os.path.isdir(path):
            found.update(_stamps(path, name))
        elif os.path.exists(path):
            found[name] = stamp(os.stat(path))
    return found


def stamp(status: os.stat_result) -> Stamp:
    """The stamp of a file."""
    return status.st_mtime_ns, status.st_size


def _stamps(folder: str, name: str) -> Iterator[tuple[str, Stamp]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name == "__pycache__":
                continue
            if entry.is_dir():
                yield from _stamps(entry.path, f"{name}/{entry.name}")
                continue
            with suppress(FileNotFoundError):  # gone meanwhile, or a lock that leads nowhere
                yield f"{name}/{entry.name}", stamp(entry.stat())


@cache
def program() -> bytes:
    """What stands for the program as it is: its files, its libraries, and Python."""
    files = sorted(stamps(PROGRAM.parent, PROGRAM.name).items())
    return hashlib.blake2b(
        repr((sys.version, ZLIB_RUNTIME_VERSION, _libraries(), files)).encode()
    ).digest()


@cache
def _libraries() -> list[str]:
    """Names and versions of all that is installed: their folders have them."""
    folders = (path for path in sys.path if os.path.isdir(path) and os.access(path, os.R_OK))
    names = chain.from_iterable(map(os.listdir, folders))
    return sorted(name for name in names if name.endswith((".dist-info", ".egg-info")))


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST, key=program()).digest()
