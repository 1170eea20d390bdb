"""Files under names that tell what is in them: browsers may keep them for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

THEME = Path(__file__).parent / "theme"
FOLDER = "assets/"
_CALLING = (".css", ".js")
"""Endings of files that call others by their names."""


def named(name: str, data: bytes) -> str:
    """The name under which a file is published: `assets/fihrist.css` as `assets/fihrist.3fa9c1d2.css`."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}.{digest(data)}.{ending}"


def digest(data: bytes) -> str:
    """What stands for some data: eight hexadecimal digits."""
    return hashlib.blake2b(data, digest_size=4).hexdigest()


@dataclass(frozen=True)
class Asset:
    """A file as it is published."""

    name: str
    data: bytes


def assets(
    folders: Sequence[Path], settings: Iterable[str], made: Mapping[str, str]
) -> dict[str, Asset]:
    """The theme's files and those that the settings name, by their plain names.

    The first of the folders that has a file gives it. The theme's own scripts and style sheets call the
    others, and what is `made` beside them, by their published names.
    """
    names = dict.fromkeys([*_own(), *(name for name in settings if name.startswith(FOLDER))])
    found = {name: folder for name in names if (folder := _holder(folders, name)) is not None}
    calling = {name for name, folder in found.items() if folder == THEME and _calls(name)}
    kept = {
        name: _asset(name, (found[name] / name).read_bytes()) for name in found.keys() - calling
    }
    known = {**made, **{name: asset.name for name, asset in kept.items()}}
    called = {name: _asset(name, _calling(THEME / name, known)) for name in calling}
    return {name: (called if name in calling else kept)[name] for name in found}


def _own() -> Iterator[str]:
    """The names of the theme's files."""
    files = sorted(file for file in (THEME / FOLDER).rglob("*") if file.is_file())
    yield from (file.relative_to(THEME).as_posix() for file in files)


def _holder(folders: Sequence[Path], name: str) -> Path | None:
    return next((folder for folder in folders if (folder / name).is_file()), None)


def _calls(name: str) -> bool:
    return name.endswith(_CALLING)


def _asset(name: str, data: bytes) -> Asset:
    return Asset(named(name, data), data)


def _calling(file: Path, known: Mapping[str, str]) -> bytes:
    text = file.read_text(encoding="utf-8")
    for name, published in known.items():
        text = text.replace(name.removeprefix(FOLDER), published.removeprefix(FOLDER))
    return text.encode()
