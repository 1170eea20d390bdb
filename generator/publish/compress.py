"""Compressed companions of the files of a site, for web servers that send them as they are."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import brotli

from generator import parallel
from generator.publish.folder import write

_TEXTS = (".css", ".html", ".js", ".json", ".map", ".svg", ".txt", ".xml")
_WAYS: dict[str, Callable[[bytes], bytes]] = {
    ".br": partial(brotli.compress, mode=brotli.MODE_TEXT, quality=7),
    ".gz": partial(gzip.compress, compresslevel=6, mtime=0),
}
"""How a companion is made, by the ending of its name. More effort costs more than it saves."""
LEAST, PAYS = 300, 0.9
"""The bytes from which a file has companions, and how much of it one may have to be of use."""
_BATCH = 100


def companions(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the companions of a file, where they pay."""
    if name.endswith(_TEXTS) and len(data) >= LEAST:
        for ending, compressed in _WAYS.items():
            made = compressed(data)
            if len(made) <= PAYS * len(data):
                yield f"{name}{ending}", made


def accompanied(names: Iterable[str]) -> Iterator[str]:
    """Names of files, and those that their companions have."""
    return (f"{name}{ending}" for name in names for ending in ("", *_WAYS))


def accompany(
    folder: Path, name: str, data: bytes, put: Callable[[Path, str, bytes], None]
) -> Sequence[str]:
    """Write the companions of a file of a site that stands; gives their names."""
    made = dict(companions(name, data))
    for other in accompanied([name]):
        if other in made:
            put(folder, other, made[other])
        elif other != name:
            (folder / other).unlink(missing_ok=True)
    return tuple(made)


def compress(folder: Path, old: Path | None, jobs: int, say: Callable[[str], None]) -> None:
    """Write the companions of all files in a folder.

    Files that are linked to those of an `old` site have links to their companions there.
    """
    names = sorted(_texts(folder))
    batches = [names[start : start + _BATCH] for start in range(0, len(names), _BATCH)]
    done = parallel.each(_Compressor(folder, old), batches, jobs, 1)
    for number, _ in enumerate(done):
        if number * 10 // len(batches) < (number + 1) * 10 // len(batches):
            say(f"compressed {min((number + 1) * _BATCH, len(names))} of {len(names)} files")


def _texts(folder: Path) -> Iterator[str]:
    """The names of the files that may have companions."""
    for path, _, names in os.walk(folder):
        within = os.path.relpath(path, folder)
        yield from (os.path.normpath(f"{within}/{n}") for n in names if n.endswith(_TEXTS))


class _Compressor:
    """Writes or links the companions of some files."""

    def __init__(self, folder: Path, old: Path | None) -> None:
        self.folder, self.old = folder, old

    def __call__(self, names: Sequence[str]) -> None:
        for name in names:
            if self.old is None or not self._link(self.old, name):
                for companion in companions(name, (self.folder / name).read_bytes()):
                    write(self.folder, *companion)

    def _link(self, old: Path, name: str) -> bool:
        """Link the companions that the same file has in the old site; tells whether it has all."""
        _, *others = accompanied([name])
        try:
            if not os.path.samefile(old / name, self.folder / name):
                return False
            if not all((old / other).is_file() for other in others):
                return False
            for other in others:
                os.link(old / other, self.folder / other)
        except OSError:
            return False
        return True
