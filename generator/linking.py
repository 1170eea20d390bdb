"""Terms in running text lead to the glossary: the first use in each section, with the English name
beside the first one on an Arabic or Persian page.

Names are found as they stand or with what the language writes together with them: the Arabic article
and one-letter words, Persian plurals after ZWNJ, the English plural.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape

from generator.editions import Edition
from generator.languages import AR, EN, FA, Language
from generator.pages.addresses import entry_url, relative
from generator.pages.page import Prose
from generator.pages.reader import Reader
from generator.render import plain

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-z0-9]+)")
_WORD = re.compile(r"[^\W_]+(?:[\u200c'’-][^\W_]+)*")
_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
_VOID = frozenset({"br", "img", "input", "wbr", "hr", "col", "path", "use"})
_ALONE = frozenset(
    {"a", "h1", "h2", "h3", "h4", "code", "pre", "svg", "script", "button", "summary", "dt", "th",
     "abbr", "cite", "thead", "figcaption", "nav", "header"}
)  # fmt: skip
"""Elements in which nothing is linked: names, code, what is a link already."""
_APART = re.compile(r' class="fh-(?:sources|stages|eyebrow|tag|cite|quiet|interface__party)\b')
"""Parts of a page that are no running text."""
_RUNNING = frozenset({"p", "li", "dd", "div"})
"""Elements beside whose words an English name may stand."""
_CLITICS = ("وبال", "وال", "بال", "فال", "كال", "ولل", "ال", "لل", "و", "ف", "ب", "ك", "ل")
_ENDINGS = re.compile("\u200c(?:ها|های|هایی|ام|ات|اش|مان|تان|شان)$|ها$|های$")


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of a term, word by word as `_read` gives them."""

    words: tuple[str, ...]
    term: str


class Linker:
    """Links the terms in the articles of one reader."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._language = reader.language
        self._names: dict[str, list[_Name]] = defaultdict(list)
        terms = reader.edition.public.terms
        for id_, term in terms.items():
            if term.linked and (name := term.name.get(self._language)):
                self._add(name, id_)
        for names in self._names.values():
            names.sort(key=lambda name: -len(name.words))
        self._english = {id_: term.name.en or "" for id_, term in terms.items()}

    def _add(self, name: str, term: str) -> None:
        words = tuple(_plain(word, self._language) for word in _WORD.findall(name))
        if words:
            self._names[words[0]].append(_Name(words, term))

    def __call__(self, article: str, url: str) -> str:
        """The article of the page at `url` with links to terms."""
        return "".join(self._linked(article, url))

    def _linked(self, article: str, url: str) -> Iterator[str]:
        own = url.rstrip("/").rpartition("/")[2]
        here, ever = {own}, {own}
        inside: list[str] = []
        for part in _TAG.split(article):
            if not part.startswith("<"):
                if part.strip() and not _ALONE.intersection(inside) and "*" not in inside:
                    yield self._text(unescape(part), url, here, ever, inside)
                else:
                    yield part
                continue
            yield part
            name = _NAME.match(part)
            if name is None or name[1] in _VOID or part.endswith("/>"):
                continue
            if part.startswith("</"):
                if inside:
                    inside.pop()
                continue
            if name[1] == "h2":
                here = {own}
            inside.append("*" if self._is_foreign(part) else name[1])

    def _is_foreign(self, tag: str) -> bool:
        """Whether an element is in another language, or a sort of text in which links would disturb."""
        code = re.search(r' lang="([a-z]+)"', tag)
        return (code is not None and code[1] != self._language.code) or _APART.search(
            tag
        ) is not None

    def _text(self, text: str, url: str, here: set[str], ever: set[str], inside: list[str]) -> str:
        words = list(_WORD.finditer(text))
        read = [_plain(word.group(), self._language) for word in words]
        parts: list[str] = []
        at = i = 0
        while i < len(words):
            found = self._at(read, i)
            if found is None or found.term in here:
                i += 1 if found is None else len(found.words)
                continue
            start, end = words[i].start(), words[i + len(found.words) - 1].end()
            target = relative(entry_url(self._language, "term", found.term), url)
            parts += (
                escape(text[at:start], quote=False),
                f'<a class="fh-term-link" href="{target}" data-fh-term="{found.term}">'
                f"{escape(text[start:end], quote=False)}</a>",
                self._beside(found.term, text[end:], ever, inside),
            )
            here.add(found.term)
            ever.add(found.term)
            at, i = end, i + len(found.words)
        return "".join((*parts, escape(text[at:], quote=False)))

    def _at(self, read: list[str], i: int) -> _Name | None:
        """The longest name that begins with the word at `i`."""
        for first in _bare(read[i], self._language):
            for name in self._names.get(first, ()):
                rest = read[i + 1 : i + len(name.words)]
                if len(rest) == len(name.words) - 1 and all(
                    _alike(word, wanted, self._language)
                    for word, wanted in zip(rest, name.words[1:], strict=True)
                ):
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


def _told(definition: str) -> str:
    """The sentences of a definition that there is room for."""
    sentences = re.split(r"(?<=[.؟!?])\s+", definition)
    told = sentences[0]
    for sentence in sentences[1:]:
        if len(told) + 1 + len(sentence) > TOLD:
            break
        told += f" {sentence}"
    return told


def _plain(word: str, language: Language) -> str:
    """A word as names and texts are compared."""
    if language is EN:
        return word.casefold()
    word = _MARKS.sub("", word)
    return _ENDINGS.sub("", word) if language is FA else word


def _bare(word: str, language: Language) -> Iterator[str]:
    """A word, and what it may be without what is written together with it."""
    yield word
    if language is AR:
        for clitic in _CLITICS:
            if word.startswith(clitic) and len(word) - len(clitic) > 2:
                yield word[len(clitic) :]
    elif language is EN and word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]


def _alike(word: str, wanted: str, language: Language) -> bool:
    if word == wanted:
        return True
    if language is AR:
        return word == f"ال{wanted}"
    return language is EN and word == f"{wanted}s"
