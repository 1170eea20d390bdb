"""The inventory of a site for Sphinx's intersphinx, version 2 of its format.

Pages are `std:doc` by their address, anchors `std:label` by `address#anchor`, terms `std:term`.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from generator.places import Place

FILE = "objects.inv"
_HEAD = 4
"""Lines before what is compressed."""


def inventory(project: str, places: Iterable[Place]) -> bytes:
    """The inventory of some places, as Sphinx reads it."""
    head = (
        "# Sphinx inventory version 2\n"
        f"# Project: {project}\n"
        "# Version: \n"
        "# The remainder of this file is compressed using zlib.\n"
    )
    return head.encode() + zlib.compress("".join(_lines(places)).encode(), 6)


def revised(data: bytes, before: Iterable[Place], now: Iterable[Place]) -> bytes | None:
    """An inventory in which some places are as they are now; nothing if they are not as `before` in it."""
    if data.count(b"\n") < _HEAD:
        return None
    *head, packed = data.split(b"\n", _HEAD)
    text = "\n" + zlib.decompress(packed).decode()
    for old, new in zip(before, now, strict=True):
        lines = "\n" + "".join(_lines([old]))
        if lines not in text:
            return None
        text = text.replace(lines, "\n" + "".join(_lines([new])), 1)
    return b"\n".join((*head, zlib.compress(text[1:].encode(), 6)))


def _lines(places: Iterable[Place]) -> Iterator[str]:
    """`name domain:role priority location title`; a title of `-` is the name."""
    listed = (place for place in places if place.listed)
    for place in sorted(listed, key=lambda place: place.url):
        name = place.url.rstrip("/")
        yield f"{name} std:doc -1 {place.url} {place.title}\n"
        if place.term:
            yield f"{place.term} std:term 1 {place.url} -\n"
        for anchor in place.anchors:
            yield f"{name}#{anchor} std:label -1 {place.url}#{anchor} {place.title}\n"
