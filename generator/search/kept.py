"""What is kept of an index in a folder, so that the next one need not be made from nothing.

Every text is named by its contents, and read only if it still holds them; the state names the others
and is written last. Whatever is torn, or of another version of the program, counts as nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from generator.cache import Cache
from generator.search.files import Block, Index, Shard
from generator.search.parts import Part
from generator.search.synonyms import Synonyms

STATE, WORDS = "state", "words"
TOGETHER = 64
"""Shards that are kept in one file."""

Hashes = tuple[str, ...]
"""Those of the shards in one file."""


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
    """An index with the runs of documents that it was made of.

    `words` are the synonyms by which its documents are found, unless those that are kept already are;
    `shards` are the files of its shards that are kept already, by the hashes of those.
    """

    folder: Path
    index: Index
    runs: Sequence[Run]
    words: Synonyms | None = None
    shards: Mapping[Hashes, str] = field(default_factory=dict)

    @property
    def synonyms(self) -> Synonyms:
        """The synonyms by which its documents are found. Raises TornError."""
        found: Synonyms | None = self.words or Cache(self.folder).get(WORDS)
        if found is None:
            raise TornError(f"{self.folder / WORDS}: torn")
        return found

    def write(self) -> None:
        """Write what is not written yet, then let it count."""
        index = self.index
        shards = dict(self._shards())
        wide = {key: _kept(self.folder, read) for key, read in index.wide.items()}
        state = {
            "language": index.language,
            "documents": index.documents,
            "kinds": index.kinds,
            "runs": [(run.kind, run.urls, run.file) for run in self.runs],
            "shards": shards,
            "shard_files": [(shard.first, shard.hash, shard.size) for shard in index.shards],
            "block_files": [(block.hash, block.size) for block in index.blocks],
            "wide": wide,
            "words": index.words,
            "spelt": (index.spelt.hash, index.spelt.size),
        }
        if self.words is not None:
            Cache(self.folder).put(WORDS, self.words)
        Cache(self.folder).put(STATE, state)
        runs = (run.file for run in self.runs)
        named = {STATE, WORDS, *wide.values(), *shards.values(), *runs}
        for name in os.listdir(self.folder):
            if name not in named:
                os.unlink(self.folder / name)

    def _shards(self) -> Iterator[tuple[Hashes, str]]:
        """The files of the shards, some in each, by the hashes of those."""
        for start in range(0, len(self.index.shards), TOGETHER):
            some = self.index.shards[start : start + TOGETHER]
            hashes = tuple(shard.hash for shard in some)
            yield (
                hashes,
                self.shards.get(hashes)
                or _put(self.folder, "\f".join(shard.lines for shard in some)),
            )


def keep_part(folder: Path, part: Part) -> Run:
    """Keep a part. Processes may do so at the same time."""
    text = json.dumps((part.kind, part.urls, part.shown, part.postings), ensure_ascii=False)
    return Run(part.kind, part.urls, _put(folder, text))


def part_of(folder: Path, run: Run) -> Part:
    """The part of a run. Raises TornError."""
    kind, urls, shown, postings = json.loads(_get(folder, run.file))
    return Part(kind, tuple(urls), shown, postings)


def kept_in(folder: Path, language: str) -> Kept | None:
    """What is kept in a folder, if it is whole and of this version of the program."""
    state = Cache(folder).get(STATE)
    if state is None or state["language"] != language:
        return None
    try:
        return _read(folder, state)
    except (OSError, ValueError):
        return None


def _read(folder: Path, state: Mapping[str, Any]) -> Kept:
    index = Index(
        state["language"],
        state["documents"],
        state["kinds"],
        [
            Shard(first, hash_, size, read)
            for (first, hash_, size), read in zip(
                state["shard_files"], _readers(folder, state["shards"]), strict=True
            )
        ],
        {key: _Postings(folder, file) for key, file in state["wide"].items()},
        [Block(None, *file) for file in state["block_files"]],
        state["words"],
        Block(None, *state["spelt"]),
    )  # fmt: skip
    return Kept(folder, index, [Run(*run) for run in state["runs"]], shards=state["shards"])


@dataclass(frozen=True, slots=True)
class _Postings:
    """Reads the postings of a key that are kept. Raises TornError."""

    folder: Path
    file: str

    def __call__(self) -> str:
        return _get(self.folder, self.file)


def _kept(folder: Path, read: Callable[[], str]) -> str:
    """The file of some postings, kept now unless they are kept already."""
    return read.file if isinstance(read, _Postings) else _put(folder, read())


def _readers(folder: Path, files: Mapping[Hashes, str]) -> Iterator[Callable[[], str]]:
    """What reads each shard; a file is read when one of its shards is, and once."""
    for hashes, file in files.items():
        read = cache(partial(_lines, folder, file))
        for number in range(len(hashes)):
            yield partial(_nth, read, number)


def _lines(folder: Path, file: str) -> list[str]:
    return _get(folder, file).split("\f")


def _nth(read: Callable[[], Sequence[str]], number: int) -> str:
    return read()[number]


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
    try:
        data = (folder / name).read_bytes()
    except OSError:
        data = b""
    if _digest(data) != name:
        raise TornError(f"{folder / name}: torn")
    return data.decode()


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
