"""What is mended in the HTML that the host made, and what its templates need to know."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from generator import bidi
from generator.dress import SiteFacts, head, switcher
from generator.pages.page import Alternate
from generator.pages.reader import Reader
from generator.render import isolated_html

_CATALOGUE_LINK = re.compile(r'<a href="catalogue:([^"#]*)((?:#[^"]*)?)"([^>]*)>(.*?)</a>', re.S)
_HTML = re.compile(r'<html lang="([a-z]+)"(?: dir="[a-z]+")?')


def mended(html: str, reader: Reader, url: str) -> str:
    """The article of a hand-written page: links by id resolved, mixed directions isolated."""

    def resolve(match: re.Match[str]) -> str:
        target = reader.target(match.group(1), url)
        if target is None:
            return match.group(4)
        return f'<a href="{target}{match.group(2)}"{match.group(3)}>{match.group(4)}</a>'

    permalink = escape(reader.t("permalink"))
    html = html.replace('title="Permanent link"', f'title="{permalink}"')
    return isolated_html(_CATALOGUE_LINK.sub(resolve, html), reader.language)


def rooted(html: str, reader: Reader) -> str:
    """A whole page with its direction on the root element (W3C) and a named search dialog (WCAG 4.1.2)."""
    language = reader.language
    label = escape(reader.t("search.label"))
    html = html.replace('role="dialog"', f'role="dialog" aria-label="{label}"', 1)
    if reader.edition.portfolio is not None:
        html = html.replace("<body ", '<body data-fh-audience="staff" ', 1)
    return _HTML.sub(f'<html lang="{language.code}" dir="{language.direction}"', html, count=1)


def common(reader: Reader, facts: SiteFacts, url: str) -> dict[str, Any]:
    """What the theme's templates need on every page."""
    return {
        "t": reader.t,
        "language": reader.language,
        "staff": facts.staff,
        "search_base": "../" * (url.count("/") - 1) or ".",
    }


def slots(
    reader: Reader, facts: SiteFacts, url: str, title: object, description: object
) -> dict[str, str]:
    """What a hand-written page puts in the slots of the chrome, but for its article."""
    rest = url.partition("/")[2]
    alternates = tuple(Alternate(x, f"{x.code}/{rest}") for x in reader.all_languages)
    shown, about = (bidi.isolated(str(text), reader.language) for text in (title, description))
    return {
        "title": escape(shown),
        "head": head(url, shown, about, reader.language, alternates, facts),
        "switcher": switcher(url, reader.language, alternates, reader.t),
    }
