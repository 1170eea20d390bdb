"""How far each language has come, and what waits for a translator. Staff only."""

from __future__ import annotations

from generator.coverage import COLUMNS, TRANSLATED, Coverage, Rendering
from generator.languages import Language, Phrase
from generator.pages.addresses import FOLDERS, list_url
from generator.pages.holdings import whole
from generator.pages.page import Code, Heading, Link, Page, Sentence
from generator.pages.parts import GridView, PartView
from generator.pages.portfolio import record_link
from generator.pages.reader import Reader
from generator.pages.registers import RegisterEntry, RegisterView

LISTED = 100
"""How many of the translations that need work the page names."""


def translations_page(r: Reader) -> Page:
    """A table of states for each language, and the most urgent work."""
    coverage = r.edition.coverage
    assert coverage is not None
    url = list_url(r.language, "translations")
    languages = tuple(
        RegisterEntry(
            language.code, _name(r, language), None, _part(r, language.code, _counts(r, coverage, language))
        )
        for language in coverage.languages
    )  # fmt: skip
    entries = (*languages, _work(r, coverage, url))
    title, lead = r.t("portfolio.translations"), r.t("portfolio.translations_lead")
    return Page(
        url, r.language, "portfolio", "register", title, lead, RegisterView(title, lead, entries),
        r.alternates(lambda lang: list_url(lang, "translations")),
        tuple(Heading(entry.id, entry.name) for entry in entries), single=True,
    )  # fmt: skip


def _name(r: Reader, language: Language) -> Phrase:
    return _said(r, f"language.{language.code}")


def _said(r: Reader, key: str) -> Phrase:
    return Phrase(r.t(key), r.language, r.language)


def _part(r: Reader, id_: str, grid: GridView) -> PartView:
    return PartView(id_, "", grids=(grid,))


def _counts(r: Reader, coverage: Coverage, language: Language) -> GridView:
    states = tuple(r.t(f"translation.{state}") for state in COLUMNS)
    rows = ((kind, coverage.row(language, kind)) for kind in TRANSLATED)
    return GridView(
        (r.t("translations.kind"), *states, r.t("translations.total")),
        tuple(
            ((r.t(f"kind.{kind}"),), *((r.number(n),) for n in (*row, sum(row))))
            for kind, row in rows
        ),
        frozenset(range(1, len(COLUMNS) + 2)),
    )


def _work(r: Reader, coverage: Coverage, url: str) -> RegisterEntry:
    found = coverage.work
    grid = GridView(
        tuple(r.t(f"translations.{head}") for head in ("entry", "kind", "language", "state")),
        tuple(_row(r, one, url) for one in found[:LISTED]),
    )
    said: Sentence = r.say("translations.work_count", count=len(found))
    if len(found) > LISTED:
        more = r.say("translations.more", count=LISTED, command=Code("fihrist translations --list"))
        said = Sentence((*said.parts, " ", *more.parts))
    return RegisterEntry("work", _said(r, "translations.work"), said, _part(r, "work", grid))


def _row(r: Reader, one: Rendering, url: str) -> tuple[tuple[Link | Phrase | str, ...], ...]:
    return (
        (_entry(r, one, url),),
        (r.t(f"kind.{one.kind}"),),
        (_name(r, one.language),),
        (r.t(f"translation.{one.freshness}"),),
    )


def _entry(r: Reader, one: Rendering, url: str) -> Link | Phrase:
    """A service's record, the page of another entry, or its name where it has no page."""
    if one.kind == "service":
        return record_link(r, whole(r).mentioned(one.id), url)
    if one.kind in FOLDERS and r.edition.has_page(one.kind, one.id):
        return r.link(one.kind, one.id, url)
    return r.pick(whole(r).name(one.kind, one.id))
