"""Changes texts inside a YAML file and nothing else: comments, quotes and line breaks stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import yaml

from generator.mending import Edit, edits
from generator.source import Value

Mend = Callable[[str], str]
Pick = Callable[[yaml.Node], Iterator[tuple[yaml.ScalarNode, Mend | None]]]
"""Every scalar of a file, each with what mends it; None leaves it alone."""


@dataclass(frozen=True)
class Rewritten:
    """A file's new text, the 1-based lines of the texts mended, and of those left as they were."""

    text: str
    mended: tuple[int, ...] = ()
    left: tuple[int, ...] = ()


def rewrite(text: str, pick: Pick) -> Rewritten:
    """The file with its texts mended in place; raises yaml.YAMLError for what is not YAML."""
    root = yaml.compose(text, Loader=yaml.CBaseLoader)
    if root is None:
        return Rewritten(text)
    in_file: list[Edit] = []
    values: dict[int, str] = {}
    mended: list[int] = []
    left: list[int] = []
    for node, mend in _once_each(pick(root)):
        new = mend(node.value)
        if new == node.value:
            continue
        line = node.start_mark.line + 1
        own, changed = _located(text, node, new)
        (mended if own else left).append(line)
        if own:
            in_file += own
            values[id(node)] = changed
    written = applied(text, in_file)
    if written != text and _read(written) != _value(root, values):
        return Rewritten(text, (), tuple(sorted((*mended, *left))))
    return Rewritten(written, tuple(sorted(mended)), tuple(sorted(left)))


def applied(text: str, changes: list[Edit]) -> str:
    """The text with changes that do not overlap."""
    parts: list[str] = []
    at = 0
    for start, end, new in sorted(changes):
        parts += (text[at:start], new)
        at = end
    return "".join((*parts, text[at:]))


def _once_each(
    picked: Iterator[tuple[yaml.ScalarNode, Mend | None]],
) -> Iterator[tuple[yaml.ScalarNode, Mend]]:
    """Each scalar once; one that aliases use in several ways is left alone."""
    uses: dict[int, tuple[yaml.ScalarNode, set[Mend | None]]] = {}
    for node, mend in picked:
        uses.setdefault(id(node), (node, set()))[1].add(mend)
    for node, mends in uses.values():
        mend = next(iter(mends))
        if len(mends) == 1 and mend is not None:
            yield node, mend


def _read(text: str) -> Value | None:
    try:
        return _value(yaml.compose(text, Loader=yaml.CBaseLoader), {})
    except yaml.YAMLError:
        return None


def _value(node: yaml.Node | None, changed: Mapping[int, str]) -> Value:
    """What a node says; mappings become lists of pairs, so that nothing is lost."""
    if isinstance(node, yaml.ScalarNode):
        return [node.tag, changed.get(id(node), node.value)]
    if isinstance(node, yaml.SequenceNode):
        return [node.tag, *(_value(item, changed) for item in node.value)]
    if isinstance(node, yaml.MappingNode):
        pairs = [[_value(k, changed), _value(v, changed)] for k, v in node.value]
        return [node.tag, *pairs]
    return []


def _located(text: str, node: yaml.ScalarNode, new: str) -> tuple[list[Edit], str]:
    """The edits of a scalar as edits of the file, and the value that they give.

    What would join two lines of the file is not done.
    """
    spans = _spans(text, node)
    if spans is None:
        return [], node.value
    in_value, in_file = [], []
    for start, end, with_ in edits(node.value, new):
        if place := _place(text, spans, start, end):
            in_value.append((start, end, with_))
            in_file.append((*place, with_))
    return in_file, applied(node.value, in_value)


_Span = tuple[int, int]


def _place(text: str, spans: list[_Span], start: int, end: int) -> _Span | None:
    if start == end:
        first = spans[start - 1][1] if start else spans[0][0]
        return None if start and "\n" in text[slice(*spans[start - 1])] else (first, first)
    first, last = spans[start][0], spans[end - 1][1]
    return None if "\n" in text[first:last] else (first, last)


_PROPERTY = re.compile(r"(?:[&!][^\s,\[\]{}]*\s+)+")
_HEADER = re.compile(r"[|>][-+]?[ \t]*(?:#[^\n]*)?\r?\n")
_FOLD = r"[ \t]*\r?\n(?:[ \t]*\r?\n)*[ \t]*"
_ESCAPE = r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[^\r\n])"
_TOKENS: Mapping[str | None, re.Pattern[str]] = {
    None: re.compile(rf"(?P<fold>{_FOLD})|.", re.DOTALL),
    "'": re.compile(rf"(?P<fold>{_FOLD})|''|.", re.DOTALL),
    '"': re.compile(rf"(?P<nothing>\\\r?\n[ \t]*)|(?P<fold>{_FOLD})|{_ESCAPE}|.", re.DOTALL),
}


def _spans(text: str, node: yaml.ScalarNode) -> list[_Span] | None:
    """Where each character of a scalar's value stands in the file; None where that is not plain."""
    start, end = node.start_mark.index, node.end_mark.index
    if match := _PROPERTY.match(text, start, end):
        start = match.end()
    if node.style in ("|", ">"):
        return _block(text, start, end, node.value)
    if node.style:
        start, end = start + 1, end - 1
    return _aligned(text, _TOKENS[node.style or None], (start, end), node.value)


def _block(text: str, start: int, end: int, value: str) -> list[_Span] | None:
    header = _HEADER.match(text, start, end)
    if header is None:
        return None
    first = re.compile(r"(?:[ ]*\r?\n)*( +)(?=\S)").match(text, header.end(), end)
    if first is None:
        return None
    indent = len(first[1])
    fold = rf"\r?\n(?:[ ]{{0,{indent}}}\r?\n)*(?:[ ]{{{indent}}}|[ ]*\Z)"
    tokens = re.compile(rf"(?P<fold>{fold})|.", re.DOTALL)
    return _aligned(text, tokens, (first.end(), end), value)


def _aligned(text: str, tokens: re.Pattern[str], inside: _Span, value: str) -> list[_Span] | None:
    """A span for each character of the value, whose lines may be folded in the file."""
    spans: list[_Span] = []
    for match in tokens.finditer(text, *inside):
        kind, at = match.lastgroup, len(spans)
        if kind == "nothing":
            continue
        length = _breaks(value, at) if kind == "fold" else 1
        if kind != "fold" and not _says(match.group(), value[at : at + 1]):
            return spans if not value[at:].strip("\n") and not match.group().strip() else None
        spans += [match.span()] * length
    return spans if len(spans) >= len(value.rstrip("\n")) else None


def _breaks(value: str, at: int) -> int:
    """How many characters of the value a fold gives: a space, or its line breaks."""
    rest = value[at:]
    return len(rest) - len(rest.lstrip("\n")) or len(rest[:1])


def _says(token: str, character: str) -> bool:
    if len(token) == 1:
        return token == character
    return token == "''" or yaml.load(f'"{token}"', Loader=yaml.CBaseLoader) == character
