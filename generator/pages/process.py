"""The page of one process, and the list of processes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from generator.languages import Phrase
from generator.model.process import Activity, Flow, Interface, Measure, Process
from generator.pages.addresses import entry_url, list_url
from generator.pages.citations import Citation, Sources, SourceView
from generator.pages.index import IndexGroup, IndexItem, english, index_page
from generator.pages.maps import STAGES, MapView, interfaces_map, lifecycle_map
from generator.pages.page import Code, Heading, Link, Page, Prose
from generator.pages.questions import QuestionView, heading, questions_about
from generator.pages.reader import Reader


@dataclass(frozen=True, slots=True)
class BlockView:
    """A part of a process page: a heading, what kind of block it is, and its content."""

    id: str
    title: str
    shape: str
    content: Any
    citation: Citation


@dataclass(frozen=True, slots=True)
class ProcessView:
    """Everything on a process page."""

    name: Phrase
    english: Phrase | None
    abbreviation: Code | None
    form: str
    summary: Phrase
    edition: str
    stages: tuple[tuple[str, str, bool], ...]
    purpose: Prose
    purpose_citation: Citation
    blocks: tuple[BlockView, ...]
    map: MapView | None
    note: Prose | None
    questions: tuple[QuestionView, ...]
    sources: tuple[SourceView, ...]
    own: bool


@dataclass(frozen=True, slots=True)
class FlowView:
    """An input or output with its counterpart; `id` is its anchor."""

    id: str
    what: Phrase
    party: Link | Phrase | str


@dataclass(frozen=True, slots=True)
class InterfaceView:
    """How the process meets another; `id` is its anchor."""

    id: str
    party: Link
    direction: str
    direction_name: str
    what: Phrase


@dataclass(frozen=True, slots=True)
class ActivityView:
    """A numbered activity with its steps."""

    id: str
    name: Phrase
    steps: tuple[Prose, ...]


@dataclass(frozen=True, slots=True)
class RaciView:
    """Who does what: roles across, activities down; each cell as (letters, words)."""

    roles: tuple[Phrase, ...]
    rows: tuple[tuple[str, Phrase, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure, its unit, which way is better and how often it is taken; `id` is its anchor, if any."""

    id: str
    measure: Phrase
    unit: Phrase
    better: str
    every: Phrase


def process_page(r: Reader, id_: str) -> Page:
    """The page of one process."""
    process = r.edition.public.processes[id_]
    url = entry_url(r.language, "process", id_)
    sources = Sources(r, process.sources)
    blocks = tuple(_blocks(r, process, url, sources))
    view = ProcessView(
        name=r.pick(process.name),
        english=english(r, process.name),
        abbreviation=Code(process.abbreviation) if process.abbreviation else None,
        form=r.t("process.function") if process.form == "function" else "",
        summary=r.pick(process.summary),
        edition=process.edition,
        stages=tuple((s, r.t(f"stage.{s}"), s == process.stage) for s in STAGES),
        purpose=Prose(r.pick(process.purpose)),
        purpose_citation=sources.cite(process.evidence.get("purpose")),
        blocks=blocks,
        map=interfaces_map(r, process),
        note=Prose(r.pick(process.note)) if process.note else None,
        questions=questions_about(r, "process", id_, sources),
        sources=sources.views(),
        own=sources.own,
    )
    toc = [Heading("purpose", r.t("process.purpose")), *(Heading(b.id, b.title) for b in blocks)]
    if view.questions:
        toc.append(heading(r))
    if view.sources or view.own:
        toc.append(Heading("sources", r.t("sources")))
    return Page(
        url, r.language, "processes", "process", view.name, view.summary, view,
        r.entry_alternates("process", id_), tuple(toc),
    )  # fmt: skip


def _blocks(r: Reader, p: Process, url: str, sources: Sources) -> list[BlockView]:
    contents: tuple[tuple[str, str, Any], ...] = (
        ("questions", "list", r.lines(p.questions)),
        ("objectives", "numbered", r.lines(p.objectives)),
        ("scope", "scope", (r.lines(p.scope.in_), r.lines(p.scope.out)) if p.scope.in_ or p.scope.out else ()),
        ("value", "list", r.lines(p.value)),
        ("concepts", "concepts", tuple((c.id, r.pick(c.name), Prose(r.pick(c.text)))
                                       for c in p.concepts)),
        ("activities", "activities", tuple(_activity(r, a) for a in p.activities)),
        ("raci", "raci", _raci(r, p)),
        ("triggers", "list", r.lines(p.triggers)),
        ("inputs", "flows", _flows(r, "input", p.inputs, url)),
        ("outputs", "flows", _flows(r, "output", p.outputs, url)),
        ("interfaces", "interfaces", tuple(view for i in p.interfaces for view in _interface(r, i, url))),
        ("roles", "concepts", tuple((f"role-{x.id}", r.pick(x.name), Prose(r.pick(x.description)))
                                    for x in p.roles)),
        ("measures", "measures", tuple(_measures(r, p))),
        ("challenges", "list", r.lines(p.challenges)),
        ("risks", "list", r.lines(p.risks)),
        ("also-known-as", "names", _other_names(r, p)),
    )  # fmt: skip
    evidence: dict[str, Any] = {key.replace("_", "-"): v for key, v in p.evidence.items()}
    return [
        BlockView(id_, r.t(f"process.{id_}"), shape, content, sources.cite(evidence.get(id_)))
        for id_, shape, content in contents
        if content
    ]


def _activity(r: Reader, a: Activity) -> ActivityView:
    return ActivityView(a.id, r.pick(a.name), r.lines(a.steps))


def _raci(r: Reader, p: Process) -> RaciView | None:
    rows = tuple(
        (a.id, r.pick(a.name), tuple(_letters(r, a.raci.get(role.id, "")) for role in p.roles))
        for a in p.activities
        if a.raci
    )
    return RaciView(tuple(r.pick(role.name) for role in p.roles), rows) if rows else None


def _letters(r: Reader, letters: str) -> tuple[str, str]:
    words = [r.t(f"raci.{letter}") for letter in letters if letter != "/"]
    return letters, r.joined(words) if words else ""


def _party(r: Reader, flow: Flow | Interface, url: str) -> Link | Phrase | str:
    """The counterpart; nothing where its page does not exist in this language."""
    if flow.process is not None:
        return r.link("process", flow.process, url)
    if flow.term is not None:
        return r.link("term", flow.term, url)
    party = flow.party if isinstance(flow, Flow) else None
    return r.pick(party) if party is not None else ""


def _flows(r: Reader, side: str, flows: Iterable[Flow], url: str) -> tuple[FlowView, ...]:
    """Anchors name the counterpart, and count where there is more than one flow with it."""
    seen: Counter[str] = Counter()
    views = []
    for flow in flows:
        name = f"{side}-{flow.process or flow.term or 'party'}"
        seen[name] += 1
        id_ = name if seen[name] == 1 else f"{name}-{seen[name]}"
        views.append(FlowView(id_, r.pick(flow.what), _party(r, flow, url)))
    return tuple(views)


def _interface(r: Reader, i: Interface, url: str) -> list[InterfaceView]:
    party = _party(r, i, url)
    if not isinstance(party, Link):
        return []
    id_ = f"with-{i.process or i.term}"
    return [InterfaceView(id_, party, i.direction, r.t(f"direction.{i.direction}"), r.pick(i.what))]


def _measures(r: Reader, p: Process) -> list[tuple[Phrase, list[MeasureView]]]:
    """The measures under their critical success factors."""
    return [
        (r.pick(csf), [_measure(r, measure) for measure in run])
        for csf, run in groupby(p.measures, key=lambda measure: measure.csf)
    ]


def _measure(r: Reader, m: Measure) -> MeasureView:
    return MeasureView(
        f"measure-{m.id}" if m.id else "",
        r.pick(m.measure),
        r.pick(m.unit),
        r.t(f"better.{m.better}"),
        r.pick(m.every),
    )


def _other_names(r: Reader, p: Process) -> tuple[tuple[str, Phrase, Phrase], ...]:
    names = (
        ("in-itil-4", "ITIL 4", p.also_known_as.itil4),
        ("in-iso-20000", "ISO/IEC 20000-1:2018", p.also_known_as.iso),
        ("in-fitsm", "FitSM", p.also_known_as.fitsm),
    )
    return tuple(
        (id_, Phrase(label, r.language, r.language), r.pick(name))
        for id_, label, name in names
        if name is not None
    )


def processes_page(r: Reader) -> Page:
    """All processes, by stage of the service lifecycle, and then the functions."""
    entries = r.edition.public.processes.values()
    processes = [p for p in entries if p.form == "process"]
    functions = _items(r, (p for p in entries if p.form == "function"))
    groups = [
        IndexGroup(stage, r.t(f"stage.{stage}"), True, _items(r, (p for p in processes if p.stage == stage)))
        for stage in STAGES
    ]  # fmt: skip
    if functions:
        groups.append(IndexGroup("functions", r.t("list.functions"), False, functions))
    return index_page(r, "processes", "lifecycle", tuple(groups), len(processes), lifecycle_map(r))


def _items(r: Reader, entries: Iterable[Process]) -> tuple[IndexItem, ...]:
    url = list_url(r.language, "processes")
    return tuple(
        IndexItem(r.link("process", p.id, url), r.pick(p.summary),
                  Code(p.abbreviation) if p.abbreviation else None, english(r, p.name))
        for p in entries
    )  # fmt: skip
