"""The A–Z of services: on one page, or a page for each letter."""

from __future__ import annotations

from collections.abc import Iterator

from generator.editions import Edition
from generator.pages import paging
from generator.pages.addresses import (
    further_url,
    letter_id,
    letter_url,
    list_url,
    page_url,
    relative,
)
from generator.pages.cards import cards
from generator.pages.catalogue import (
    CatalogueView,
    GroupView,
    LetterView,
    ShelfView,
    list_page,
    one_group,
)
from generator.pages.page import Link, Page, Value
from generator.pages.reader import Reader
from generator.pages.shelf import shelf


def a_to_z_page(r: Reader) -> Page:
    """All services under the letters of the language's own alphabet, or the letters alone."""
    url = list_url(r.language, "a-z")
    found = shelf(r.edition)
    split = paging.is_split(len(found.rows))
    letters = () if split else tuple(
        LetterView(letter_id(letter), f"#{letter_id(letter)}", letter) for letter in found.letters
    )  # fmt: skip
    groups = () if split else tuple(
        GroupView(letter_id(letter), letter, None, None, cards(r, rows, url))
        for letter, rows in found.letters.items()
    )  # fmt: skip
    view = CatalogueView(
        title=r.t("list.a_z"),
        lead=r.t("list.a_z_lead"),
        count=r.say("list.count", count=len(found.rows)),
        groups=groups,
        other=(Link(r.list_link("services", url), r.t("list.by_category")),),
        dense=True,
        letters=letters,
        shelves=tuple(_shelves(r, url)) if split else (),
    )
    return list_page(r, "a-z", view)


def _shelves(r: Reader, url: str) -> Iterator[ShelfView]:
    for letter, rows in shelf(r.edition).letters.items():
        link = Link(relative(letter_url(r.language, letter), url), letter)
        yield ShelfView(letter_id(letter), link, r.say("list.count", count=len(rows)))


def letter_page(r: Reader, letter: str, number: int = 1) -> Page:
    """The services under one letter of a large catalogue."""
    first = letter_url(r.language, letter)
    url = page_url(first, number)
    found = shelf(r.edition).letters
    title = r.say("list.letter", letter=Value(letter))
    view = CatalogueView(
        title=paging.titled(r, title, number),
        lead=None,
        count=paging.line(r, number, len(found[letter])),
        groups=(one_group(cards(r, paging.part(found[letter], number), url)),),
        other=(
            Link(r.list_link("a-z", url), r.t("list.a_z")),
            Link(r.list_link("services", url), r.t("list.by_category")),
        ),
        dense=True,
        letters=tuple(_other(r, each, letter, url) for each in found),
        pager=paging.pager(r, first, number, paging.page_count(len(found[letter]))),
    )
    return Page(
        url, r.language, "services", "catalogue", view.title, r.t("list.a_z_lead"), view,
        r.alternates(lambda lang: list_url(lang, "a-z")), listed=False,
        like=further_url(r.language, "letter" if number == 1 else "letter page"),
    )  # fmt: skip


def _other(r: Reader, letter: str, current: str, url: str) -> LetterView:
    href = relative(letter_url(r.language, letter), url)
    return LetterView(letter_id(letter), href, letter, letter == current)


def letter_pages(edition: Edition) -> Iterator[tuple[str, int]]:
    """Letters and numbers of the pages of a large catalogue's A–Z."""
    found = shelf(edition)
    if paging.is_split(len(found.rows)):
        for letter, rows in found.letters.items():
            yield from ((letter, n) for n in range(1, paging.page_count(len(rows)) + 1))
