"""The inventory of a site for Sphinx's intersphinx, version 2 of its format.

Pages are `std:doc` by their address, anchors `std:label` by `address#anchor`, terms `std:term`. That is a
zlib stream (RFC 1950), written in segments that can be read and replaced one by one.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from generator.places import Place

FILE = "objects.inv"
TOGETHER = 100
"""Pages in one segment."""
_HEAD = 4
"""Lines before what is compressed."""
_START, _END = b"\x78\x9c", b"\x03\x00"
"""What a zlib stream begins with, and the empty block that ends it before its checksum."""
_BASE = 65521
"""The modulus of Adler-32 (RFC 1950, 8.2)."""


class Segment(NamedTuple):
    """A part of an inventory: the address it begins with, its bytes compressed and not, its checksum."""

    first: str
    size: int
    length: int
    checksum: int


class Inventory(NamedTuple):
    """An inventory as a file, with the segments of its compressed part."""

    data: bytes
    segments: tuple[Segment, ...]


def inventory(project: str, places: Iterable[Place]) -> Inventory:
    """The inventory of some places, as Sphinx reads it."""
    head = (
        "# Sphinx inventory version 2\n"
        f"# Project: {project}\n"
        "# Version: \n"
        "# The remainder of this file is compressed using zlib.\n"
    )
    listed = sorted((place for place in places if place.listed), key=lambda place: place.url)
    some = [listed[start : start + TOGETHER] for start in range(0, len(listed), TOGETHER)]
    packed = [_packed(places[0].url, "".join(_lines(places))) for places in some]
    return _joined(head.encode(), packed)


def revised(data: bytes, segments: Sequence[Segment], now: Iterable[Place]) -> Inventory | None:
    """An inventory in which some places are as they are now; nothing if one of them is not in it."""
    *head, rest = data.split(b"\n", _HEAD)
    bodies, start = [], len(_START)
    for segment in segments:
        bodies.append((segment, rest[start : start + segment.size]))
        start += segment.size
    if len(head) < _HEAD or rest[start:-4] != _END:
        return None
    firsts = [segment.first for segment in segments]
    changed: dict[int, list[Place]] = defaultdict(list)
    for place in now:
        if place.listed:
            changed[max(bisect_right(firsts, place.url) - 1, 0)].append(place)
    for number, places in changed.items():
        text = zlib.decompressobj(-zlib.MAX_WBITS).decompress(bodies[number][1]).decode()
        for place in places:
            if (found := _block(place).search(text)) is None:
                return None
            text = "".join((text[: found.start()], *_lines([place]), text[found.end() :]))
        bodies[number] = _packed(firsts[number], text)
    return _joined(b"".join(line + b"\n" for line in head), bodies)


def _block(place: Place) -> re.Pattern[str]:
    """Finds all lines of a place."""
    name = re.escape(place.url.rstrip("/"))
    return re.compile(
        rf"^{name} std:doc .*\n(?:.* std:term 1 {name}/ -\n)?(?:{name}#.*\n)*", re.MULTILINE
    )


def _packed(first: str, text: str) -> tuple[Segment, bytes]:
    """A segment with what it holds, which is read without any other."""
    data = text.encode()
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    body = packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)
    return Segment(first, len(body), len(data), zlib.adler32(data)), body


def _joined(head: bytes, bodies: Sequence[tuple[Segment, bytes]]) -> Inventory:
    segments = tuple(segment for segment, _ in bodies)
    parts = (head, _START, *(body for _, body in bodies), _END, _checksum(segments))
    return Inventory(b"".join(parts), segments)


def _checksum(segments: Iterable[Segment]) -> bytes:
    """The Adler-32 of all segments from those of each, as `adler32_combine` of zlib does it."""
    low, high = 1, 0
    for segment in segments:
        other_high, other_low = divmod(segment.checksum, 1 << 16)
        high = (high + other_high + segment.length * (low - 1)) % _BASE
        low = (low + other_low - 1) % _BASE
    return (high << 16 | low).to_bytes(4, "big")


def _lines(places: Iterable[Place]) -> Iterator[str]:
    """`name domain:role priority location title`; a title of `-` is the name."""
    for place in places:
        name = place.url.rstrip("/")
        yield f"{name} std:doc -1 {place.url} {place.title}\n"
        if place.term:
            yield f"{place.term} std:term 1 {place.url} -\n"
        for anchor in place.anchors:
            yield f"{name}#{anchor} std:label -1 {place.url}#{anchor} {place.title}\n"
