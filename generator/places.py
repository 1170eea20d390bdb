"""The places of a site: pages and the anchors on them, for inventories and for the ledger."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_CARD = re.compile(r'<article class="fh-card" id="[^"]*"')
_ID = re.compile(r'<(?!input\b|label\b|marker\b)[a-z][a-z0-9]*\b[^>]*? id="([^"]+)"')
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
    """The anchors of an article that can be linked to; cards stand where they fit, and have none."""
    found = dict.fromkeys(_ID.findall(_CARD.sub("<article", article)))
    return tuple(id_ for id_ in found if not _COMES_AND_GOES.match(id_))


def listed(places: Sequence[Place]) -> list[str]:
    """The addresses for the site map."""
    return [place.url for place in places if place.listed]
