"""What each document of an index is found by, and what is shown of it.

Every figure of a document depends on that document alone, so one edit changes the files of its own
words and no others (see `files.py`).
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.search.analyser import Analyser, Keys, analyser
from generator.search.postings import LEVELS, MARK, MARKS
from generator.search.synonyms import Stems, Synonyms

_UNMARKED = re.compile(r"(?<![.!?:؟؛…])\n")

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
    What a page is about that has `ended` stands behind what people can still have.
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
    ended: bool = False


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
ENDED = 0.3
"""What is left of the words of a page about something that has ended; its whole names keep all."""

IN_TEXT, IN_NAMES, IN_TITLE = range(3)
"""Where a word stands; a posting's place."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document made ready: what it is found by, and what is shown of it.

    `keys` has a line for each key, `marks` a character; `shown` is one line of JSON.
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
        self._alike = lru_cache(maxsize=5_000)(
            lambda text, near: synonyms.of(_read(text, near).stems)
        )

    def __call__(self, document: Document) -> Entry:
        """The entry of a document."""
        counted = _Counted(self._own, self._alike)
        counted.near(TITLE, IN_TITLE, [document.title])
        counted.near(NAMES, IN_NAMES, (*document.names, *document.aliases))
        counted.near(SUMMARY, IN_TEXT, [document.summary])
        texts = [section.text for section in document.sections]
        counted.add(HEADING, [_read(section.title, False) for section in document.sections])
        counted.add(BODY, [_read(text, False) for text in texts])
        counted.synonyms(1.0, IN_TEXT, texts, near=False)
        if document.ended:
            counted.fade(ENDED)
        counted.whole(IN_TITLE, (document.title, *document.names))
        counted.whole(IN_NAMES, document.aliases)
        return Entry(
            document.url, document.kind, counted.keys(), counted.marks(), _shown(document)
        )  # fmt: skip


class _Marks(dict[float, str]):
    """The marks of what a key counts, in the text; a document has few different ones."""

    def __missing__(self, total: float) -> str:
        self[total] = MARKS[int(LEVELS * total / (total + SATURATION)) * 3]
        return self[total]


class _Counted:
    """What a document is found by, while its fields are read."""

    def __init__(self, own: Analyser, alike: Callable[[Text, bool], Keys]) -> None:
        self._own, self._alike = own, alike
        self._totals: dict[str, float] = defaultdict(float)
        self._places: dict[str, int] = {}

    def add(self, field: Field, pieces: Sequence[_Piece]) -> float:
        """Count the words of a field. Gives what each of them counts."""
        length = sum(piece.length for piece in pieces)
        unit = field.weight / (1 - field.slope + field.slope * length / field.usual)
        totals = self._totals
        for piece in pieces:
            for key, weight in piece.keys:
                totals[key] += unit * weight
        return unit

    def near(self, field: Field, place: int, texts: Sequence[Text]) -> None:
        """Count the words of a field that says what the document is about."""
        pieces = [_read(text, True) for text in texts]
        unit = self.add(field, pieces)
        if place > IN_TEXT:
            self._stand(place, (key for piece in pieces for key, _ in piece.keys))
        for piece in pieces:
            for key, weight in piece.loose:
                self._totals[key] += unit * weight
            self._stand(place, (key for key, _ in piece.loose))
        self.synonyms(SYNONYM, IN_NAMES if place == IN_TITLE else IN_TEXT, texts, near=True)

    def _stand(self, place: int, keys: Iterable[str]) -> None:
        for key in keys:
            self._places.setdefault(key, place)

    def fade(self, rest: float) -> None:
        """Let everything that was counted count less."""
        for key in self._totals:
            self._totals[key] *= rest

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
        marks = dict(
            zip(self._totals, map(_Marks().__getitem__, self._totals.values()), strict=True)
        )
        for key, place in self._places.items():
            marks[key] = MARKS[MARK[marks[key]] + place]
        return "".join(marks.values())

    def synonyms(self, unit: float, place: int, texts: Iterable[Text], near: bool) -> None:
        """Other words for what some texts say, where the document does not use them itself."""
        for text in texts:
            for key, weight in self._alike(text, near):
                if key not in self._totals:
                    self._totals[key] = unit * weight
                    self._places[key] = place if weight > SUSPECT else IN_TEXT


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text that was read.

    `length` counts its words; `keys` have summed weights; `stems` are those of its words in order,
    line by line.
    """

    length: int
    keys: Keys
    stems: tuple[Stems, ...]
    loose: Keys


@lru_cache(maxsize=5_000)
def _read(text: Text, near: bool) -> _Piece:
    """Read a text, its stop words and loose keys too if it is `near` the title; pages share texts."""
    lines = [_line(line, code, near) for piece, code in text for line in piece.split("\n")]
    if len(lines) == 1:
        return lines[0]
    totals: dict[str, float] = defaultdict(float)
    for line in lines:
        for key, weight in line.keys:
            totals[key] += weight
    return _Piece(
        sum(line.length for line in lines),
        tuple(totals.items()),
        tuple(stems for line in lines for stems in line.stems),
        tuple(key for line in lines for key in line.loose),
    )


@lru_cache(maxsize=5_000)
def _line(line: str, language: str, near: bool) -> _Piece:
    reads = analyser(language)
    words = reads.words(line)
    totals: dict[str, float] = defaultdict(float)
    stems = []
    for keys, stem, is_stop in map(reads.word, words):
        stems.append(stem)
        if near or not is_stop:
            for key, weight in keys:
                totals[key] += weight
    return _Piece(
        len(words),
        tuple(totals.items()),
        (tuple(stems),),
        tuple(key for word in words for key in reads.loose_keys(word)) if near else (),
    )


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _shown(document: Document) -> str:
    """What an answer shows of a document, as JSON."""
    language = document.language
    summary = _pieces(_cut(document.summary, SUMMARY_LENGTH), language)
    parts = ",".join([_section_shown(section, language) for section in document.sections])
    return (
        f"[{_json(document.url)},{_pieces(document.title, language)},{_trail_shown(document.trail)},"
        f"{summary},[{parts}]]"
    )


@lru_cache(maxsize=1000)
def _trail_shown(trail: tuple[str, ...]) -> str:
    return _json(trail)


@lru_cache(maxsize=5_000)
def _section_shown(section: Section, language: str) -> str:
    text = _pieces(_cut(section.text, SECTION_LENGTH), language)
    return f"[{_json(section.id)},{_pieces(section.title, language)},{text}]"


def _pieces(text: Text, language: str) -> str:
    """A text of the reader's language as a string; otherwise its pieces, with the language of each."""
    if all(code == language for _, code in text):
        return _json(" ".join([_one_line(piece) for piece, _ in text]))
    return _json([(_one_line(piece), *(code,) * (code != language)) for piece, code in text])


def _one_line(piece: str) -> str:
    """The blocks of a text in one line, a dot between those that end without a mark of their own."""
    return _UNMARKED.sub(" · ", piece).replace("\n", " ") if "\n" in piece else piece


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
