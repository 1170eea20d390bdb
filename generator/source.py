"""YAML that can say where each field stands.

Scalars stay strings (no Norway problem), keys are unique, tags are refused, and size, depth and
aliases are bounded, so that any bytes at all give a value or problems. Files are parsed without
keeping positions; only when a problem has to name a place is the file read again for its nodes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from generator.problems import Location, Problem, Related, quote

Value = str | list["Value"] | dict[str, "Value"]
Key = str | int

MAX_BYTES = 1_000_000
MAX_DEPTH = 40
MAX_NODES = 100_000

_STR, _SEQ, _MAP = (f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))
_DEEP = re.compile(
    rb"^\s{120}|^\s*(?:[-?:]\s+){12}|[\[{][^\]}]{0,80}[\[{][^\]}]{0,80}[\[{]", re.MULTILINE
)


class _Loader(yaml.CBaseLoader):
    """libyaml's parser; every scalar is a string."""


@dataclass(frozen=True, slots=True)
class Source:
    """A YAML file: `root` is the site's folder, `path` relative to it with `/`."""

    root: str
    path: str

    def read_bytes(self) -> bytes:
        """The file's bytes."""
        return (Path(self.root) / self.path).read_bytes()

    def at(self, *keys: Key) -> Location:
        """Where the value under `keys` stands; where a part is absent, its nearest parent."""
        node = _compose(self)
        mark = node.start_mark if node is not None else None
        for key in keys:
            found = _child(node, key)
            if found is None:
                break
            mark, node = found
        return self.place(mark)

    def place(self, mark: Any) -> Location:
        """A parser's mark as a location."""
        if mark is None:
            return Location(self.path)
        return Location(self.path, mark.line + 1, mark.column + 1)


def parse(source: Source) -> tuple[Value | None, tuple[Problem, ...]]:
    """The value of a file, or what is wrong with it."""
    try:
        data = source.read_bytes()
    except OSError as error:
        problem = Problem(Location(source.path), "Y01", f"cannot be read: {error.strerror}")
        return None, (problem,)
    return parse_bytes(source, data)


def parse_bytes(source: Source, data: bytes) -> tuple[Value | None, tuple[Problem, ...]]:
    """The value of these bytes, or what is wrong with them."""
    try:
        text = _decode(source, data)
        _refuse_depth(source, text, data)
        node = yaml.compose(text, Loader=_Loader)
        if node is None:
            raise _RefusedError(Problem(Location(source.path), "Y06", "the file is empty", _ENTRY))
        return _Builder(source).build(node, 0), ()
    except _RefusedError as refused:
        return None, (refused.problem,)
    except yaml.MarkedYAMLError as error:
        return None, (_syntax(source, error),)
    except yaml.YAMLError as error:
        return None, (Problem(Location(source.path), "Y02", str(error).splitlines()[0]),)


_ENTRY = "a mapping that begins with `kind` and `id`"


class _RefusedError(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def _decode(source: Source, data: bytes) -> str:
    if len(data) > MAX_BYTES:
        message = f"the file has {len(data)} bytes"
        raise _RefusedError(Problem(Location(source.path), "Y05", message, f"at most {MAX_BYTES}"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        where = Location(source.path, before.count(b"\n") + 1, column)
        byte = f"0x{data[error.start]:02x}"
        raise _RefusedError(
            Problem(where, "Y01", f"byte {byte} is not UTF-8", "UTF-8 text", "save it as UTF-8")
        ) from None
    if match := re.search(
        "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text
    ):
        line_start = text.rfind("\n", 0, match.start()) + 1
        where = Location(
            source.path, text.count("\n", 0, match.start()) + 1, match.start() - line_start + 1
        )
        raise _RefusedError(
            Problem(where, "Y02", f"control character {quote(match.group())}", "printable text")
        )
    return text


def _refuse_depth(source: Source, text: str, data: bytes) -> None:
    """libyaml composes recursively in C: look at suspicious files event by event first."""
    if not _DEEP.search(data):
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _RefusedError(
                    Problem(source.place(event.start_mark), "Y05", f"nested {depth} levels deep")
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _syntax(source: Source, error: yaml.MarkedYAMLError) -> Problem:
    related: tuple[Related, ...] = ()
    if error.context and error.context_mark:
        related = (Related(source.place(error.context_mark), str(error.context)),)
    return Problem(
        source.place(error.problem_mark or error.context_mark),
        "Y02",
        str(error.problem or error.context or "unreadable"),
        hint=_syntax_hint(f"{error.problem} {error.context}"),
        related=related,
    )


def _syntax_hint(message: str) -> str:
    if "mapping values are not allowed" in message:
        return "a text that holds a colon and a space needs quotes around it"
    if "cannot start any token" in message:
        return "indent with spaces, and quote a text that begins with @, ` or %"
    if "flow" in message:
        return "close every [ and {, and quote a text that begins with one"
    if "block end" in message or "block collection" in message or "expected key" in message:
        return "look at the indentation of this line and the one above"
    return ""


class _Builder:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.nodes = 0

    def build(self, node: yaml.Node, depth: int) -> Value:
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            raise self._refuse(node, "Y05", "too much is nested or repeated through aliases")
        if isinstance(node, yaml.ScalarNode):
            if node.tag not in (_STR, "!"):
                raise self._refuse(node, "Y04", f"the tag {quote(node.tag)}")
            return str(node.value)
        if isinstance(node, yaml.SequenceNode):
            if node.tag != _SEQ:
                raise self._refuse(node, "Y04", f"the tag {quote(node.tag)}")
            return [self.build(item, depth + 1) for item in node.value]
        return self._mapping(node, depth)

    def _mapping(self, node: yaml.Node, depth: int) -> Value:
        if node.tag != _MAP:
            raise self._refuse(node, "Y04", f"the tag {quote(node.tag)}")
        value: dict[str, Value] = {}
        for key, item in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self._refuse(key, "Y06", "a key that is not a word")
            if key.value in value:
                first = next(k for k, _ in node.value if k.value == key.value)
                related = (Related(self.source.place(first.start_mark), "first given here"),)
                raise _RefusedError(
                    Problem(
                        self.source.place(key.start_mark),
                        "Y03",
                        f"{quote(key.value)} is given twice",
                        "each key once",
                        related=related,
                    )
                )
            value[str(key.value)] = self.build(item, depth + 1)
        return value

    def _refuse(self, node: yaml.Node, code: str, message: str) -> _RefusedError:
        return _RefusedError(Problem(self.source.place(node.start_mark), code, message))


@lru_cache(maxsize=64)
def _compose(source: Source) -> yaml.Node | None:
    try:
        text = source.read_bytes().decode("utf-8-sig")
        _refuse_depth(source, text, text.encode())
        return yaml.compose(text, Loader=_Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, _RefusedError):
        return None


def _child(node: yaml.Node | None, key: Key) -> tuple[Any, yaml.Node] | None:
    """The mark of the item under `key` and its node; for an absent item nothing."""
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key].start_mark, node.value[key]
    if isinstance(node, yaml.MappingNode):
        for name, item in node.value:
            if name.value == str(key):
                scalar = isinstance(item, yaml.ScalarNode)
                return (item if scalar and item.value else name).start_mark, item
    return None


def forget() -> None:
    """Drop the composed files, after they may have changed."""
    _compose.cache_clear()
