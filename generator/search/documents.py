"""Pages as search sees them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Any

from generator.availability import Availability
from generator.bidi import LRI, RLI
from generator.editions import Edition
from generator.languages import EN, FSI, PDI, Language, Phrase
from generator.pages.addresses import LISTS
from generator.pages.navigation import part_of
from generator.pages.page import Page
from generator.pages.reader import Reader
from generator.render import plain
from generator.search.index import Document, Section, Text
from generator.search.synonyms import Affected, Synonyms

_KIND = {"service": "service", "process": "process", "term": "term", "comparison": "comparison",
         "record": "record", "register": "record", "board": "record"}  # fmt: skip
"""The kind of a template's pages; the others are plain pages."""
_BODY = frozenset({"service", "process", "term", "comparison", "record", "register"})
"""Templates whose articles are searched; lists only repeat the pages that they list."""
_ENTRY = ("service", "process", "term", "comparison")
_TRUST = {"term": 1.0, "service": 0.4}
"""How far the names of a kind's entries mean the same elsewhere."""
_OTHER_NAMES = ("aliases", "keywords", "variants")


def document(page: Page, article: str, reader: Reader) -> Document:
    """A data page, with its article as HTML."""
    kind = _KIND.get(page.template, "page")
    entry = _entry(page, kind, reader.edition)
    title = plain(page.title) if entry is None else None
    return Document(
        url=page.url,
        language=reader.language.code,
        kind=kind,
        title=((title, reader.language.code),) if title else _phrase(reader.pick(_name(entry))),
        names=tuple(_names(entry, reader)),
        aliases=tuple(_aliases(entry, reader)),
        summary=((_description(page), _language(page.description, reader)),),
        trail=tuple(_trail(page, entry, reader)),
        sections=sections(article, reader.language) if page.template in _BODY else (),
        ended=kind == "service" and reader.edition.availability[entry.id] is Availability.CLOSED,
    )


@dataclass(frozen=True, slots=True)
class Article:
    """A hand-written page as its host made it; `html` is what stands between header and footer."""

    url: str
    title: str
    description: str
    html: str


def guide(article: Article, reader: Reader) -> Document:
    """A hand-written page."""
    code = reader.language.code
    return Document(
        article.url, code, "guide", ((article.title, code),), (), (),
        ((article.description, code),),
        (reader.t(f"nav.{part_of(article.url)}"),), sections(article.html, reader.language),
    )  # fmt: skip


def synonyms(edition: Edition) -> Synonyms:
    """Words of one meaning: names of terms and services, and what the organisation says of others."""
    public, language = edition.public, edition.language
    groups = [
        (_group(entry, language), trust)
        for kind, trust in _TRUST.items()
        for entry in public.entries[kind].values()
    ]
    groups += (
        ([word for lang in dict.fromkeys((language, EN)) for word in words.get(lang)], 1.0)
        for words in public.organisation.everyday_words
    )
    return Synonyms(groups, edition.language.code)


def renamed(
    words: Synonyms, before: Edition, now: Edition, ids: Iterable[str]
) -> tuple[Synonyms, Affected]:
    """The synonyms of an edition after some services have other names, and what that reaches.

    Raises ValueError where that cannot be told.
    """
    old, new, language = before.public.services, now.public.services, now.language
    changes = [(_group(old[i], language), _group(new[i], language)) for i in ids if i in new]
    return words.with_groups(changes, _TRUST["service"])


def _group(entry: Any, language: Language) -> list[str]:
    names = [entry.name.get(language), entry.name.en, getattr(entry, "abbreviation", None)]
    for field in ("aliases", "variants"):
        if (words := getattr(entry, field, None)) is not None:
            names += (*words.get(language), *words.en)
    return [name for name in names if name]


def _entry(page: Page, kind: str, edition: Edition) -> Any:
    id_ = page.url.rstrip("/").rpartition("/")[2]
    if page.single:
        return None
    if kind == "record":
        return edition.portfolio.services[id_] if edition.portfolio is not None else None
    return edition.public.entries[kind][id_] if kind in _ENTRY else None


def _name(entry: Any) -> Any:
    return getattr(entry, "title", None) or entry.name


def _names(entry: Any, reader: Reader) -> Iterator[Text]:
    """The names in the other languages, and the abbreviation."""
    if entry is None:
        return
    shown = reader.pick(_name(entry)).language
    for language, text in _name(entry).items():
        if language is not shown:
            yield ((text, language.code),)
    if abbreviation := getattr(entry, "abbreviation", None):
        yield ((abbreviation, EN.code),)


def _aliases(entry: Any, reader: Reader) -> Iterator[Text]:
    """What else people call an entry, in the reader's language and in English, and its id."""
    if entry is not None:
        yield ((entry.id, EN.code),)
    for words in (getattr(entry, field, None) for field in _OTHER_NAMES):
        if words is not None:
            for language in dict.fromkeys((reader.language, EN)):
                yield from (((word, language.code),) for word in words.get(language))


def _description(page: Page) -> str:
    return page.description if isinstance(page.description, str) else plain(page.description)


def _language(text: Any, reader: Reader) -> str:
    phrase = getattr(text, "phrase", text)
    return phrase.language.code if isinstance(phrase, Phrase) else reader.language.code


def _phrase(phrase: Phrase) -> Text:
    return ((plain(phrase), phrase.language.code),)


def _trail(page: Page, entry: Any, reader: Reader) -> Iterator[str]:
    if (
        page.section != "home"
        and page.url != f"{reader.language.code}/{LISTS.get(page.section, '')}"
    ):
        yield reader.t(f"nav.{page.section}")
    for category in getattr(entry, "categories", ())[:1]:
        if category in reader.edition.public.categories:
            yield reader.pick(reader.edition.public.categories[category].name).text


_SKIPPED = re.compile(
    r"<(header|nav|form|svg|script|thead|dt|button)\b.*?</\1>"
    r'|<(dl|ul|table|details|section) class="fh-(?:channels|contents|facts|holidays|hours|levels|questions)\b.*?</\2>'
    r'|<a class="headerlink".*?</a>',
    re.S,
)
"""What is no text of the page, or says the same on very many."""
_UNSEARCHED = "entry"
"""The section about the page itself."""
_HEADING = re.compile(
    r'<h[2-4](?: id="([^"]*)")?[^>]*>(.*?)</h[2-4]>'
    r'|<tr id="([^"]*)"[^>]*><th scope="row"[^>]*>(.*?)</th>',
    re.S,
)
_CHAPTER = '<h2 id="'
"""Where an article is cut before it is read; nothing that is skipped holds such a heading."""
_FOREIGN = re.compile(r'<(span|div|p|q|blockquote)\b[^>]*? lang="([a-z]+)"[^>]*>(.*?)</\1>', re.S)
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|cite|code|em|i|kbd|mark|q|samp|small|span|strong|sub|sup|time|wbr)\b[^>]*>"
)
_ISOLATE = re.compile(r'<(/?)(?:bdi|code)(?: dir="(ltr|rtl)")?>')
_CONTROLS = {"ltr": LRI, "rtl": RLI, None: FSI}
_TAG = re.compile(r"(?:<[^>]*>\s*)+")


def sections(article: str, language: Language) -> tuple[Section, ...]:
    """The parts of an article, each under the nearest heading or table row that can be linked to."""
    first, *others = article.split(_CHAPTER)
    chapters = (first, *(_CHAPTER + chapter for chapter in others))
    return tuple(section for html in chapters for section in _chapter(html, language))


@lru_cache(maxsize=5_000)
def _chapter(html: str, language: Language) -> tuple[Section, ...]:
    """The parts of an article from one chief heading to the next; pages share many of them."""
    parts = _HEADING.split(_SKIPPED.sub(" ", html))
    found = [("", "", parts[0])]
    for heading, title, row, aspect, text in zip(*(parts[i::5] for i in range(1, 6)), strict=True):
        if anchor := heading or row:
            found.append((anchor, title or aspect, text))
        else:
            anchor, name, before = found[-1]
            found[-1] = (anchor, name, f"{before} {title or aspect} {text}")
    made = (
        Section(anchor, _text(title, language), _text(text, language))
        for anchor, title, text in found
    )
    return tuple(s for s in made if s.id != _UNSEARCHED and (s.title or s.text))


@lru_cache(maxsize=5_000)
def _text(html: str, language: Language) -> Text:
    """The words of some HTML, with the language that its elements name."""
    parts = _FOREIGN.split(html) if " lang=" in html else [html]
    pieces: list[tuple[str, str]] = [(_words(parts[0]), language.code)]
    for code, foreign, own in zip(parts[2::4], parts[3::4], parts[4::4], strict=True):
        pieces += [(_words(foreign), code), (_words(own), language.code)]
    return tuple((text, code) for text, code in pieces if text)


def _words(html: str) -> str:
    """The text of some HTML, a line for each block; what was isolated stays so (UAX #9)."""
    if "<" in html:
        html = _ISOLATE.sub(lambda match: PDI if match[1] else _CONTROLS[match[2]], html)
        html = _INLINE.sub("", html)
    lines = [" ".join(line.split()) for line in _TAG.split(html)]
    return unescape("\n".join([line for line in lines if line]))
