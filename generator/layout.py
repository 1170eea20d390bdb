"""Where the boxes of a map stand: layers from start to end, few crossings (Sugiyama, by grandalf)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from grandalf.graphs import Edge, Graph, Vertex
from grandalf.layouts import SugiyamaLayout, VertexViewer


@dataclass(frozen=True, slots=True)
class Box:
    """A box by its upper corner at the start; all figures in pixels."""

    x: float
    y: float
    width: float
    height: float


def layered(
    layers: Sequence[Sequence[str]],
    edges: Iterable[tuple[str, str]],
    width: float,
    height: float,
    gaps: tuple[float, float],
) -> dict[str, Box]:
    """Boxes in columns, one for each layer, in the order that lets edges cross least.

    `edges` lead from a layer to a later one. `gaps` lie between columns, and between the boxes of one.
    """
    names = [name for layer in layers for name in layer]
    vertices = {name: Vertex(name) for name in (*names, *_stands(layers))}
    for vertex in vertices.values():
        vertex.view = VertexViewer(height, width)
    lines = [Edge(vertices[a], vertices[b]) for a, b in (*edges, *_ladder(layers))]
    layout = SugiyamaLayout(Graph(list(vertices.values()), lines).C[0])
    layout.xspace, layout.yspace = gaps[1], gaps[0]
    layout.init_all(roots=[vertices[_stand(0)]])
    layout.draw()
    column = {name: i for i, layer in enumerate(layers) for name in layer}
    return _packed(names, column, {n: vertices[n].view.xy[0] for n in names}, width, height, gaps)


def _packed(
    names: Iterable[str],
    column: Mapping[str, int],
    places: Mapping[str, float],
    width: float,
    height: float,
    gaps: tuple[float, float],
) -> dict[str, Box]:
    """The boxes without the room that the layout left for edges; each column is centred."""
    across, between = gaps
    found: dict[int, list[str]] = {}
    for name in sorted(names, key=lambda name: places[name]):
        found.setdefault(column[name], []).append(name)
    tallest = max(len(members) for members in found.values())
    boxes = {}
    for i, members in found.items():
        top = (tallest - len(members)) * (height + between) / 2
        for place, name in enumerate(members):
            y = top + place * (height + between)
            boxes[name] = Box(i * (width + across), y, width, height)
    return boxes


def _stand(layer: int) -> str:
    return f"layer {layer}"


def _stands(layers: Sequence[Sequence[str]]) -> list[str]:
    return [_stand(i) for i in range(len(layers))]


def _ladder(layers: Sequence[Sequence[str]]) -> Iterable[tuple[str, str]]:
    """Edges that hold each box in its layer: from one stand to the next, and to the boxes there."""
    for i, layer in enumerate(layers[1:], 1):
        yield _stand(i - 1), _stand(i)
        yield from ((_stand(i - 1), name) for name in layer)
    yield from ((name, _stand(1)) for name in layers[0])
