"""The places of a site: pages and the anchors on them, for inventories and for the ledger."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_NO_PLACE = ("<input", "<label", "<marker", '<article class="fh-card"')
"""How elements begin whose ids are not linked to: cards stand where they fit."""
_COMES_AND_GOES = re.compile(r"letter-[0-9a-f]{4}$|source-")
"""Letters of an A–Z depend on the names under them, sources on what a page says."""


ANY = "*"
"""The anchor of a page that leads on with every anchor."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page: its address relative to the site, its title, and the anchors in its article.

    A term's page is known by the term itself. What is not `listed` stays out of site maps, and what
    is not `kept` out of the ledger.
    """

    url: str
    title: str
    anchors: tuple[str, ...]
    term: str = ""
    listed: bool = True
    kept: bool = True


def anchors(article: str) -> tuple[str, ...]:
    """The anchors of an article that can be linked to."""
    parts = article.split(' id="')
    found: dict[str, None] = {}
    for before, after in pairwise(parts):
        tag = before[before.rfind("<") :]
        id_ = after[: after.index('"')]
        if ">" not in tag and not tag.startswith(_NO_PLACE) and not _COMES_AND_GOES.match(id_):
            found[id_] = None
    return _same(tuple(found))


@lru_cache(maxsize=1000)
def _same(found: tuple[str, ...]) -> tuple[str, ...]:
    """The anchors themselves, one object for pages that have the same ones."""
    return found


def listed(places: Sequence[Place]) -> list[str]:
    """The addresses for the site map."""
    return [place.url for place in places if place.listed]
