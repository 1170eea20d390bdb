"""What is mended in the HTML that the host made, and what its templates need to know."""

from __future__ import annotations

import re
from functools import partial
from html import escape
from typing import Any

from generator import bidi
from generator.dress import SiteFacts, head, switcher
from generator.pages.addresses import list_url
from generator.pages.page import Alternate
from generator.pages.reader import Reader
from generator.render import isolated_html, with_elements
from generator.search.site import words_of

_CATALOGUE_LINK = re.compile(r'<a href="catalogue:([^"#]*)((?:#[^"]*)?)"([^>]*)>(.*?)</a>', re.S)
_HTML = re.compile(r'<html lang="([a-z]+)"(?: dir="[a-z]+")?')


_TABLE = re.compile(r"<table>.*?</table>", re.S)
_HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.S)
_ROW = re.compile(r"<tr>.*?</tr>", re.S)
_TAG = re.compile(r"<[^>]+>")
_ROW_ID = re.compile(r'<tr>(\s*)<td([^>]*?) id="([^"]+)"([^>]*)>(.*?)</td>', re.S)


def mended(html: str, reader: Reader, url: str) -> str:
    """The article of a hand-written page: links by id resolved, mixed directions isolated."""

    def resolve(match: re.Match[str]) -> str:
        target = reader.target(match.group(1), url)
        if target is None:
            return match.group(4)
        return f'<a href="{target}{match.group(2)}"{match.group(3)}>{match.group(4)}</a>'

    permalink = escape(reader.t("permalink"))
    html = html.replace('title="Permanent link"', f'title="{permalink}"')
    html = _TABLE.sub(_folding, _CATALOGUE_LINK.sub(resolve, html))
    html = _ROW_ID.sub(partial(_anchored, reader), html)
    return isolated_html(html, reader.language)


def headed(html: str, title: str, reader: Reader) -> str:
    """The article under its title, which can be linked to like the headings below it."""
    name = escape(title, quote=False)
    shown = isolated_html(name, reader.language)
    link = _here("title", name, reader)
    return f'<header class="fh-head"><h1 id="title">{shown}{link}</h1></header>\n{html}'


def _anchored(reader: Reader, match: re.Match[str]) -> str:
    """A row with the id that its first cell was given, and a link to itself."""
    space, before, id_, after, cell = match.groups()
    link = _here(id_, _TAG.sub("", cell).strip(), reader)
    return f'<tr id="{id_}">{space}<td{before}{after}>{cell}{link}</td>'


def _here(id_: str, name: str, reader: Reader) -> str:
    """A sign that leads to a place and copies its address; `name` is HTML without elements."""
    label = f"{escape(reader.t('permalink'))}: {name}".replace('"', "&quot;")
    return f'<a class="headerlink" href="#{id_}" aria-label="{label}">#</a>'


def _folding(match: re.Match[str]) -> str:
    """A table like those of data pages: on a phone its rows become cards, each cell under its head."""
    heads = [_TAG.sub("", head).strip().replace('"', "&quot;") for head in _HEAD.findall(match[0])]

    def labelled(row: re.Match[str]) -> str:
        labels = iter(heads)
        return re.sub("<td", lambda _: f'<td data-label="{next(labels, "")}"', row[0])

    table = _ROW.sub(labelled, match[0]).replace("<table>", '<table class="fh-grid fh-grid--text">')
    name = " – ".join(filter(None, heads))
    return f'<div class="fh-scroll" tabindex="0" role="region" aria-label="{name}">{table}</div>'


def rooted(html: str, reader: Reader) -> str:
    """A whole page with its direction on the root element (W3C)."""
    language = reader.language
    if reader.edition.portfolio is not None:
        html = html.replace("<body ", '<body data-fh-audience="staff" ', 1)
    return _HTML.sub(f'<html lang="{language.code}" dir="{language.direction}"', html, count=1)


def common(reader: Reader, facts: SiteFacts, url: str) -> dict[str, Any]:
    """What the theme's templates need on every page."""
    return {
        "t": reader.t,
        "language": reader.language,
        "staff": facts.staff,
        "root": "../" * (url.count("/") - 1) or ".",
        "search_page": list_url(reader.language, "search"),
        "asset": facts.asset,
        "words": facts.asset(words_of(reader.language.code)),
    }


def slots(
    reader: Reader, facts: SiteFacts, url: str, title: object, description: object
) -> dict[str, str]:
    """What a hand-written page puts in the slots of the chrome, but for its article."""
    rest = url.partition("/")[2]
    alternates = tuple(Alternate(x, f"{x.code}/{rest}") for x in reader.all_languages)
    shown, about = (bidi.isolated(str(text), reader.language) for text in (title, description))
    return {
        "title": with_elements(shown),
        "head": head(url, shown, about, reader.language, alternates, facts),
        "switcher": switcher(url, reader.language, alternates, reader.t),
    }
