"""Addresses and anchors are for good: what was published once leads somewhere for ever.

`golden/addresses.txt` lists every page and every anchor of the example, by site and languages (`*` for
all). `--update-golden` adds new ones; it drops an anchor only when its page has become a redirect.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.languages import LANGUAGES
from tests.conftest import Built
from tests.test_site import in_languages, parsed

FILE = Path(__file__).parent / "golden" / "addresses.txt"
CODES = sorted(language.code for language in LANGUAGES)
LETTER = re.compile("letter-[0-9a-f]{4}")
"""Letters of an A–Z come and go with the names under them."""


class Address(NamedTuple):
    """A page, or a place on it, in one language of one site."""

    site: str
    path: str
    anchor: str
    language: str


def addresses(site: str, pages: dict[str, str]) -> Iterator[Address]:
    """Every page, and every anchor in its article but those of cards, which stand where they fit."""
    for name, text in in_languages(pages).items():
        code, _, path = name.removesuffix("index.html").partition("/")
        yield Address(site, f"/{path}", "", code)
        for id_ in parsed(text).xpath("//article//*[not(contains(@class, 'fh-card'))]/@id"):
            if not LETTER.fullmatch(id_):
                yield Address(site, f"/{path}", f"#{id_}", code)


def redirects(site: str, pages: dict[str, str]) -> Iterator[Address]:
    """The pages that only lead elsewhere; a browser keeps the anchor on the way."""
    moved = {name: text for name, text in pages.items() if 'http-equiv="refresh"' in text}
    return (one for one in addresses(site, moved) if not one.anchor)


def lost(old: Iterable[Address], now: set[Address], moved: set[Address]) -> list[Address]:
    """Earlier addresses that lead nowhere now."""
    return [one for one in old if one not in now and one._replace(anchor="") not in moved]


def written(found: Iterable[Address]) -> list[str]:
    """A line for each place, with its languages."""
    lines = []
    for place, same in groupby(sorted(found), key=lambda one: one[:3]):
        codes = [one.language for one in same]
        site, path, anchor = place
        lines.append(f"{site} {'*' if codes == CODES else ','.join(codes)} {path}{anchor}")
    return lines


def read(lines: Iterable[str]) -> Iterator[Address]:
    """The addresses that lines stand for."""
    for line in lines:
        site, codes, address = line.split(" ")
        path, sign, anchor = address.partition("#")
        for code in CODES if codes == "*" else codes.split(","):
            yield Address(site, path, sign + anchor, code)


def test_no_address_is_lost(built: Built, request: pytest.FixtureRequest) -> None:
    sites = {"customer": built.pages, "staff": built.staff}
    now = {one for site, pages in sites.items() for one in addresses(site, pages)}
    moved = {one for site, pages in sites.items() for one in redirects(site, pages)}
    gone = written(lost(read(FILE.read_text(encoding="utf-8").splitlines()), now, moved))
    assert not gone, (
        "these addresses were published and lead nowhere now: keep the id, or let a tombstone with "
        f"`redirect_to` lead on from the page ({FILE.name}): {gone}"
    )
    if request.config.getoption("--update-golden"):
        FILE.write_text("".join(f"{line}\n" for line in written(now)), encoding="utf-8")
    new = now - set(read(FILE.read_text(encoding="utf-8").splitlines()))
    assert not new, f"these addresses are new, add them with --update-golden: {written(new)}"


FAX, HOURS = Address("customer", "/services/fax/", "", "fa"), Address("customer", "/services/fax/", "#hours", "fa")  # fmt: skip


def test_an_address_that_disappears_is_named() -> None:
    assert lost([FAX, HOURS], {FAX, HOURS}, set()) == []
    assert lost([FAX, HOURS], {FAX}, set()) == [HOURS]
    assert lost([FAX, HOURS], set(), set()) == [FAX, HOURS]
    assert lost([FAX, HOURS], {FAX}, {FAX}) == []
    assert lost([FAX, HOURS], {one._replace(language="ar") for one in (FAX, HOURS)}, {FAX._replace(site="staff")}) == [FAX, HOURS]  # fmt: skip


def test_a_redirect_counts_in_its_own_language_and_site() -> None:
    page = '<meta http-equiv="refresh" content="0"><article id="x"><h1 id="title">T</h1></article>'
    pages = {"fa/services/fax/index.html": page, "ar/services/fax/index.html": "<p>no</p>"}
    assert list(redirects("customer", pages)) == [FAX]


def test_lines_are_read_as_they_are_written() -> None:
    found = [FAX, HOURS, *(HOURS._replace(path="/", language=code) for code in CODES)]
    lines = written(found)
    assert lines == ["customer * /#hours", "customer fa /services/fax/", "customer fa /services/fax/#hours"]  # fmt: skip
    assert sorted(read(lines)) == sorted(found)
