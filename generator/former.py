"""Anchors of old: they stand beside what they lead to, so that old links work without a script."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape


def with_former(article: str, former: Iterable[tuple[str, str]], moved: str) -> str:
    """The article with an element for each former anchor.

    `#new` puts it into the element with that id. Any other target is another page: there a script leads
    on, and a link with the words of `moved` shows when the anchor is asked for.
    """
    for old, target in former:
        if target.startswith("#"):
            article = _beside(article, old, target[1:])
        else:
            link = f'<a href="{escape(target)}" data-fh-moved>{escape(moved)}</a>'
            article += f'\n<p class="fh-former" id="{old}">{link}</p>'
    return article


def _beside(article: str, old: str, new: str) -> str:
    """An empty element at the start of the one whose id is `new`; of a table's row, in its first cell."""
    found = re.search(rf'<([a-z0-9]+)\b[^>]* id="{re.escape(new)}"[^>]*>', article)
    if found is None:
        return article
    place = found.end()
    if found[1] == "tr":
        cell = re.compile(r"<t[hd]\b[^>]*>").search(article, place)
        place = cell.end() if cell else place
    return f'{article[:place]}<span class="fh-former" id="{old}"></span>{article[place:]}'
