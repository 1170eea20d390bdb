"""One entry in all its languages side by side, its parts in line: `/parallel/{kind}/{id}/`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jinja2 import Environment
from markupsafe import Markup

from generator.dress import SiteFacts
from generator.editions import Edition
from generator.languages import Language
from generator.pages.addresses import entry_url, parallel_url, relative
from generator.pages.page import Page
from generator.render import Renderer, plain

KINDS = ("process", "comparison", "term")
"""Kinds of entries that people study and compare."""

_MAP = re.compile(r'<div class="fh-scroll fh-map__frame">.*?</div>\n?', re.S)
_PART = re.compile(r'(?:<section\b[^>]*>\s*)?<h2 id="([^"]+)"')
_FRAME = re.compile(r'\A\s*<div class="([^"]+)">\n?(.*)</div>\s*\Z', re.S)
_ANCHOR = re.compile(r'(\b(?:id|for|aria-labelledby)="|href="#)(?!fh-)([^"]+)"')
_LINK = re.compile(r'href="(?!#|[a-z]+:)([^"]*)"')


@dataclass(frozen=True, slots=True)
class Column:
    """A page in one language."""

    language: Language
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a page in one language; empty where the language has no such part."""

    language: Language
    html: Markup


def entries(shown: Sequence[Edition]) -> Iterator[tuple[str, str]]:
    """Kind and id of every entry that has a page in more than one language."""
    for kind in KINDS:
        for id_ in shown[0].public.entries[kind]:
            if sum(edition.has_page(kind, id_) for edition in shown) > 1:
                yield kind, id_


class SideBySide:
    """Makes the pages of one site."""

    def __init__(
        self,
        renderers: Sequence[Renderer],
        makers: Mapping[str, Callable[..., Page]],
        environment: Environment,
        facts: SiteFacts,
        styles: Sequence[str],
    ) -> None:
        self._renderers, self._makers, self._facts, self._styles = renderers, makers, facts, styles
        self._template = environment.get_template("side_by_side.html.jinja")
        self._index = environment.get_template("parallel_index.html.jinja")

    def __call__(self, entry: tuple[str, str]) -> tuple[str, str]:
        """Address and HTML of the page of an entry."""
        kind, id_ = entry
        url = parallel_url(entry_url(self._renderers[0].language, kind, id_))
        columns: list[Column] = []
        parts: list[dict[str, str]] = []
        frame = ""
        for renderer in self._renderers:
            reader = renderer.reader
            if not reader.edition.has_page(kind, id_):
                continue
            page = self._makers[kind](reader, id_=id_)
            frame, found = _parts(_rebased(_MAP.sub("", renderer.article(page)), page.url, url))
            columns.append(Column(reader.language, plain(page.title), relative(page.url, url)))
            parts.append(found)
        rows = list(_rows([column.language for column in columns], parts))
        html = self._template.render(
            columns=columns, rows=rows, frame=frame, root="../" * url.count("/"),
            styles=self._styles, facts=self._facts, url=url,
        )  # fmt: skip
        return url, html

    def index(self, found: Sequence[tuple[str, str]]) -> str:
        """The page that lists them, and shows any two."""
        groups = [
            (kind, [self._option(kind, id_) for of, id_ in found if of == kind]) for kind in KINDS
        ]
        readers = [renderer.reader for renderer in self._renderers]
        return self._index.render(
            languages=[(reader.language, reader.t) for reader in readers],
            names=self._facts.name, facts=self._facts, styles=self._styles,
            groups=[group for group in groups if group[1]],
            directions={reader.language.code: reader.language.direction for reader in readers},
        )  # fmt: skip

    def _option(self, kind: str, id_: str) -> tuple[str, list[str]]:
        """The path of an entry below its language, and its names."""
        edition = self._renderers[0].reader.edition
        url = entry_url(edition.language, kind, id_)
        name = edition.public.name(kind, id_)
        return url.partition("/")[2], list(dict.fromkeys(text for _, text in name.items()))


def _rebased(html: str, old: str, new: str) -> str:
    """Links of a page as they are from another address."""

    def rebase(match: re.Match[str]) -> str:
        path, sign, anchor = match[1].partition("#")
        target = posixpath.normpath(posixpath.join(old, path)) + "/"
        return f'href="{relative(target, new)}{sign}{anchor}"'

    return _LINK.sub(rebase, html)


def _parts(article: str) -> tuple[str, dict[str, str]]:
    """The class of an article's frame, and its parts by the id of their headings."""
    framed = _FRAME.match(article)
    frame, inside = (framed[1], framed[2]) if framed else ("", article)
    found = {}
    starts = [(match.start(), match[1]) for match in _PART.finditer(inside)]
    for (start, id_), (end, _) in pairwise([(0, ""), *starts, (len(inside), "")]):
        found[id_] = inside[start:end]
    return frame, found


def _rows(
    languages: Sequence[Language], parts: Sequence[dict[str, str]]
) -> Iterator[tuple[Cell, ...]]:
    """The parts that have the same heading, each in its language; ids are unique in the page."""
    for id_ in dict.fromkeys(id_ for found in parts for id_ in found):
        yield tuple(
            Cell(language, Markup(_own(found.get(id_, ""), language, first=i == 0)))
            for i, (language, found) in enumerate(zip(languages, parts, strict=True))
        )


def _own(html: str, language: Language, first: bool) -> str:
    return html if first else _ANCHOR.sub(rf'\g<1>\g<2>-{language.code}"', html)
