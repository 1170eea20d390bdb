"""Bringing an index up to date: only what changed documents are found by is made anew.

What comes out is byte for byte what making the whole index would give.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import chain
from pathlib import Path

from generator.search import kept as store
from generator.search.analyser import analyser, unposted
from generator.search.files import (
    BLOCK,
    Block,
    Index,
    Shard,
    cut,
    ends_before,
    is_known,
    line,
    wide,
)
from generator.search.index import Document, Entry, Indexer
from generator.search.kept import Kept, Run
from generator.search.parts import Part, posting_line
from generator.search.postings import coded, row
from generator.search.synonyms import Affected, Synonyms

Changes = Mapping[str, Mapping[int, str]]
"""What changes in the postings of each key: the new mark of each document, or a space."""


def keep(folder: Path, index: Index, runs: Sequence[Run], synonyms: Synonyms) -> None:
    """Keep an index that is made of parts which are kept there already; `runs` are these in order."""
    Kept(folder, index, runs, synonyms).write()


def updated(
    before: Kept,
    changed: Sequence[Document],
    published: Container[str],
    words: Synonyms | None = None,
) -> Kept | None:
    """What is kept with these documents as they are now; nothing unless it has them all.

    `words` are the synonyms by which they are found now, if these are others; then all documents that
    they change are among the `changed`. `published` are the names of the files that stand already;
    `index.files` of what comes back gives the others. Nothing of it counts until it is written. Both
    raise TornError if what they read is torn.
    """
    if not all(name in published for name in before.index.names()):
        return None
    if not {document.url for document in changed} <= {u for run in before.runs for u in run.urls}:
        return None
    try:
        indexer = Indexer(before.index.language, words or before.synonyms)
        fresh = {document.url: indexer(document) for document in changed}
        return replace(_patched(before, fresh), words=words)
    except (store.TornError, OSError):
        return None


def having(kept: Kept, reached: Affected) -> set[str]:
    """The addresses of the documents in which phrases may stand that say something else.

    Raises ValueError if that may be any document, TornError if what is read is torn.
    """
    lookup = _Lookup(kept.index)
    urls = [url for run in kept.runs for url in run.urls]
    return {
        urls[number]
        for phrase, keys in reached.items()
        for number in _with_all(lookup, {*phrase, *keys} - unposted())
    }


def _with_all(lookup: _Lookup, keys: Set[str]) -> list[int]:
    """The numbers of the documents that have all of some keys. Raises ValueError if there are none."""
    if not keys:
        raise ValueError("only stop words")
    first, *others = map(row, sorted(map(lookup.postings, keys), key=len))
    numbers = [number for number, mark in enumerate(first) if mark != " "]
    for marks in others:
        numbers = [number for number in numbers if marks[number : number + 1].strip()]
    return numbers


class _Lookup:
    """The postings of an index by key, in full."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.firsts = [shard.first for shard in index.shards]

    def shard(self, key: str) -> int:
        """The number of the shard that a key belongs to."""
        return max(bisect_right(self.firsts, key) - 1, 0)

    def postings(self, key: str) -> str:
        """The postings of a key, or nothing."""
        if key in self.index.wide:
            return self.index.wide[key]()
        if not self.firsts:
            return ""
        lines = f"\n{self.index.shards[self.shard(key)].lines}\n"
        start = lines.find(f"\n{key} ")
        if start < 0:
            return ""
        start += len(key) + 2
        return lines[start : lines.index("\n", start)]


def _patched(before: Kept, fresh: Mapping[str, Entry]) -> Kept:
    """The same documents, some of them changed."""
    index = before.index
    runs = list(before.runs)
    changes: dict[str, dict[int, str]] = defaultdict(dict)
    start = 0
    for i, run in enumerate(before.runs):
        if here := {n: fresh[url] for n, url in enumerate(run.urls) if url in fresh}:
            part, changed = _with_entries(store.part_of(before.folder, run), here)
            runs[i] = store.keep_part(before.folder, part)
            for key, marks in changed:
                changes[key] |= {start + n: mark for n, mark in marks.items()}
        start += len(run.urls)
    urls = chain.from_iterable(run.urls for run in runs)
    blocks = list(index.blocks)
    for i in {number // BLOCK for number, url in enumerate(urls) if url in fresh}:
        blocks[i] = Block.of(_shown(before.folder, runs, i * BLOCK, (i + 1) * BLOCK))
    patched = _with_changes(replace(index, blocks=blocks), changes)
    return replace(before, index=patched, runs=runs)


def _with_entries(
    part: Part, fresh: Mapping[int, Entry]
) -> tuple[Part, list[tuple[str, dict[int, str]]]]:
    """A part with other entries by their numbers in it, and what changes in the postings of each key."""
    marks = {n: dict(zip(e.keys.split("\n"), e.marks, strict=True)) for n, e in fresh.items()}
    lines = {text.partition(" ")[0]: text for text in part.postings.split("\n")}
    changes = []
    for key in {**lines, **dict.fromkeys(chain.from_iterable(marks.values()))}:
        _, first, _, postings = lines.get(key, f"{key} 0 0 ").split(" ")
        before = " " * int(first) + row(postings)
        changed = {
            n: mark
            for n in fresh
            if (mark := marks[n].get(key, " ")) != (before[n] if n < len(before) else " ")
        }
        if changed:
            changes.append((key, changed))
            after = _with_marks(before, changed)
            lines[key] = posting_line(key, after) if after else ""
    shown = part.shown.split("\n")
    for n, entry in fresh.items():
        shown[n] = entry.shown
    postings = "\n".join(filter(None, lines.values()))
    return replace(part, shown="\n".join(shown), postings=postings), changes


def _with_marks(before: str, marks: Mapping[int, str]) -> str:
    """A row with other marks, up to the last."""
    after = list(before.ljust(max(marks) + 1))
    for number, mark in marks.items():
        after[number] = mark
    return "".join(after).rstrip()


def _shown(folder: Path, runs: Sequence[Run], first: int, end: int) -> Iterator[str]:
    """What is shown of the documents from a number to another."""
    start = 0
    for run in runs:
        stop = start + len(run.urls)
        if start < end and first < stop:
            shown = store.part_of(folder, run).shown.split("\n")
            yield from shown[max(first - start, 0) : end - start]
        start = stop


def _with_changes(index: Index, changes: Changes) -> Index:
    """An index with other postings."""
    lookup = _Lookup(index)
    now: dict[str, str] = {}
    lines: dict[int, dict[str, str]] = defaultdict(dict)
    for key, marks in changes.items():
        now[key] = coded(_with_marks(row(lookup.postings(key)), marks))
        lines[lookup.shard(key)][key] = line(key, now[key]) if now[key] else ""
    others = {key: read for key, read in index.wide.items() if key not in now}
    words = _known(index, now, lookup)
    return replace(
        index,
        shards=list(_recut(index.shards, lines)),
        wide=others | wide(now),
        words=words,
        spelt=index.spelt if words is index.words else Block.of_words(words),
    )


def _known(index: Index, now: Mapping[str, str], lookup: _Lookup) -> Sequence[str]:
    """The words that slips are mended to, after some postings have changed."""
    spelt = analyser(index.language).spelt
    before = set(index.words)
    words = set(before)
    for word in {*now, *(british for british, american in spelt.items() if american in now)}:
        keys = [word, spelt[word]] if word in spelt else [word]
        if any(is_known(key, now[key] if key in now else lookup.postings(key)) for key in keys):
            words.add(word)
        else:
            words.discard(word)
    return index.words if words == before else sorted(words)


def _recut(shards: Sequence[Shard], changes: Mapping[int, Mapping[str, str]]) -> Iterator[Shard]:
    """The shards after some of their lines have changed, gone ("") or come."""
    changed = {i: dict(lines) for i, lines in changes.items()}
    for i in sorted(changed, reverse=True):
        if i and changed[i].get(shards[i].first) == "":
            changed.setdefault(i - 1, {})  # it ended before a key that is gone
    pending: list[str] = []
    for i, shard in enumerate(shards):
        if i not in changed:
            if pending and ends_before(shard.lines.partition("\n")[0], sum(map(len, pending))):
                yield Shard.of(pending)
                pending = []
            if not pending:
                yield shard
                continue
        *whole, pending = list(cut([*pending, *_with_lines(shard, changed.get(i, {}))])) or [[]]
        yield from map(Shard.of, whole)
    if pending:
        yield Shard.of(pending)


def _with_lines(shard: Shard, changes: Mapping[str, str]) -> list[str]:
    lines = {text.partition(" ")[0]: text for text in shard.lines.split("\n")} | dict(changes)
    return [lines[key] for key in sorted(lines) if lines[key]]
