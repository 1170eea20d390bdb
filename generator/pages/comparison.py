"""The page of one comparison, and the list of comparisons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.languages import Phrase
from generator.model.comparison import Comparison, Table
from generator.model.evidence import Evidence
from generator.pages.addresses import entry_url, list_url
from generator.pages.citations import Citation, Sources, SourceView
from generator.pages.index import IndexGroup, IndexItem, index_page
from generator.pages.page import Code, Heading, Link, Page, Prose
from generator.pages.questions import QuestionView, heading, questions_about
from generator.pages.reader import Reader


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of a comparison; `id` is its permanent anchor.

    Rows in which the sides agree are marked; in all others they differ.
    """

    id: str
    aspect: Phrase
    cells: tuple[Prose, ...]
    alike: bool


@dataclass(frozen=True, slots=True)
class TableView:
    """A table of a comparison."""

    id: str
    title: Phrase
    note: Prose | None
    rows: tuple[RowView, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class SideView:
    """One of the things compared."""

    name: Phrase
    link: Link | None
    abbreviation: Code | None


@dataclass(frozen=True, slots=True)
class PointsView:
    """A list of points with its heading."""

    id: str
    title: str
    points: tuple[Prose, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """Everything on a comparison page."""

    title: Phrase
    summary: Phrase
    in_one_sentence: Prose
    sides: tuple[SideView, ...]
    tables: tuple[TableView, ...]
    points: tuple[PointsView, ...]
    choices: tuple[tuple[Phrase, Phrase, Phrase], ...]
    choices_citation: Citation
    example: Prose | None
    example_citation: Citation
    note: Prose | None
    note_citation: Citation
    questions: tuple[QuestionView, ...]
    sources: tuple[SourceView, ...]
    own: bool


def comparison_page(r: Reader, id_: str) -> Page:
    """The page of one comparison."""
    c = r.edition.public.comparisons[id_]
    url = entry_url(r.language, "comparison", id_)
    sources = Sources(r, c.sources)
    evidence: dict[str, Evidence] = dict(c.evidence.items())
    names = {side.id: r.pick(side.name) for side in c.sides}
    view = ComparisonView(
        title=r.pick(c.title),
        summary=r.pick(c.summary),
        in_one_sentence=Prose(r.pick(c.in_one_sentence)),
        sides=tuple(
            SideView(names[s.id], _side_link(r, s, url), Code(s.abbreviation) if s.abbreviation else None)
            for s in c.sides
        ),
        tables=tuple(_table(r, c, table, sources) for table in c.tables),
        points=tuple(
            PointsView(key, r.t(f"comparison.{key}"), r.lines(points), sources.cite(evidence.get(key)))
            for key, points in (("similarities", c.similarities), ("differences", c.differences))
            if points
        ),
        choices=tuple((r.pick(x.when), names[x.side], r.pick(x.why)) for x in c.when_to_use),
        choices_citation=sources.cite(evidence.get("when_to_use")),
        example=Prose(r.pick(c.example)) if c.example else None,
        example_citation=sources.cite(evidence.get("example")),
        note=Prose(r.pick(c.note)) if c.note else None,
        note_citation=sources.cite(evidence.get("note")),
        questions=questions_about(r, "comparison", id_, sources),
        sources=sources.views(),
        own=sources.own,
    )  # fmt: skip
    return Page(
        url, r.language, "compare", "comparison", view.title, view.summary, view,
        r.entry_alternates("comparison", id_), tuple(_comparison_toc(r, view)),
    )  # fmt: skip


def _side_link(r: Reader, side: Any, url: str) -> Link | None:
    if side.process is not None:
        return r.link("process", side.process, url)
    return r.link("term", side.term, url) if side.term is not None else None


def _table(r: Reader, c: Comparison, table: Table, sources: Sources) -> TableView:
    rows = tuple(
        RowView(
            row.id,
            r.pick(row.aspect),
            tuple(Prose(r.pick(row.cells[side.id])) for side in c.sides),
            row.alike,
        )
        for row in table.rows
    )
    note = Prose(r.pick(table.note)) if table.note else None
    return TableView(table.id, r.pick(table.title), note, rows, sources.cite(table.evidence))


def _comparison_toc(r: Reader, v: ComparisonView) -> list[Heading]:
    toc = [Heading(t.id, t.title) for t in v.tables]
    toc += [Heading(p.id, p.title) for p in v.points]
    rest = (
        ("when-to-use", v.choices),
        ("example", v.example),
        ("note", v.note),
    )
    toc += [Heading(id_, r.t(f"comparison.{id_}")) for id_, shown in rest if shown]
    if v.questions:
        toc.append(heading(r))
    return [*toc, Heading("sources", r.t("sources"))] if v.sources or v.own else toc


def comparisons_page(r: Reader) -> Page:
    """All comparisons."""
    url = list_url(r.language, "compare")
    comparisons = r.edition.public.comparisons.values()
    items = tuple(
        IndexItem(r.link("comparison", c.id, url), r.pick(c.summary), None, None)
        for c in comparisons
    )
    group = IndexGroup("comparisons", None, False, items)
    return index_page(r, "compare", "cards", (group,), len(items))
