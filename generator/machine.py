"""What programs read of a page: JSON-LD in its head, and the same in `index.json` beside an entry's.

The words are those of schema.org. Nothing is said here that the page does not show to this reader.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from generator import bidi
from generator.availability import Availability
from generator.languages import Phrase
from generator.pages.addresses import entry_url, list_url, relative
from generator.pages.page import Page, Prose, Sentence, Value
from generator.pages.reader import Reader
from generator.pages.service import ServiceView
from generator.render import plain

FILE = "index.json"
"""The name of an entry's file, in the folder of its page."""

Node = dict[str, Any]

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Form:
    """Lines for the head of a page, and the text of the file beside it; empty where there is none."""

    head: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class _Subject:
    """A page and its reader, and the address (empty if unknown) and name of the site."""

    page: Page
    reader: Reader
    base: str
    site: str

    def address(self, url: str) -> str:
        return f"{self.base}{url}" if self.base else relative(url, self.page.url)

    def list_address(self, name: str) -> str:
        return self.address(list_url(self.reader.language, name))


def form(page: Page, reader: Reader, base: str, site: str) -> Form:
    """A page for programs; nothing of pages that are not listed, or are for staff alone."""
    if page.template not in _MAIN or not page.listed:
        return Form()
    subject = _Subject(page, reader, base, site)
    text = _written(_document(subject))
    script = f'\n      <script type="application/ld+json">{text}</script>'
    if page.single:
        return Form(script)
    link = f'\n      <link rel="alternate" type="application/json" href="{FILE}">'
    return Form(f"{link}{script}", f"{text[:-1]},{_written(_elsewhere(subject))[1:]}\n")


def _written(node: Node) -> str:
    """JSON that may stand in a `script` element, where `</` and `<!--` would disturb."""
    return _encode(node).replace("<", "\\u003c")


def _node(type_: str, **properties: Any) -> Node:
    return {"@type": type_, **{name: value for name, value in properties.items() if value}}


def _document(s: _Subject) -> Node:
    make = _MAIN[s.page.template]
    main = make(s) if make else None
    name = main["name"] if main else _said(s.page.title)
    page = _node(
        "WebPage" if main else "CollectionPage",
        url=s.address(s.page.url),
        inLanguage=s.page.language.code,
        isPartOf=_node("WebSite", name=s.site, url=s.list_address("home")),
        breadcrumb=None if s.page.single else _breadcrumb(s, name),
        **({"mainEntity": main} if main else _named(name, s.page.description)),
    )
    return {"@context": "https://schema.org", **page}


def _named(name: Any, description: Any) -> Node:
    return {"name": name, "description": _said(description)}


def _said(value: Phrase | Prose | Sentence | Value | str) -> str | Node:
    """A text; one in another language than the page's says so."""
    phrase = value.phrase if isinstance(value, Prose) else value
    if isinstance(phrase, Phrase) and phrase.is_foreign:
        return {"@language": phrase.language.code, "@value": plain(value)}
    return plain(value)


def _breadcrumb(s: _Subject, name: str | Node) -> Node:
    """The part of the site, the category of a service, and the page itself."""
    steps: list[tuple[str | Node, str]] = [
        (s.reader.t(f"nav.{s.page.section}"), s.list_address(s.page.section))
    ]
    if s.page.template == "service" and s.page.view.category:
        category = s.reader.edition.public.services[s.page.view.id].categories[0]
        url = entry_url(s.reader.language, "category", category)
        steps.append((_said(s.page.view.category.text), s.address(url)))
    items = [
        _node("ListItem", position=i, name=step, item=url)
        for i, (step, url) in enumerate([*steps, (name, "")], 1)
    ]
    return _node("BreadcrumbList", itemListElement=items)


def _elsewhere(s: _Subject) -> Node:
    """The same in all languages: none is said to be the original of another."""
    pages = [
        _node("WebPage", url=s.address(a.url), inLanguage=a.language.code)
        for a in s.page.alternates
        if a.url is not None
    ]
    return {"exampleOfWork": _node("CreativeWork", workExample=pages)}


# ── what a page is about ───────────────────────────────────────────────────────────────────────


def _organisation(s: _Subject) -> Node:
    view = s.page.view
    return _node("Organization", **_named(_said(view.name), view.summary))


def _service(s: _Subject) -> Node:
    view: ServiceView = s.page.view
    button = view.request.button if view.request else None
    return _node(
        "Service",
        identifier=view.id,
        **_named(_said(view.name), view.summary),
        alternateName=[bidi.isolated(word, s.page.language) for word in view.aliases],
        category=_said(view.category.text) if view.category else None,
        audience=[_node("Audience", name=_said(link.text)) for link in view.audiences],
        provider=_node("Organization", name=s.site, url=s.list_address("home")),
        offers=_offer(view),
        availableChannel=_node("ServiceChannel", serviceUrl=button.href) if button else None,
    )


_DAY = {
    Availability.ANNOUNCED: "availabilityStarts",
    Availability.CLOSING: "availabilityEnds",
}
"""What the day in the badge of a service says of its offer."""


def _offer(view: ServiceView) -> Node | None:
    """The price in the words of the page, and since or until when, or that it is no more."""
    offer = _node("Offer", description=_said(view.price) if view.price else None)
    if view.availability is Availability.CLOSED:
        offer["availability"] = "https://schema.org/Discontinued"
    elif view.availability in _DAY and isinstance(view.badge, Sentence):
        (day,) = (part.machine for part in view.badge.parts if isinstance(part, Value))
        offer[_DAY[view.availability]] = day
    return offer if len(offer) > 1 else None


def _process(s: _Subject) -> Node:
    view = s.page.view
    english = [_said(view.english)] if view.english else []
    abbreviation = [view.abbreviation.text] if view.abbreviation else []
    return _node(
        "LearningResource",
        **_named(_said(view.name), view.summary),
        alternateName=[*english, *abbreviation],
        inLanguage=s.page.language.code,
    )


def _comparison(s: _Subject) -> Node:
    view = s.page.view
    return _node(
        "LearningResource",
        **_named(_said(view.title), view.summary),
        inLanguage=s.page.language.code,
        about=[_node("Thing", name=_said(side.name)) for side in view.sides],
    )


def _term(s: _Subject) -> Node:
    view = s.page.view
    words = [bidi.isolated(word, s.page.language) for word in view.variants]
    return _node(
        "DefinedTerm",
        **_named(_said(view.name), view.definition),
        termCode=view.abbreviation.text if view.abbreviation else "",
        alternateName=[*map(_said, view.others), *words],
        inDefinedTermSet=_node(
            "DefinedTermSet", name=s.reader.t("list.glossary"), url=s.list_address("glossary")
        ),
    )


_MAIN: dict[str, Callable[[_Subject], Node] | None] = {
    "home": _organisation,
    "catalogue": None,
    "index": None,
    "service": _service,
    "process": _process,
    "comparison": _comparison,
    "term": _term,
}
"""What a template's pages are about; lists are about nothing but what they list."""
