"""The index of one language: what each document is found by, cut into small files.

A query needs the manifest, the shards that hold its words, and the blocks that hold the answers
(see `docs/search.md` for the format). Every figure of a document depends on that document alone, so
one edit changes the files of its own words and no others.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from generator.search.analyser import LOOSE, NAME, SLIPS_FROM, Analyser, Keys, analyser
from generator.search.synonyms import Synonyms

Text = tuple[tuple[str, str], ...]
"""Pieces of text, each with the code of its language; a line for each block."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document with a heading of its own; `id` is the heading's anchor."""

    id: str
    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Document:
    """One page as search sees it.

    `url` is relative to the site; `trail` leads to the page. `names` are as good as the title: in
    other languages, and the abbreviation; `aliases` are what else it is called or looked for by.
    """

    url: str
    language: str
    kind: str
    title: Text
    names: tuple[Text, ...]
    aliases: tuple[Text, ...]
    summary: Text
    trail: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """How much a word counts in a part of a document: BM25F's weight, slope and usual length."""

    weight: float
    slope: float
    usual: int


TITLE = Field(9.0, 0.5, 4)
NAMES = Field(6.0, 0.3, 6)
SUMMARY = Field(2.5, 0.4, 24)
HEADING = Field(1.5, 0.5, 16)
BODY = Field(1.0, 0.6, 150)
SATURATION = 4.0
"""BM25's k1: how soon further occurrences of a word stop counting."""

SYNONYM = 4.0
"""What a synonym of a name counts."""
SUSPECT = 0.5
"""Synonyms that weigh less do not count as names."""
WHOLE = 100.0
"""What a whole name counts."""

LEVELS = 20
IN_TEXT, IN_NAMES, IN_TITLE = range(3)
"""Where a word stands; a posting's place."""

DELTAS = "0123456789abcdefghijklmnopqrstuv"
MARKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZwxyz!#$%&'()*+,-./:;<=>?@[]^_`{|}~"
"""Digits of a document number, and the mark that ends it: level and place in one character."""
MARK = {character: mark for mark, character in enumerate(MARKS)}

KNOWN_FROM = 3
"""In how many texts a word stands that slips are mended to."""
_NO_WORD = frozenset(f"{LOOSE}{NAME}0123456789")
CAP = 2500
"""How many documents a key keeps: the best."""
BLOCK = 8
"""Documents in a block."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document made ready: what it is found by, and what is shown of it.

    `keys` has a line for each key, `marks` a character.
    """

    url: str
    kind: str
    keys: str
    marks: str
    shown: str


class Indexer:
    """Makes entries of the documents of one language."""

    def __init__(self, language: str, synonyms: Synonyms) -> None:
        self._own = analyser(language)
        self._synonyms = synonyms

    def __call__(self, document: Document) -> Entry:
        """The entry of a document."""
        counted = _Counted(self._own, self._synonyms)
        counted.near(TITLE, IN_TITLE, [document.title])
        counted.near(NAMES, IN_NAMES, (*document.names, *document.aliases))
        counted.near(SUMMARY, IN_TEXT, [document.summary])
        counted.add(HEADING, IN_TEXT, [section.title for section in document.sections])
        counted.add(BODY, IN_TEXT, [section.text for section in document.sections])
        counted.synonyms(1.0, IN_TEXT, [section.text for section in document.sections], near=False)
        counted.whole(IN_TITLE, (document.title, *document.names))
        counted.whole(IN_NAMES, document.aliases)
        return Entry(
            document.url, document.kind, counted.keys(), counted.marks(), _shown(document)
        )  # fmt: skip


class _Counted:
    """What a document is found by, while its fields are read."""

    def __init__(self, own: Analyser, synonyms: Synonyms) -> None:
        self._own, self._synonyms = own, synonyms
        self._totals: dict[str, float] = defaultdict(float)
        self._places: dict[str, int] = {}

    def add(self, field: Field, place: int, texts: Iterable[Text], near: bool = False) -> float:
        """Count the words of a field. Gives what each of them counts."""
        pieces = [
            _read(line, code, near)
            for text in texts
            for piece, code in text
            for line in piece.split("\n")
        ]
        length = sum(piece.length for piece in pieces)
        unit = field.weight / (1 - field.slope + field.slope * length / field.usual)
        totals, places = self._totals, self._places
        for piece in pieces:
            for key, weight in piece.keys:
                totals[key] += unit * weight
            if place > IN_TEXT:
                for key, _ in piece.keys:
                    places.setdefault(key, place)
        return unit

    def near(self, field: Field, place: int, texts: Sequence[Text]) -> None:
        """Count the words of a field that says what the document is about."""
        unit = self.add(field, place, texts, near=True)
        for text in texts:
            for piece, code in text:
                for key, weight in _read(piece, code, True).loose:
                    self._totals[key] += unit * weight
                    self._places.setdefault(key, place)
        self.synonyms(SYNONYM, IN_NAMES if place == IN_TITLE else IN_TEXT, texts)

    def whole(self, place: int, names: Iterable[Text]) -> None:
        """Whole names, to be found by all of their words and no others."""
        for name in names:
            if key := self._own.name_key(" ".join(text for text, _ in name)):
                self._totals[key] = WHOLE
                self._places.setdefault(key, place)

    def keys(self) -> str:
        """Every key, a line each."""
        return "\n".join(self._totals)

    def marks(self) -> str:
        """The mark of every key: its level, which grows ever slower with what it counts, and its place."""
        place = self._places.get
        return "".join(
            [
                MARKS[int(LEVELS * total / (total + SATURATION)) * 3 + place(key, IN_TEXT)]
                for key, total in self._totals.items()
            ]
        )

    def synonyms(self, unit: float, place: int, texts: Iterable[Text], near: bool = True) -> None:
        """Other words for what some texts say, where the document does not use them itself."""
        for text in texts:
            for piece, code in text:
                for line in piece.split("\n"):
                    for key, weight in self._synonyms.of(_read(line, code, near).stems):
                        if key not in self._totals:
                            self._totals[key] = unit * weight
                            self._places[key] = place if weight > SUSPECT else IN_TEXT


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text that was read.

    `length` counts its words; `keys` have summed weights; `stems` are those of its words in order.
    """

    length: int
    keys: Keys
    stems: tuple[str, ...]
    loose: Keys


@lru_cache(maxsize=50_000)
def _read(text: str, language: str, near: bool) -> _Piece:
    """Read a text, its stop words and loose keys too if it is `near` the title; pages share texts."""
    reads = analyser(language)
    words = reads.words(text)
    totals: dict[str, float] = defaultdict(float)
    for word, count in Counter(words).items():
        if near or not reads.is_stop(word):
            for key, weight in reads.keys(word):
                totals[key] += weight * count
    return _Piece(
        len(words),
        tuple(totals.items()),
        tuple(map(reads.stem, words)),
        tuple(key for word in words for key in reads.loose_keys(word)) if near else (),
    )


def _shown(document: Document) -> str:
    """What an answer shows of a document, as JSON."""
    language = document.language

    def pieces(text: Text) -> str | list[Any]:
        if all(code == language for _, code in text):
            return " ".join(piece.replace("\n", " ") for piece, _ in text)
        return [[piece.replace("\n", " "), *(code,) * (code != language)] for piece, code in text]

    record = [
        document.url,
        pieces(document.title),
        list(document.trail),
        pieces(_cut(document.summary, SUMMARY_LENGTH)),
        [[s.id, pieces(s.title), pieces(_cut(s.text, SECTION_LENGTH))] for s in document.sections],
    ]
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


SUMMARY_LENGTH = 240
SECTION_LENGTH = 160


def _cut(text: Text, limit: int) -> Text:
    kept: list[tuple[str, str]] = []
    for piece, code in text:
        if len(piece) > limit:
            shorter = piece[:limit].rsplit(" ", 1)[0] + "…"
            return (*kept, (shorter, code))
        kept.append((piece, code))
        limit -= len(piece)
    return tuple(kept)


def files(
    language: str, entries: Sequence[Entry], suggested: Sequence[int]
) -> Iterator[tuple[str, str]]:
    """Names and texts of the files of an index. Entries of a kind must stand together.

    `suggested` are the numbers of the documents to offer before anything is typed.
    """
    postings = _postings(entries)
    shards = list(_shards(postings, len(entries)))
    blocks = [
        "[" + ",".join(e.shown for e in entries[i : i + BLOCK]) + "]"
        for i in range(0, len(entries), BLOCK)
    ]
    words = _front_coded(sorted(_known(postings, analyser(language))))
    names: list[str] = []
    total = 0

    def named(stem: str, text: str) -> tuple[str, str]:
        nonlocal total
        hash_ = _hash(text)
        names.append(f"{stem}.{hash_}.js")
        total += len(text.encode())
        return names[-1], f"__sx({json.dumps(f'{language}/{stem}')},{text})\n"

    for i, (_, lines) in enumerate(shards):
        yield named(f"t{i}", json.dumps("\n".join(lines), ensure_ascii=False))
    for i, block in enumerate(blocks):
        yield named(f"d{i}", block)
    yield named("f", json.dumps(words, ensure_ascii=False))
    hashes = [name.split(".")[1] for name in names]
    manifest = {
        "documents": len(entries),
        "kinds": _kinds(entries),
        "shards": " ".join(first for first, _ in shards),
        "hashes": "".join(hashes),
        "suggested": list(suggested),
    }
    text = json.dumps(manifest, ensure_ascii=False, separators=(",", ":"))
    yield "m.js", f"__sx({json.dumps(f'{language}/m')},{text})\n"
    yield "files.json", json.dumps({"files": ["m.js", *names], "bytes": total + len(text)})


def _kinds(entries: Sequence[Entry]) -> list[tuple[str, int]]:
    """Each kind with the number of its first document."""
    first: dict[str, int] = {}
    for i, entry in enumerate(entries):
        first.setdefault(entry.kind, i)
    return list(first.items())


def _postings(entries: Sequence[Entry]) -> dict[str, list[int]]:
    """Each key with its documents: `number * 60 + mark`."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        base = number * len(MARKS)
        for key, mark in zip(entry.keys.split("\n"), entry.marks, strict=True):
            found[key].append(base + MARK[mark])
    return found


def _shards(postings: Mapping[str, list[int]], documents: int) -> Iterator[tuple[str, list[str]]]:
    """First key and lines of every shard.

    A shard ends where the hash of a key says so, and not after so many keys: a new key changes one
    shard, not all that follow.
    """
    every = _keys_per_shard(documents)
    first = ""
    lines: list[str] = []
    for key in sorted(postings):
        if lines and zlib.crc32(key.encode()) % every == 0:
            yield first, lines
            lines = []
        if not lines:
            first = key
        lines.append(_line(key, postings[key]))
    if lines:
        yield first, lines


def _keys_per_shard(documents: int) -> int:
    every = 1024
    while every > 64 and every * documents > 262_144:
        every //= 2
    return every


def _line(key: str, found: list[int]) -> str:
    """`key postings`, or `key total postings` if only the best documents are kept."""
    count = ""
    if len(found) > CAP:
        count = f"{len(found)} "
        found = sorted(sorted(found, key=lambda x: (-(x % 60 // 3 + x % 3 * 20), x))[:CAP])
    parts, last = [], -1
    for packed in found:
        number, mark = divmod(packed, 60)
        parts.append(_coded(number - last - 1, mark))
        last = number
    return f"{key} {count}{''.join(parts)}"


@lru_cache(maxsize=100_000)
def _coded(delta: int, mark: int) -> str:
    digits = ""
    while delta:
        delta, digit = divmod(delta, 32)
        digits = DELTAS[digit] + digits
    return digits + MARKS[mark]


def _known(postings: Mapping[str, list[int]], reads: Analyser) -> set[str]:
    """The words that a slip is mended to: those of names, and those that several texts have."""
    known = {
        key
        for key, found in postings.items()
        if len(key) >= SLIPS_FROM
        and key[0] not in _NO_WORD
        and (len(found) >= KNOWN_FROM or any(mark % 60 % 3 for mark in found))
    }
    return known | {british for british, american in reads.spelt.items() if american in known}


def _front_coded(words: list[str]) -> str:
    """Sorted words, each as the length of what it shares with the one before (base 32) and the rest."""
    parts, last = [], ""
    for word in words:
        shared = 0
        while shared < min(len(last), len(word), 31) and last[shared] == word[shared]:
            shared += 1
        parts.append(DELTAS[shared] + word[shared:])
        last = word
    return " ".join(parts)


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=3).hexdigest()
