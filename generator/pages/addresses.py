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


FURTHER = {
    "category": "services/category/_/page/_/",
    "audience": "services/audience/_/page/_/",
    "letter": "services/a-z/_/",
    "letter page": "services/a-z/_/page/_/",
}
"""Pages that come and go with the number of services, with `_` for what differs."""

STAFF_FURTHER = {
    "register": "portfolio/_/page/_/",
    "listing": "portfolio/services/_/_/",
    "listing page": "portfolio/services/_/_/page/_/",
}
"""Those that only staff see."""


def further_url(language: Language, name: str) -> str:
    """What stands for the addresses of such pages, relative to the site."""
    return f"{language.code}/{(FURTHER | STAFF_FURTHER)[name]}"


def page_url(first: str, number: int) -> str:
    """The address of a page of the list that begins at `first`."""
    return first if number == 1 else f"{first}page/{number}/"


def letter_id(letter: str) -> str:
    """The id of a letter of an alphabet: Latin in every language."""
    return f"letter-{ord(letter[0]):04x}"


def letter_url(language: Language, letter: str) -> str:
    """The address of the services under a letter, where the A–Z is split."""
    return f"{list_url(language, 'a-z')}{letter_id(letter)}/"


def listing_url(language: Language, kind: str, id_: str) -> str:
    """The address of the services that belong to something: a status, a customer, a supplier."""
    return f"{language.code}/portfolio/services/{kind}/{id_}/"


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
