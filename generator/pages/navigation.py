"""The parts of the site, as tabs and menus show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.pages.addresses import FOLDERS, FURTHER, LISTS, STAFF_FURTHER, further_url, list_url
from generator.pages.reader import Reader

SECTIONS = {
    "services": ("services", "a-z"),
    "processes": ("processes",),
    "compare": ("compare",),
    "glossary": ("glossary",),
}
"""The parts that everybody sees, each with its list pages."""

REGISTERS = ("customers", "agreements", "suppliers", "cases", "translations")
"""The list pages beside the portfolio board."""

STAFF_SECTIONS = {"portfolio": ("portfolio", *REGISTERS)}
"""The part that only staff see."""

SECTION_OF = {
    "service": "services",
    "category": "services",
    "audience": "services",
    "process": "processes",
    "comparison": "compare",
    "term": "glossary",
}
"""The part in which the pages of a kind stand."""

WRITTEN = ("knowledge", "guides")
"""The parts of hand-written pages, in the order of the tabs; what has no part of its own is a guide."""

_TITLES = {
    "a-z": "list.a_z",
    "portfolio": "portfolio.title",
    **{name: f"portfolio.{name}" for name in REGISTERS},
}


@dataclass(frozen=True, slots=True)
class SectionView:
    """A part of the site: its name and its list pages as (title, address)."""

    id: str
    title: str
    pages: tuple[tuple[str, str], ...]


def sections(r: Reader) -> tuple[SectionView, ...]:
    """The parts of the site that this reader sees."""
    return tuple(
        SectionView(
            id_,
            r.t(f"nav.{id_}"),
            tuple((r.t(_TITLES.get(n, f"list.{n}")), list_url(r.language, n)) for n in names),
        )
        for id_, names in _seen(r).items()
        if has_entries(r, id_)
    )


def _seen(r: Reader) -> dict[str, tuple[str, ...]]:
    return {**SECTIONS, **STAFF_SECTIONS} if r.edition.portfolio is not None else SECTIONS


def has_entries(r: Reader, section: str) -> bool:
    """Whether a part of the site holds anything; an empty one has a page, but no tab."""
    kinds = [kind for kind, part in SECTION_OF.items() if part == section]
    return not kinds or any(r.edition.public.entries.get(kind) for kind in kinds)


def part_of(url: str) -> str:
    """The part in which a hand-written page stands, by the folder of its address."""
    folder = url.split("/")[1]
    return folder if folder in WRITTEN else "guides"


def chrome_places(r: Reader) -> Iterator[tuple[str, str, str]]:
    """Where chrome is needed: key (see `chrome_key`), an address that stands for it, its part."""
    code = r.language.code
    for kind, folder in FOLDERS.items():
        yield f"{code}/{folder}", f"{code}/{folder}/_/", SECTION_OF[kind]
    for section, names in {"home": ("home", "search"), **_seen(r)}.items():
        for name in names:
            url = f"{code}/{LISTS[name]}"
            yield url, url, section
    for name in FURTHER:
        url = further_url(r.language, name)
        yield url, url, "services"
    if r.edition.portfolio is not None:
        yield f"{code}/portfolio/service", f"{code}/portfolio/service/_/", "portfolio"
        for name in STAFF_FURTHER:
            url = further_url(r.language, name)
            yield url, url, "portfolio"
