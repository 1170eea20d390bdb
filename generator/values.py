"""The values of YAML files, kept so that a file that has not changed is not parsed again."""

from __future__ import annotations

import hashlib
import marshal
import os
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO, NamedTuple

from generator.cache import Cache, Stamp, stamp
from generator.languages import BY_CODE
from generator.parallel import each
from generator.problems import Problem
from generator.source import Source, Value, parse, parse_bytes

_INDEX, _DATA = "values", "values.data"
_NEVER: Stamp = (0, 0)
_FRESH_NS = 50_000_000
"""A file written so shortly before it is read may be written again at what looks like the same time."""
_WASTE = 2
"""How many times what is in use the kept values may take before they are written anew."""
COMPARED = frozenset({"name", "per", "unit"})
"""Fields of what a service holds whose texts checks compare."""
TOLD = ("name", "aliases", "keywords", "changes", "depends_on")
"""Fields of a service with texts that stand on pages which only name it, or by which search finds it."""


class Known(NamedTuple):
    """What is known of a file that could be parsed.

    `digest` is of its bytes, `outline` of its value but for what its texts say (see `outline`),
    `summary` of its summary, `told` of the fields that others tell (`TOLD`). The rest is where its value
    is kept.
    """

    stamp: Stamp
    digest: bytes
    outline: bytes
    summary: bytes
    told: bytes
    offset: int
    length: int
    checksum: int


Read = tuple[Value | None, tuple[Problem, ...]]


class Values:
    """Reads YAML files. With a cache it parses only those that have changed."""

    def __init__(self, cache: Cache | None = None) -> None:
        self._cache = cache
        self.known: dict[str, Known] = (cache.get(_INDEX) if cache else None) or {}

    def read(self, files: Sequence[Source], jobs: int, others: bool = False) -> Iterator[Read]:
        """The value of each file, or what is wrong with it; what is known of `others` is kept."""
        with self._appending(anew=not others) as data:
            known: dict[str, Known] = dict(self.known) if others else {}
            for source, found in zip(files, each(self._found, files, jobs, 50), strict=True):
                if isinstance(found, Known):
                    if (kept := self.kept(found)) is not None:
                        known[source.path] = found
                    yield kept or parse(source)
                elif isinstance(found, bytes):
                    *told, text = marshal.loads(found)
                    place = data.tell(), len(text), zlib.crc32(text)
                    data.write(text)
                    known[source.path] = Known(*told, *place)  # type: ignore[call-arg]
                    yield marshal.loads(text), ()
                else:
                    yield found
        if self._cache is not None and known != self.known:
            self._cache.put(_INDEX, known)
        self.known = known

    def one(self, source: Source, digest: bytes) -> Read:
        """The value of one file whose bytes have a digest: as it is kept, or else as it is now."""
        found = self.known.get(source.path)
        kept = self.kept(found) if found is not None and found.digest == digest else None
        return kept or parse(source)

    def kept(self, known: Known) -> Read | None:
        """The value that is kept of a file as it is, or was; nothing if it is torn."""
        assert self._cache is not None
        with open(self._cache.folder / _DATA, "rb") as data:
            data.seek(known.offset)
            text = data.read(known.length)
        return (marshal.loads(text), ()) if zlib.crc32(text) == known.checksum else None

    @contextmanager
    def _appending(self, anew: bool) -> Iterator[BinaryIO]:
        """Where values are kept, at its end; if it may, begins `anew` when most of it is of no use."""
        if self._cache is None:
            with open(os.devnull, "wb") as nowhere:
                yield nowhere
            return
        path = self._cache.folder / _DATA
        path.parent.mkdir(parents=True, exist_ok=True)
        used = sum(known.length for known in self.known.values())
        if not path.exists() or (anew and path.stat().st_size > _WASTE * used):
            self.known = {}
            path.unlink(missing_ok=True)
        with open(path, "ab") as data:
            yield data

    def _found(self, source: Source) -> Known | bytes | Read:
        """What a file holds: what is known of it if that still holds, all to be known of it, or problems."""
        try:
            stamped = stamp(os.stat(f"{source.root}/{source.path}"))
            known = self.known.get(source.path)
            if known is not None and known.stamp == stamped:
                return known
            data = source.read_bytes()
        except OSError:
            return parse(source)
        digest = _digest(data)
        if time.time_ns() - stamped[0] < _FRESH_NS:
            stamped = _NEVER
        if known is not None and known.digest == digest:
            return known._replace(stamp=stamped)
        value, problems = parse_bytes(source, data)
        if value is None:
            return None, problems
        fields = value if isinstance(value, dict) else {}
        summary = _digest(repr(fields.get("summary")))
        told = _digest(repr([fields.get(field) for field in TOLD]))
        return marshal.dumps((stamped, digest, outline(value), summary, told, marshal.dumps(value)))


def outline(value: Value) -> bytes:
    """What stands for a value but for what its texts say: its fields, its numbers and references."""
    if not isinstance(value, dict):
        return _digest(repr(_outline(value)))
    told = [_outline(value.get(field)) for field in TOLD]
    rest = {key: part for key, part in value.items() if key not in TOLD}
    return _digest(repr((told, _outline(rest))))


def _digest(data: str | bytes) -> bytes:
    data = data.encode() if isinstance(data, str) else data
    return hashlib.blake2b(data, digest_size=16).digest()


def _outline(value: Any) -> Any:
    kind = value.__class__
    if kind is dict:
        if not _CODES.issuperset(value):
            return {k: v if k in COMPARED else _outline(v) for k, v in value.items()}
        return {k: None if v.__class__ in (str, list) else v for k, v in value.items()}
    return [_outline(item) for item in value] if kind is list else value


_CODES = frozenset(BY_CODE)
