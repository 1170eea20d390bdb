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
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

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


def files(
    language: str, parts: Sequence[Part], suggested: Sequence[int]
) -> Iterator[tuple[str, str]]:
    """Names and texts of the files of an index. Parts of a kind must stand together.

    `suggested` are the numbers of the documents to offer before anything is typed.
    """
    documents = sum(len(part.urls) for part in parts)
    postings = _merged(parts)
    shards = list(_shards(postings))
    shown = list(chain.from_iterable(part.shown.split("\n") for part in parts))
    words = _front_coded(sorted(_known(postings, analyser(language))))
    names: list[str] = []
    total = 0

    def named(stem: str, text: str) -> tuple[str, str]:
        nonlocal total
        data = text.encode()
        names.append(f"{stem}.{_hash(data)}.js")
        total += len(data)
        return names[-1], f"__sx({json.dumps(f'{language}/{stem}')},{text})\n"

    for i, (_, lines) in enumerate(shards):
        yield named(f"t{i}", json.dumps("\n".join(lines), ensure_ascii=False))
    for i in range(0, documents, BLOCK):
        yield named(f"d{i // BLOCK}", _block(shown[i : i + BLOCK]))
    yield named("f", json.dumps(words, ensure_ascii=False))
    hashes = [name.split(".")[1] for name in names]
    manifest = {
        "documents": documents,
        "kinds": _kinds(parts),
        "shards": " ".join(first for first, _ in shards),
        "hashes": "".join(hashes),
        "suggested": list(suggested),
    }
    text = json.dumps(manifest, ensure_ascii=False, separators=(",", ":"))
    yield "m.js", f"__sx({json.dumps(f'{language}/m')},{text})\n"
    yield "files.json", json.dumps({"files": ["m.js", *names], "bytes": total + len(text)})


def _block(shown: Sequence[str]) -> str:
    """What is shown of some documents, a line each, so that one can be read without the others."""
    return "[\n" + ",\n".join(shown) + "\n]"


def _kinds(parts: Sequence[Part]) -> list[tuple[str, int]]:
    """Each kind with the number of its first document."""
    first: dict[str, int] = {}
    number = 0
    for part in parts:
        first.setdefault(part.kind, number)
        number += len(part.urls)
    return list(first.items())


def _merged(parts: Sequence[Part]) -> dict[str, str]:
    """Each key with its postings."""
    found: dict[str, list[str]] = defaultdict(list)
    last: dict[str, int] = {}
    start = 0
    for part in parts:
        for line in part.postings.split("\n"):
            key, first, end, postings = line.split(" ")
            found[key].append(digits(start + int(first) - last.get(key, -1) - 1) + postings)
            last[key] = start + int(end)
        start += len(part.urls)
    return {key: "".join(postings) for key, postings in found.items()}


def _shards(postings: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """First key and lines of every shard.

    A shard ends where the hash of a key says so, or else when it is full: what one document changes
    moves no end beyond the next hash that says so.
    """
    first, size = "", 0
    lines: list[str] = []
    for key in sorted(postings):
        if size > FULL or (lines and zlib.crc32(key.encode()) % KEYS == 0):
            yield first, lines
            lines, size = [], 0
        if not lines:
            first = key
        lines.append(_line(key, postings[key]))
        size += len(lines[-1])
    if lines:
        yield first, lines


def _line(key: str, postings: str) -> str:
    """`key postings`, or `key total postings` if only the best documents are kept."""
    if len(postings) > CAP and (count := len(marks(postings))) > CAP:
        return f"{key} {count} {best(postings, CAP)}"
    return f"{key} {postings}"


def _known(postings: Mapping[str, str], reads: Analyser) -> set[str]:
    """The words that a slip is mended to: those of names, and those that several texts have."""
    known = {
        key
        for key, found in postings.items()
        if len(key) >= SLIPS_FROM
        and key[0] not in _NO_WORD
        and (_NAMED.search(found) or len(marks(found)) >= KNOWN_FROM)
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


def _hash(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=3).hexdigest()
