"""Terms in running text lead to the glossary: the first use in each section, with the English name
beside the first one on an Arabic or Persian page.

Names are found as they stand or with what the language writes together with them: the Arabic article,
one-letter words and the ending of the accusative, Persian plurals after ZWNJ, the English plural.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from operator import contains

from generator.editions import Edition
from generator.languages import AR, EN, FA, Language
from generator.pages.addresses import entry_url, relative
from generator.pages.page import Prose
from generator.pages.reader import Reader
from generator.render import plain

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-z0-9]+)")
_MARK = "\u064b-\u0655\u0670"
_WORD = re.compile(rf"[^\W_]+(?:[\u200c'’{_MARK}-]+[^\W_]+)*[{_MARK}]*")
_MARKS = re.compile(f"[{_MARK}\u0640]")
_VOID = frozenset({"br", "img", "input", "wbr", "hr", "col", "path", "use"})
_ALONE = frozenset(
    {"a", "h1", "h2", "h3", "h4", "code", "pre", "svg", "script", "button", "summary", "dt", "th",
     "abbr", "bdi", "cite", "thead", "figcaption", "nav", "header"}
)  # fmt: skip
"""Elements in which nothing is linked: names, code, what is a link already."""
_APART = re.compile(r' class="fh-(?:sources|stages|eyebrow|tag|cite|quiet|interface__party)\b')
"""Parts of a page that are no running text."""
_RUNNING = frozenset({"p", "li", "dd", "div"})
"""Elements beside whose words an English name may stand."""
_CLITICS = ("وبال", "وال", "بال", "فال", "كال", "ولل", "ال", "لل", "و", "ف", "ب", "ك", "ل")
_ENDINGS = (
    *("\u200c" + e for e in ("ها", "های", "هایی", "ام", "ات", "اش", "مان", "تان", "شان")),
    "ها", "های",
)  # fmt: skip
_ENDING = re.compile(f"(?:{'|'.join(_ENDINGS)})$")
_ID = re.compile(r'<h2 id="([^"]*)"')


LINKED: Mapping[str, Collection[str] | None] = {
    "process": None,
    "comparison": None,
    "term": None,
    "service": frozenset({"leaving", "about", "outcomes", "request", "price", "scope", "data"}),
}
"""In which templates, and in which of their sections if not in all, terms are linked.

Elsewhere on service pages there are lists, hours and addresses, which would cost time to look through.
"""


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of a term; `rest` are the words after the first, each in all the ways it may be written."""

    rest: tuple[frozenset[str], ...]
    term: str
    is_whole: bool


class Linker:
    """Links the terms in the articles of one reader.

    Texts without any word that a name may begin with are left as they are: most texts, at the cost of
    finding their words.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._language = reader.language
        self._names: dict[str, list[_Name]] = defaultdict(list)
        terms = reader.edition.public.terms
        for id_, term in terms.items():
            if term.linked and (name := term.name.get(self._language)):
                self._add(name, id_)
        for names in self._names.values():
            names.sort(key=lambda name: (-len(name.rest), not name.is_whole))
        self._english = {id_: term.name.en or "" for id_, term in terms.items()}

    def _add(self, name: str, term: str) -> None:
        words = [_plain(word, self._language) for word in _WORD.findall(name)]
        rest = tuple(frozenset(_inflected(word, self._language)) for word in words[1:])
        for word in words[:1]:
            for form in _first(word, self._language):
                self._names[form].append(_Name(rest, term, is_whole=form == word))

    def __call__(self, article: str, url: str, sections: Collection[str] | None = None) -> str:
        """The article of the page at `url` with links to terms, maybe in some of its sections only.

        Sections are named by the ids of their headings.
        """
        if not self._names:
            return article
        own = url.rstrip("/").rpartition("/")[2]
        ever = {own}
        inside: list[str] = []
        first, *others = article.split("<h2")
        cut = (first, *(f"<h2{other}" for other in others))
        return "".join([
            self._section(section, url, {own}, ever, inside)
            if sections is None or _id(section) in sections
            else section
            for section in cut
        ])  # fmt: skip

    def _section(
        self, html: str, url: str, here: set[str], ever: set[str], inside: list[str]
    ) -> str:
        if not self._named(html):
            return html
        parts = []
        for part in _TAG.split(html):
            if not part.startswith("<"):
                is_running = part.strip() and not _ALONE.intersection(inside) and "*" not in inside
                parts.append(self._text(part, url, here, ever, inside) if is_running else part)
                continue
            parts.append(part)
            name = _NAME.match(part)
            if name is None or name[1] in _VOID or part.endswith("/>"):
                continue
            if part.startswith("</"):
                if inside:
                    inside.pop()
                continue
            inside.append("*" if self._is_foreign(part) else name[1])
        return "".join(parts)

    def _is_foreign(self, tag: str) -> bool:
        """Whether an element is in another language, or a sort of text in which links would disturb."""
        code = re.search(r' lang="([a-z]+)"', tag)
        return (code is not None and code[1] != self._language.code) or _APART.search(
            tag
        ) is not None

    def _text(self, html: str, url: str, here: set[str], ever: set[str], inside: list[str]) -> str:
        text = unescape(html)
        found = self._named(text)
        if all(name.term in here for _, name in found):
            return html
        words = list(_WORD.finditer(text))
        parts: list[str] = []
        at = free = 0
        for i, name in found:
            if i < free:
                continue
            free = i + 1 + len(name.rest)
            if name.term in here:
                continue
            start, end = words[i].start(), words[free - 1].end()
            target = relative(entry_url(self._language, "term", name.term), url)
            parts += (
                escape(text[at:start], quote=False),
                f'<a class="fh-term-link" href="{target}" data-fh-term="{name.term}">'
                f"{escape(text[start:end], quote=False)}</a>",
                self._beside(name.term, text[end:], ever, inside),
            )
            here.add(name.term)
            ever.add(name.term)
            at = end
        return "".join((*parts, escape(text[at:], quote=False)))

    def _named(self, text: str) -> list[tuple[int, _Name]]:
        """The longest names that begin with words of a text, and the numbers of these words."""
        read = _WORD.findall(_spelt(text, self._language))
        names = self._names
        found = ((i, self._at(read, i)) for i, word in enumerate(read) if word in names)
        return [(i, name) for i, name in found if name is not None]

    def _at(self, read: list[str], i: int) -> _Name | None:
        for name in self._names[read[i]]:
            rest = read[i + 1 : i + 1 + len(name.rest)]
            if len(rest) == len(name.rest) and all(map(contains, name.rest, rest)):
                return name
        return None

    def _beside(self, term: str, after: str, ever: set[str], inside: list[str]) -> str:
        """The English name, at the first use on a page in another language."""
        english = self._english[term]
        if self._language is EN or term in ever or not english or after.lstrip().startswith("("):
            return ""
        if not inside or inside[-1] not in _RUNNING:
            return ""
        return f' (<bdi lang="en" dir="ltr">{escape(english)}</bdi>)'


TOLD = 260
"""Letters of a definition that a tooltip shows."""


def terms_script(edition: Edition) -> tuple[str, str]:
    """Name and text of a script that sets `fihristTerms`: name and definition of each term."""
    reader = Reader(edition)
    told = {
        id_: [reader.pick(term.name).text, _told(plain(Prose(reader.pick(term.definition))))]
        for id_, term in edition.public.terms.items()
        if term.linked
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return f"assets/terms/{edition.language.code}.js", f"self.fihristTerms={text};\n"


def _id(section: str) -> str:
    found = _ID.match(section)
    return found[1] if found else ""


def _told(definition: str) -> str:
    """The sentences of a definition that there is room for."""
    sentences = re.split(r"(?<=[.؟!?])\s+", definition)
    told = sentences[0]
    for sentence in sentences[1:]:
        if len(told) + 1 + len(sentence) > TOLD:
            break
        told += f" {sentence}"
    return told


def _spelt(text: str, language: Language) -> str:
    """A word or a text without capitals and marks."""
    return text.casefold() if language is EN else _MARKS.sub("", text)


def _plain(word: str, language: Language) -> str:
    """A word as names and texts are compared."""
    spelt = _spelt(word, language)
    return _ENDING.sub("", spelt) if language is FA else spelt


def _inflected(word: str, language: Language) -> Iterator[str]:
    """A plain word, and the ways it may be written inside a name."""
    yield word
    if language is AR:
        yield from (f"ال{word}", f"{word}ا")
    elif language is FA:
        yield from (word + ending for ending in _ENDINGS)
    elif not word.endswith("s"):
        yield f"{word}s"


def _first(word: str, language: Language) -> Iterator[str]:
    """The same for the word with which a name begins, to which shorter words may be joined."""
    yield from _inflected(word, language)
    if language is AR and len(word) > 2:
        yield from (clitic + word for clitic in _CLITICS if clitic != "ال")
