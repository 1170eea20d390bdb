"""Where each page lives: `/{language}/{folder}/{id}/`, the same ids in all languages."""

from __future__ import annotations

from generator.languages import Language

FOLDERS = {
    "service": "services",
    "category": "services/category",
    "audience": "services/audience",
    "process": "processes",
    "comparison": "compare",
    "term": "glossary",
}
"""Folders of the kinds that have a page each."""

LISTS = {
    "home": "",
    "search": "search/",
    "services": "services/",
    "a-z": "services/a-z/",
    "processes": "processes/",
    "compare": "compare/",
    "glossary": "glossary/",
    "portfolio": "portfolio/",
    "customers": "portfolio/customers/",
    "agreements": "portfolio/agreements/",
    "suppliers": "portfolio/suppliers/",
    "cases": "portfolio/cases/",
    "translations": "portfolio/translations/",
}
"""Pages that there is one of."""


def entry_url(language: Language, kind: str, id_: str) -> str:
    """The address of an entry's page, relative to the site."""
    return f"{language.code}/{FOLDERS[kind]}/{id_}/"


def list_url(language: Language, name: str) -> str:
    """The address of a list page, relative to the site."""
    return f"{language.code}/{LISTS[name]}"


def record_url(language: Language, service_id: str) -> str:
    """The address of the staff record of a service, relative to the site."""
    return f"{language.code}/portfolio/service/{service_id}/"


def parallel_url(url: str) -> str:
    """Where the page at `url` stands in several languages side by side."""
    return f"parallel/{url.partition('/')[2]}"


def relative(target: str, page: str) -> str:
    """`target` as a link from `page`; both are relative to the site and end with a slash."""
    folder = page[: page.rfind("/", 0, -1) + 1]
    if target.startswith(folder) and not target.startswith(page):
        return f"../{target.removeprefix(folder)}"
    here, there = page.split("/")[:-1], target.split("/")
    shared = 0
    for a, b in zip(here, there[:-1], strict=False):
        if a != b:
            break
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:]) or "./"
