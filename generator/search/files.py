"""The index of one language, cut into small files.

A query needs the manifest, the shards that hold its words, and the blocks that hold the answers
(see `docs/search.md` for the format).
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from generator.search.analyser import LOOSE, NAME, SLIPS_FROM, Analyser, analyser
from generator.search.parts import Part
from generator.search.postings import DELTAS, MARKS, best, digits, marks

KNOWN_FROM = 3
"""In how many texts a word stands that slips are mended to."""
_NO_WORD = frozenset(f"{LOOSE}{NAME}0123456789")
_NAMED = re.compile("[" + re.escape("".join(m for i, m in enumerate(MARKS) if i % 3)) + "]")
CAP = 2500
"""How many documents a key keeps: the best."""
KEYS, FULL = 512, 12_000
"""Keys in a shard on average, and the characters after which it ends at once."""
BLOCK = 8
"""Documents in a block."""

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def hashed(text: str) -> tuple[str, int]:
    """The hash of a text in the name of its file, and its size in bytes."""
    data = text.encode()
    return hashlib.blake2b(data, digest_size=3).hexdigest(), len(data)


@dataclass(frozen=True, slots=True)
class Shard:
    """Keys in order, a line each as it is published, with the hash and size of the file.

    `read` gives the lines, `first` is the first key.
    """

    first: str
    hash: str
    size: int
    read: Callable[[], str]

    @classmethod
    def of(cls, lines: Iterable[str]) -> Shard:
        """The shard of some lines."""
        text = "\n".join(lines)
        return cls(text.partition(" ")[0], *hashed(_json(text)), lambda: text)

    @property
    def lines(self) -> str:
        """Its lines."""
        return self.read()

    @property
    def text(self) -> str:
        """What the file holds."""
        return _json(self.lines)


@dataclass(frozen=True, slots=True)
class Block:
    """What is shown of some documents, or words; `text` is None if the block was published before."""

    text: str | None
    hash: str
    size: int

    @classmethod
    def of(cls, shown: Iterable[str]) -> Block:
        """The block of some documents, a line each, so that one can be read without the others."""
        text = "[\n" + ",\n".join(shown) + "\n]"
        return cls(text, *hashed(text))

    @classmethod
    def of_words(cls, words: Sequence[str]) -> Block:
        """The block of the words, in order, that slips are mended to."""
        text = _json(_front_coded(words))
        return cls(text, *hashed(text))


@dataclass(frozen=True)
class Index:
    """An index as it is published.

    `kinds` has each kind with the number of its first document; `wide` reads all postings of the keys of
    which a shard keeps the best; `words` are those that slips are mended to, `spelt` is their block.
    """

    language: str
    documents: int
    kinds: Sequence[tuple[str, int]]
    shards: Sequence[Shard]
    wide: Mapping[str, Callable[[], str]]
    blocks: Sequence[Block]
    words: Sequence[str]
    spelt: Block

    def files(
        self, suggested: Sequence[int], published: Container[str] = ()
    ) -> Iterator[tuple[str, str]]:
        """Names and texts of the files but for those that were `published` before.

        `suggested` are the numbers of the documents to offer before anything is typed.
        """
        found = self._pieces
        names = list(self.names())
        for name, piece in zip(names, found, strict=True):
            if name not in published and piece.text is not None:
                yield name, self._called(name.partition(".")[0], piece.text)
        manifest = _json(
            {
                "documents": self.documents,
                "kinds": self.kinds,
                "shards": " ".join(shard.first for shard in self.shards),
                "hashes": "".join(name.split(".")[1] for name in names),
                "suggested": list(suggested),
            }
        )
        yield "m.js", self._called("m", manifest)
        size = len(manifest.encode()) + sum(piece.size for piece in found)
        yield "files.json", json.dumps({"files": ["m.js", *names], "bytes": size})

    @property
    def version(self) -> str:
        """What stands for all files together: eight hexadecimal digits."""
        pieces = "\n".join(piece.hash for piece in self._pieces)
        return hashlib.blake2b(pieces.encode(), digest_size=4).hexdigest()

    @property
    def _pieces(self) -> tuple[Shard | Block, ...]:
        return (*self.shards, *self.blocks, self.spelt)

    def names(self) -> Iterator[str]:
        """The names of the files that are named by what they hold."""
        yield from (f"t{i}.{shard.hash}.js" for i, shard in enumerate(self.shards))
        yield from (f"d{i}.{block.hash}.js" for i, block in enumerate(self.blocks))
        yield f"f.{self.spelt.hash}.js"

    def _called(self, stem: str, text: str) -> str:
        return f"__sx({json.dumps(f'{self.language}/{stem}')},{text})\n"


def files(
    language: str, parts: Iterable[Part], suggested: Sequence[int]
) -> Iterator[tuple[str, str]]:
    """Names and texts of the files of an index of some parts; those of a kind stand together."""
    yield from index_of(language, parts).files(suggested)


def index_of(language: str, parts: Iterable[Part]) -> Index:
    """The index of some parts; those of a kind stand together."""
    kinds, shown, postings = _merged(parts)
    words = sorted(_known(postings, analyser(language)))
    common = wide(postings)
    lines = (line(key, postings.pop(key)) for key in sorted(postings))
    return Index(
        language,
        len(shown),
        kinds,
        list(map(Shard.of, cut(lines))),
        common,
        [Block.of(shown[i : i + BLOCK]) for i in range(0, len(shown), BLOCK)],
        words,
        Block.of_words(words),
    )


def _merged(parts: Iterable[Part]) -> tuple[list[tuple[str, int]], list[str], dict[str, str]]:
    """Each kind with the number of its first document, what is shown of each, and the postings of each key.

    What postings are joined from goes away meanwhile, for it takes most room.
    """
    kinds: dict[str, int] = {}
    shown: list[str] = []
    found: dict[str, list[str]] = defaultdict(list)
    last: dict[str, int] = {}
    for part in parts:
        start = len(shown)
        kinds.setdefault(part.kind, start)
        for line in part.postings.split("\n"):
            key, first, end, postings = line.split(" ")
            found[key].append(digits(start + int(first) - last.get(key, -1) - 1) + postings)
            last[key] = start + int(end)
        shown += part.shown.split("\n")
    return list(kinds.items()), shown, {key: "".join(found.pop(key)) for key in tuple(found)}


def cut(lines: Iterable[str]) -> Iterator[list[str]]:
    """The lines of each shard.

    A shard ends where the hash of a key says so, or else when it is full: what one document changes
    moves no end beyond the next hash that says so.
    """
    kept: list[str] = []
    size = 0
    for each in lines:
        if kept and ends_before(each, size):
            yield kept
            kept, size = [], 0
        kept.append(each)
        size += len(each)
    if kept:
        yield kept


def ends_before(line: str, size: int) -> bool:
    """Whether a shard whose lines have `size` characters ends before a line."""
    return size > FULL or zlib.crc32(line.partition(" ")[0].encode()) % KEYS == 0


def is_wide(postings: str) -> bool:
    """Whether a key has more documents than a shard keeps."""
    return len(postings) > CAP and len(marks(postings)) > CAP


def wide(postings: Mapping[str, str]) -> dict[str, Callable[[], str]]:
    """What reads the postings of the keys that are wide."""
    return {key: partial(str, found) for key, found in postings.items() if is_wide(found)}


def line(key: str, postings: str) -> str:
    """`key postings`, or `key total postings` if only the best documents are kept."""
    if is_wide(postings):
        return f"{key} {len(marks(postings))} {best(postings, CAP)}"
    return f"{key} {postings}"


def is_known(key: str, postings: str) -> bool:
    """Whether slips are mended to a key: a word of a name, or one that several texts have."""
    if len(key) < SLIPS_FROM or key[0] in _NO_WORD:
        return False
    return bool(_NAMED.search(postings)) or len(marks(postings)) >= KNOWN_FROM


def _known(postings: Mapping[str, str], reads: Analyser) -> set[str]:
    """The words that slips are mended to, in both English spellings."""
    known = {key for key, found in postings.items() if is_known(key, found)}
    return known | {british for british, american in reads.spelt.items() if american in known}


def _front_coded(words: Sequence[str]) -> str:
    """Sorted words, each as the length of what it shares with the one before (base 32) and the rest."""
    parts, last = [], ""
    for word in words:
        shared, most = 0, min(len(last), len(word), 31)
        while shared < most and last[shared] == word[shared]:
            shared += 1
        parts.append(DELTAS[shared] + word[shared:])
        last = word
    return " ".join(parts)
