"""`llms.txt` (llmstxt.org): where a language model begins to read, in each language.

It names the lists, and the pages that explain; not services and terms, with which it would grow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator import bidi
from generator.dress import SiteFacts
from generator.editions import Edition
from generator.languages import isolate
from generator.machine import FILE as JSON
from generator.model.text import Text
from generator.pages.addresses import entry_url, list_url, relative
from generator.pages.navigation import SECTIONS, has_entries
from generator.pages.reader import Reader
from generator.render import plain
from generator.search.documents import Article

FILE = "llms.txt"
"""Its name, at the root and in the folder of each language."""

Listed = tuple[str, str, str]
"""Name of a page, its address relative to the site, and what it is about."""

_BRACKET = re.compile(r"[\[\]]")


def files(
    shown: Sequence[Edition], facts: SiteFacts, written: Mapping[str, Sequence[Article]]
) -> Iterator[tuple[str, str]]:
    """Names and texts: one of each language, and one that leads to them."""
    readers = [Reader(edition) for edition in shown]
    yield FILE, _root(readers, facts)
    for reader in readers:
        code = reader.language.code
        yield f"{code}/{FILE}", _of_language(reader, facts, written.get(code, ()))


def _root(readers: Sequence[Reader], facts: SiteFacts) -> str:
    titles = dict.fromkeys(_title(reader) for reader in readers)
    taglines = (_isolated(reader, reader.t("site.tagline")) for reader in readers)
    heading = _joined(reader.t("language.switch") for reader in readers)
    lines = (
        _line(reader.language.name, f"{facts.url}{reader.language.code}/{FILE}", _title(reader))
        for reader in readers
    )
    return _text(
        (f"# {_joined(titles)}", f"> {_joined(taglines)}", f"## {heading}", "\n".join(lines))
    )


def _of_language(reader: Reader, facts: SiteFacts, written: Iterable[Article]) -> str:
    home = list_url(reader.language, "home")
    summary = plain(reader.pick(reader.edition.public.organisation.summary))
    note = _isolated(reader, reader.t("llms.note", file=JSON))
    parts = [f"# {_title(reader)}", f"> {summary}", note]
    for title, found in _sections(reader, written).items():
        lines = [
            _line(name, f"{facts.url}{url}" if facts.url else relative(url, home), about)
            for name, url, about in found
        ]
        if lines:
            parts += (f"## {reader.t(title)}", "\n".join(lines))
    return _text(parts)


def _sections(reader: Reader, written: Iterable[Article]) -> dict[str, Iterable[Listed]]:
    """What is listed under the messages that are its headings."""
    processes = reader.edition.public.processes.values()
    comparisons = reader.edition.public.comparisons.values()
    return {
        "llms.lists": _lists(reader),
        "nav.processes": [_entry(reader, "process", p.id, p.name, p.summary) for p in processes],
        "nav.compare": [
            _entry(reader, "comparison", c.id, c.title, c.summary) for c in comparisons
        ],
        "nav.guides": [
            (_isolated(reader, page.title), page.url, _isolated(reader, page.description))
            for page in written
        ],
    }


def _lists(reader: Reader) -> Iterator[Listed]:
    t, language = reader.t, reader.language
    yield t("nav.home"), list_url(language, "home"), ""
    for section, names in SECTIONS.items():
        for name in names if has_entries(reader, section) else ():
            key = f"list.{name.replace('-', '_')}"
            about = _isolated(reader, t(f"{key}_lead"))
            yield _isolated(reader, t(key)), list_url(language, name), about


def _entry(reader: Reader, kind: str, id_: str, name: Text, about: Text) -> Listed:
    url = entry_url(reader.language, kind, id_)
    return plain(reader.pick(name)), url, plain(reader.pick(about))


def _line(name: str, address: str, about: str) -> str:
    escaped = _BRACKET.sub(r"\\\g<0>", name)
    link = f"- [{escaped}]({address})"
    return f"{link}: {' '.join(about.split())}" if about else link


def _title(reader: Reader) -> str:
    return plain(reader.pick(reader.edition.public.organisation.name))


def _isolated(reader: Reader, text: str) -> str:
    return bidi.isolated(text, reader.language)


def _joined(texts: Iterable[str]) -> str:
    return " · ".join(map(isolate, texts))


def _text(parts: Iterable[str]) -> str:
    return "\n\n".join(parts) + "\n"
