"""The chrome around an article: cut once from a rendered page, joined with every other one.

The host renders one page a section with a slot mark in the place of everything that differs from
page to page. What lies between the marks is the chrome; a finished page is chrome and parts joined.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from generator.citing import citing
from generator.languages import FSI, PDI, Language
from generator.machine import form
from generator.messages import Messages
from generator.pages.addresses import parallel_url, relative
from generator.pages.page import Alternate, Heading, Page
from generator.pages.reader import Reader
from generator.render import FALLBACK, Renderer, plain, with_elements

SLOTS = ("title", "head", "switcher", "toc", "article")
"""What differs from page to page."""

CITED = frozenset({"process", "comparison", "term"})
"""Templates of pages that others cite."""

COMPARED = CITED | {"service"}
"""Templates of pages that stand side by side."""

_MARK = re.compile(r"fihrist-slot-([a-z]+)-")


def mark(slot: str) -> str:
    """What stands in the place of a slot while the chrome is rendered."""
    return f"fihrist-slot-{slot}-"


@dataclass(frozen=True)
class Chrome:
    """The pieces of a rendered page, and the names of the slots between them."""

    pieces: tuple[str, ...]
    slots: tuple[str, ...]

    @classmethod
    def cut(cls, html: str) -> Chrome:
        """Cut a page that was rendered with slot marks."""
        parts = _MARK.split(html)
        return cls(tuple(parts[::2]), tuple(parts[1::2]))

    def dress(self, parts: Mapping[str, str]) -> str:
        """The chrome with these parts in its slots."""
        joined = [self.pieces[0]]
        for slot, piece in zip(self.slots, self.pieces[1:], strict=True):
            joined += (parts[slot], piece)
        return "".join(joined)


@dataclass(frozen=True)
class SiteFacts:
    """What every page needs to know of the site. `url` ends with a slash, or is empty.

    `assets` are the names under which files are published that browsers keep, by their plain names.
    """

    url: str
    name: Mapping[str, str]
    staff: bool
    assets: Mapping[str, str] = field(default_factory=dict)

    def asset(self, name: str) -> str:
        """The name under which a file is published."""
        return self.assets.get(name, name)


def chrome_key(page: Page) -> str:
    """Pages of a key share their chrome: entries by their folder, single pages by their address."""
    folder, _, _ = page.url.rstrip("/").rpartition("/")
    return page.like or (page.url if page.single else folder)


def parts(page: Page, article: str, renderer: Renderer, facts: SiteFacts) -> dict[str, str]:
    """What fills the slots for a data page with this article; `file` is for programs, beside it."""
    if FALLBACK in article:
        article = _notice("fh-fallback", escape(renderer.reader.t("page.fallback"))) + article
    if page.notice is not None:
        article = _notice("fh-outdated", renderer.show(page.notice)) + article
    title, description = plain(page.title), plain(page.description)
    article += tools(page, renderer.reader)
    if page.template in CITED:
        article += cited(page.url, title, renderer.reader, facts)
    article += print_footer(page.url, renderer.reader, facts)
    machine = form(page, renderer.reader, facts.url, facts.name[page.language.code])
    others = () if page.like else page.alternates
    return {
        "title": with_elements(title),
        "head": head(page.url, title, description, page.language, others, facts, page.listed)
        + machine.head,
        "switcher": switcher(page.url, page.language, page.alternates, renderer.reader.t),
        "toc": toc(page.toc, renderer),
        "article": article,
        "file": machine.file,
    }


def tools(page: Page, reader: Reader) -> str:
    """What else can be done with the page of an entry: read it in several languages, compare it.

    Services have no pages side by side of their own: these would grow with the catalogue.
    """
    published = [alternate.language.code for alternate in page.alternates if alternate.url]
    if page.template not in COMPARED or len(published) < 2:
        return ""
    any_two = f"{relative('parallel/', page.url)}?a={page.url.partition('/')[2]}&amp;lang="
    here = f"{any_two}{page.language.code}"
    if page.template == "service":
        links = {"link": f"{any_two}{','.join(published)}", "compare_service": here}
    else:
        links = {"link": relative(parallel_url(page.url), page.url), "compare": here}
    shown = (
        f'<a href="{href}">{escape(reader.t(f"parallel.{key}"))}</a>' for key, href in links.items()
    )
    return f'\n<p class="fh-tools">{" · ".join(shown)}</p>'


def cited(url: str, title: str, reader: Reader, facts: SiteFacts) -> str:
    """How the page is cited; nothing where the site does not say its address."""
    if not facts.url:
        return ""
    return citing(f"{facts.url}{url}", title, reader, facts.name[reader.language.code])


def _notice(name: str, html: str) -> str:
    return f'<p class="fh-notice {name}" role="note">{html}</p>\n'


def print_footer(url: str, reader: Reader, facts: SiteFacts) -> str:
    """What only paper shows under an article: its address, and the day, which the browser writes.

    The browser is told the locale, for a page holds no clock; without a script it prints no day.
    """
    link = escape(reader.t("page.link"))
    address = f'<p>{link}: <bdi dir="ltr">{facts.url}{url}</bdi></p>' if facts.url else ""
    printed = escape(reader.t("page.printed", date=FSI + PDI))
    day = printed.replace(FSI, "<bdi>").replace(PDI, "</bdi>")
    return (
        f'\n<div class="fh-print">{address}'
        f'<p hidden data-fh-day="{reader.format.locale}">{day}</p></div>'
    )


def head(
    url: str,
    title: str,
    description: str,
    language: Language,
    alternates: tuple[Alternate, ...],
    facts: SiteFacts,
    listed: bool = True,
) -> str:
    """Description, canonical address, the other languages, and what shared links show."""
    name = facts.name[language.code]
    shown = title if title == name else f"{title} – {name}"
    lines = [
        f"<title>{escape(shown)}</title>",
        f'<meta name="description" content="{escape(_short(description))}">',
    ]
    if facts.staff or not listed:
        follow = "nofollow" if facts.staff else "follow"
        lines.append(f'<meta name="robots" content="noindex, {follow}">')
    if facts.url:
        lines.append(f'<link rel="canonical" href="{facts.url}{url}">')
        published = {a.language.code: a.url for a in alternates if a.url is not None}
        lines += (
            f'<link rel="alternate" hreflang="{code}" href="{facts.url}{address}">'
            for code, address in published.items()
        )
        if published:
            default = published.get("en", url)
            lines.append(f'<link rel="alternate" hreflang="x-default" href="{facts.url}{default}">')
        lines.append(f'<meta property="og:url" content="{facts.url}{url}">')
        lines.append(
            f'<link rel="search" type="application/opensearchdescription+xml" '
            f'title="{escape(name)}" href="{facts.url}{language.code}/opensearch.xml">'
        )
    lines += (
        f'<meta property="og:title" content="{escape(title)}">',
        f'<meta property="og:description" content="{escape(_short(description))}">',
        '<meta property="og:type" content="website">',
        f'<meta property="og:site_name" content="{escape(name)}">',
        f'<meta property="og:locale" content="{language.open_graph}">',
    )
    return "\n      ".join(lines)


def _short(text: str, limit: int = 160) -> str:
    """A description of at most `limit` code points, cut between words."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip("،,;؛ ") + "…"


def switcher(url: str, language: Language, alternates: tuple[Alternate, ...], t: Messages) -> str:
    """The languages of the page, each by its own name; one that is missing says so."""
    return "".join(_choice(url, language, alternate, t) for alternate in alternates)


def _choice(url: str, current: Language, alternate: Alternate, t: Messages) -> str:
    other = alternate.language
    marks = f'lang="{other.code}" dir="{other.direction}"'
    if alternate.url is None:
        return (
            f'<li class="md-select__item"><span class="md-select__link fh-missing">'
            f"<span {marks}>{other.name}</span> <small>{escape(t('language.missing'))}</small>"
            "</span></li>"
        )
    here = ' aria-current="true"' if other is current else ""
    return (
        f'<li class="md-select__item"><a class="md-select__link" '
        f'href="{relative(alternate.url, url)}" {marks} hreflang="{other.code}" '
        f'data-fh-language="{other.code}"{here}>{other.name}</a></li>'
    )


def toc(headings: tuple[Heading, ...], renderer: Renderer) -> str:
    """The contents list of a page."""
    if not headings:
        return ""
    items = "".join(
        f'<li class="md-nav__item"><a href="#{heading.id}" class="md-nav__link">'
        f'<span class="md-ellipsis">{renderer.show(heading.title)}</span></a></li>'
        for heading in headings
    )
    title = escape(renderer.reader.t("nav.toc"))
    return (
        f'<label class="md-nav__title" for="__toc"><span class="md-nav__icon md-icon"></span>{title}'
        f'</label><ul class="md-nav__list" data-md-component="toc" data-md-scrollfix>{items}</ul>'
    )
