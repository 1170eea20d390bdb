"""Maps of processes: the lifecycle, and what one process exchanges with others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.languages import Phrase
from generator.layout import Box, layered
from generator.model.process import Process
from generator.pages.addresses import entry_url, list_url, relative
from generator.pages.reader import Reader

STAGES = ("strategy", "design", "transition", "operation", "improvement")
"""The stages of the ITIL 2011 service lifecycle, in order."""

_WIDTH, _LINE, _PADDING = 168.0, 18.0, 18.0
_LETTERS = 21
"""Letters that fit into a line of a box."""


@dataclass(frozen=True, slots=True)
class NodeView:
    """A box: where it stands, where it leads, and its name in lines."""

    id: str
    href: str
    name: Phrase
    lines: tuple[tuple[float, str], ...]
    box: Box
    middle: float
    current: bool


@dataclass(frozen=True, slots=True)
class EdgeView:
    """An arrow between two boxes, as an SVG path; `both` has a point at either end."""

    source: str
    target: str
    path: str
    both: bool


@dataclass(frozen=True, slots=True)
class StageView:
    """The head of a column: a stage, its anchor, and the middle of the column."""

    id: str
    title: str
    middle: float


@dataclass(frozen=True, slots=True)
class MapView:
    """A map that an SVG shows; sizes in pixels."""

    label: str
    width: float
    height: float
    stages: tuple[StageView, ...]
    nodes: tuple[NodeView, ...]
    edges: tuple[EdgeView, ...]


def lifecycle_map(r: Reader) -> MapView | None:
    """All processes by stage; an arrow where one hands something to a process of a later stage."""
    processes = [p for p in r.edition.public.processes.values() if p.form == "process"]
    layers = [[p.id for p in processes if p.stage == stage] for stage in STAGES]
    if not all(layers):
        return None
    stage_of = {id_: i for i, layer in enumerate(layers) for id_ in layer}
    edges = {
        (p.id, flow.process)
        for p in processes
        for flow in p.outputs
        if flow.process in stage_of and stage_of[flow.process] > stage_of[p.id]
    }
    drawn = _Drawn(r, list_url(r.language, "processes"), layers, sorted(edges), gaps=(64.0, 14.0))
    return drawn.view(r.t("map.lifecycle"), [(s, r.t(f"stage.{s}")) for s in STAGES])


def interfaces_map(r: Reader, process: Process) -> MapView | None:
    """What a process gets from others, and what it hands to them; both ways stands where there is room."""
    known = r.edition.public.processes
    sides = {i.process: i.direction for i in process.interfaces if i.process in known}
    before = [id_ for id_, direction in sides.items() if id_ and direction == "in"]
    after = [id_ for id_, direction in sides.items() if id_ and direction == "out"]
    both = [id_ for id_, direction in sides.items() if id_ and direction == "both"]
    for id_ in both:
        min(before, after, key=len).append(id_)
    layers = [layer for layer in (before, [process.id], after) if layer]
    if len(layers) < 2:
        return None
    edges = [(id_, process.id) for id_ in before] + [(process.id, id_) for id_ in after]
    url = entry_url(r.language, "process", process.id)
    drawn = _Drawn(r, url, layers, edges, gaps=(110.0, 12.0), both=both)
    return drawn.view(r.t("map.interfaces", process=r.pick(process.name).text), ())


class _Drawn:
    """Boxes and arrows for one reader; from right to left where the reader reads so."""

    def __init__(
        self,
        r: Reader,
        url: str,
        layers: Sequence[Sequence[str]],
        edges: Sequence[tuple[str, str]],
        gaps: tuple[float, float],
        both: Iterable[str] = (),
    ) -> None:
        self.r, self.url, self.edges, self.both = r, url, edges, frozenset(both)
        self.names = {id_: r.pick(_process(r, id_).name) for layer in layers for id_ in layer}
        lines = {id_: _wrapped(name.text) for id_, name in self.names.items()}
        self.lines = lines
        height = max(map(len, lines.values())) * _LINE + _PADDING
        boxes = layered(layers, edges, _WIDTH, height, gaps)
        self.width = max(box.x + box.width for box in boxes.values())
        self.boxes = self._turned(boxes) if r.language.is_rtl else boxes
        self.columns = [self.boxes[layer[0]].x + _WIDTH / 2 for layer in layers]

    def _turned(self, boxes: Mapping[str, Box]) -> dict[str, Box]:
        return {
            id_: Box(self.width - box.x - box.width, box.y, box.width, box.height)
            for id_, box in boxes.items()
        }

    def view(self, label: str, stages: Sequence[tuple[str, str]]) -> MapView:
        """The map with heads over its columns."""
        heads = tuple(
            StageView(id_, title, middle)
            for (id_, title), middle in zip(stages, self.columns, strict=False)
        )
        height = max(box.y + box.height for box in self.boxes.values())
        return MapView(
            label, self.width, height, heads,
            tuple(self._node(id_, box) for id_, box in self.boxes.items()),
            tuple(self._edge(a, b) for a, b in self.edges),
        )  # fmt: skip

    def _node(self, id_: str, box: Box) -> NodeView:
        lines = self.lines[id_]
        first = box.y + box.height / 2 - (len(lines) - 1) * _LINE / 2
        placed = tuple((first + i * _LINE, line) for i, line in enumerate(lines))
        target = relative(entry_url(self.r.language, "process", id_), self.url)
        return NodeView(
            id_, target, self.names[id_], placed, box, box.x + box.width / 2, target == "./"
        )

    def _edge(self, source: str, target: str) -> EdgeView:
        """A curve from the end of a box to the start of another, which is its left or its right."""
        one, other = self.boxes[source], self.boxes[target]
        forward = other.x > one.x
        x, end = (one.x + one.width, other.x) if forward else (one.x, other.x + other.width)
        y, low = one.y + one.height / 2, other.y + other.height / 2
        bend = (end - x) / 2
        gap = 7 if forward else -7
        both = bool(self.both & {source, target})
        start = x + gap if both else x
        path = f"M{start:g} {y:g}C{x + bend:g} {y:g} {end - bend:g} {low:g} {end - gap:g} {low:g}"
        return EdgeView(source, target, path, both)


def _process(r: Reader, id_: str) -> Process:
    return r.edition.public.processes[id_]


def _wrapped(text: str) -> tuple[str, ...]:
    """A name in lines that fit into a box."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > _LETTERS:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return tuple(lines)
