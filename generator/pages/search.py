"""The search as a page of its own: it can be linked to, and explains itself without a script."""

from __future__ import annotations

from dataclasses import dataclass

from generator.pages.addresses import list_url, relative
from generator.pages.navigation import sections
from generator.pages.page import Link, Page
from generator.pages.reader import Reader


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page; `lists` are the ways that need no search."""

    title: str
    lead: str
    action: str
    lists: tuple[Link, ...]


def search_page(r: Reader) -> Page:
    """The search page of a language."""
    url = list_url(r.language, "search")
    lists = [Link(r.list_link("home", url), r.t("nav.home"))]
    lists += (
        Link(relative(address, url), title)
        for section in sections(r)
        for title, address in section.pages
    )
    title, lead = r.t("search.title"), r.t("search.lead")
    return Page(
        url, r.language, "search", "search", title, lead,
        SearchView(title, lead, r.list_link("search", url), tuple(lists)),
        r.alternates(lambda lang: list_url(lang, "search")), single=True, listed=False,
    )  # fmt: skip
