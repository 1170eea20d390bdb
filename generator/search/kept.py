"""What is kept of an index in a folder, so that the next one need not be made from nothing.

Every file is named by its contents, and read only if it still holds them; `state.json` names the
others and is written last. Whatever is torn, or of another version of the program, counts as nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator.search.files import Block, Index, Shard
from generator.search.parts import Part
from generator.search.synonyms import Groups

STATE = "state.json"


class TornError(ValueError):
    """A kept file does not hold what it should."""


@dataclass(frozen=True, slots=True)
class Run:
    """A part that is kept: its documents, and its file."""

    kind: str
    urls: tuple[str, ...]
    file: str


@dataclass(frozen=True)
class Kept:
    """An index with what it was made of: runs of documents, and groups of synonyms."""

    folder: Path
    index: Index
    runs: Sequence[Run]
    groups_file: str

    @property
    def groups(self) -> Groups:
        """The groups of synonyms. Raises TornError."""
        groups = json.loads(_get(self.folder, self.groups_file))
        return tuple((tuple(phrases), trust) for phrases, trust in groups)

    def write(self) -> None:
        """Write what is not written yet, then let it count."""
        index = self.index
        state = {
            "version": _version(),
            "language": index.language,
            "documents": index.documents,
            "kinds": index.kinds,
            "runs": [(run.kind, run.urls, run.file) for run in self.runs],
            "groups": self.groups_file,
            "shards": _put(self.folder, "\f".join(shard.lines for shard in index.shards)),
            "shard_files": [(shard.hash, shard.size) for shard in index.shards],
            "block_files": [(block.hash, block.size) for block in index.blocks],
            "wide": _put(self.folder, "\n".join(f"{k} {found}" for k, found in index.wide.items())),
            "words": " ".join(index.words),
        }
        text = json.dumps(state, ensure_ascii=False)
        fresh = self.folder / f"{STATE}.new"
        fresh.write_text(f"{_digest(text.encode())}\n{text}", encoding="utf-8", newline="\n")
        os.replace(fresh, self.folder / STATE)
        named = {STATE, self.groups_file, state["shards"], state["wide"]}
        named |= {run.file for run in self.runs}
        for name in os.listdir(self.folder):
            if name not in named:
                os.unlink(self.folder / name)


def keep_part(folder: Path, part: Part) -> Run:
    """Keep a part. Processes may do so at the same time."""
    text = json.dumps((part.kind, part.urls, part.shown, part.postings), ensure_ascii=False)
    return Run(part.kind, part.urls, _put(folder, text))


def part_of(folder: Path, run: Run) -> Part:
    """The part of a run. Raises TornError."""
    kind, urls, shown, postings = json.loads(_get(folder, run.file))
    return Part(kind, tuple(urls), shown, postings)


def keep_groups(folder: Path, groups: Groups) -> str:
    """Keep groups of synonyms; gives the name of their file."""
    return _put(folder, json.dumps(groups, ensure_ascii=False))


def kept_in(folder: Path, language: str) -> Kept | None:
    """What is kept in a folder, if it is whole and of this version of the program."""
    try:
        digest, _, text = (folder / STATE).read_text(encoding="utf-8").partition("\n")
        state = json.loads(text) if digest == _digest(text.encode()) else {}
        if (state.get("version"), state.get("language")) != (_version(), language):
            return None
        return _read(folder, state)
    except (OSError, ValueError):
        return None


def _read(folder: Path, state: Mapping[str, Any]) -> Kept:
    shards = _get(folder, state["shards"]).split("\f")
    wide = _get(folder, state["wide"])
    index = Index(
        state["language"],
        state["documents"],
        [(kind, first) for kind, first in state["kinds"]],
        [
            Shard(lines, *file)
            for lines, file in zip(shards, state["shard_files"], strict=True)
        ],
        dict(line.split(" ") for line in wide.split("\n")) if wide else {},
        [Block(None, *file) for file in state["block_files"]],
        state["words"].split(),
    )  # fmt: skip
    runs = [Run(kind, tuple(urls), file) for kind, urls, file in state["runs"]]
    return Kept(folder, index, runs, state["groups"])


def _put(folder: Path, text: str) -> str:
    """Keep a text; gives the name of its file."""
    data = text.encode()
    name = _digest(data)
    path = folder / name
    if not path.exists() or path.read_bytes() != data:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f"{name}.{os.getpid()}"
        fresh.write_bytes(data)
        os.replace(fresh, path)
    return name


def _get(folder: Path, name: str) -> str:
    data = (folder / name).read_bytes()
    if _digest(data) != name:
        raise TornError(f"{folder / name}: torn")
    return data.decode()


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


@lru_cache
def _version() -> str:
    """The version of all that an index depends on beside its documents: this package."""
    files = sorted(f for f in Path(__file__).parent.iterdir() if f.suffix in (".py", ".yaml"))
    return _digest(b"\0".join(file.read_bytes() for file in files))
