"""What a page is, before it becomes HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.languages import Language, Phrase


@dataclass(frozen=True, slots=True)
class Value:
    """A number, date or amount, already written for the reader; isolated where it is rendered.

    `machine` is the same moment or length in ISO 8601, for `<time datetime>`.
    """

    text: str
    machine: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """An id, address, phone number or version: always left to right."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """A phrase whose text is Markdown: paragraphs, or a line without blocks if `inline`."""

    phrase: Phrase
    inline: bool = False

    def __bool__(self) -> bool:
        return bool(self.phrase)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message of the interface with other things inside it, each rendered in its own way."""

    parts: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link; `href` is relative to the page that holds it."""

    href: str
    text: Phrase | Sentence | str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its permanent id; the contents list of a page is made of them."""

    id: str
    title: Phrase | Sentence | str


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in one language; `url` is None where it is not published."""

    language: Language
    url: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site: where it is, what it says, which template shows it.

    `url` is relative to the site, with a closing slash. `section` is the part of the navigation it
    belongs to. `view` is the frozen object that the template shows. A `single` page has no siblings
    (lists, home). `notice` stands above the article. Search and site map leave out what is not
    `listed`. What comes and goes with the number of entries is `like` an address with `_` for what
    differs, and is not kept for ever. `former` are anchors of old, each with where it leads now: `#new`, or another page.
    """

    url: str
    language: Language
    section: str
    template: str
    title: Phrase | Sentence | str
    description: Phrase | Prose | str
    view: Any
    alternates: tuple[Alternate, ...]
    toc: tuple[Heading, ...] = ()
    single: bool = False
    listed: bool = True
    like: str = ""
    former: tuple[tuple[str, str], ...] = ()
    notice: Sentence | None = None
