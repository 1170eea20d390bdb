"""YAML that can say where each field stands.

Scalars stay strings (no Norway problem), keys are unique, tags are refused, and size, depth and
aliases are bounded, so that any bytes at all give a value or problems. Files are parsed without
keeping positions; only when a problem has to name a place is the file read again for its nodes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
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

_TAGS = {
    event: (None, "!", f"tag:yaml.org,2002:{name}")
    for event, name in (
        (yaml.ScalarEvent, "str"), (yaml.SequenceStartEvent, "seq"), (yaml.MappingStartEvent, "map")
    )
}  # fmt: skip
_STEP = {
    yaml.SequenceStartEvent: 1, yaml.MappingStartEvent: 1,
    yaml.SequenceEndEvent: -1, yaml.MappingEndEvent: -1,
}  # fmt: skip
"""How events change the depth."""
Event = Any
Next = Callable[[], Event]
"""Gives the parser's next event."""


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
        return replace(self.place(mark), keys=keys)

    def place(self, mark: Any) -> Location:
        """A parser's mark as a location."""
        if mark is None:
            return Location(self.path)
        return Location(self.path, mark.line + 1, mark.column + 1)


def is_entry(path: str) -> bool:
    """Whether a file below `catalogue/` is read."""
    name = path.rpartition("/")[2]
    return name.endswith((".yaml", ".yml")) and not name.startswith(".")


def is_page(path: str) -> bool:
    """Whether a file is a hand-written page."""
    return path.startswith("content/") and path.endswith(".md")


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
        return _Builder(source).document(yaml.CBaseLoader(text).get_event), ()
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
    if "cannot start any token" in message or "tab character" in message:
        return "indent with spaces, and quote a text that begins with @, ` or %"
    if "flow" in message:
        return "close every [ and {, and quote a text that begins with one"
    if "block end" in message or "block collection" in message or "expected key" in message:
        return "look at the indentation of this line and the one above"
    return ""


class _Builder:
    """The value of a file from the parser's events: nothing recurses where Python cannot see it."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.nodes = 0
        self.anchors: dict[str, list[Event]] = {}

    def document(self, following: Next) -> Value:
        """The value of the file's only document."""
        following()
        start = following()
        if start.__class__ is yaml.StreamEndEvent:
            raise _RefusedError(
                Problem(Location(self.source.path), "Y06", "the file is empty", _ENTRY)
            )
        try:
            value = self._value(following(), following, 0)
        except _RefusedError as refused:
            while (
                refused.problem.code != "Y05" and following().__class__ is not yaml.StreamEndEvent
            ):
                """What is not YAML at all is said first."""
            raise
        following()
        end = following()
        if end.__class__ is not yaml.StreamEndEvent:
            raise yaml.MarkedYAMLError(
                "expected a single document in the stream", start.start_mark,
                "but found another document", end.start_mark,
            )  # fmt: skip
        return value

    def _value(self, event: Event, following: Next, depth: int) -> Value:
        """The value that begins with an event; those after it are `following`."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise self._refuse(event, "Y05", "too much is nested or repeated through aliases")
        kind = event.__class__
        if kind is yaml.AliasEvent:
            self.nodes -= 1
            again = iter(self._anchored(event))
            return self._value(next(again), again.__next__, depth)
        if event.tag not in _TAGS[kind]:
            raise self._refuse(event, "Y04", f"the tag {quote(event.tag)}")
        if event.anchor is not None:
            following = self._keep(event, following)
        if kind is yaml.ScalarEvent:
            return str(event.value)
        if depth == MAX_DEPTH:
            raise self._refuse(event, "Y05", f"nested {depth + 1} levels deep")
        if kind is yaml.MappingStartEvent:
            return self._mapping(following, depth + 1)
        items: list[Value] = []
        while (item := following()).__class__ is not yaml.SequenceEndEvent:
            items.append(self._value(item, following, depth + 1))
        return items

    def _mapping(self, following: Next, depth: int) -> Value:
        value: dict[str, Value] = {}
        keys: dict[str, Event] = {}
        while (key := following()).__class__ is not yaml.MappingEndEvent:
            word = key if key.__class__ is not yaml.AliasEvent else self._anchored(key)[0]
            if word.__class__ is not yaml.ScalarEvent:
                self._value(key, following, depth)
                raise self._refuse(key, "Y06", "a key that is not a word")
            name: str = word.value
            if name in value:
                related = (Related(self.source.place(keys[name].start_mark), "first given here"),)
                where = self.source.place(key.start_mark)
                message = f"{quote(name)} is given twice"
                raise _RefusedError(
                    Problem(where, "Y03", message, "each key once", related=related)
                )
            if word.anchor is not None:
                self._keep(word, following)
            keys[name] = key
            value[name] = self._value(following(), following, depth)
        return value

    def _keep(self, event: Event, following: Next) -> Next:
        """Remember the events of an anchored value, and give those after the first again."""
        kept, depth = [event], _STEP.get(event.__class__, 0)
        while depth:
            kept.append(following())
            depth += _STEP.get(kept[-1].__class__, 0)
        self.anchors[event.anchor] = kept
        return iter(kept[1:]).__next__

    def _anchored(self, alias: Event) -> list[Event]:
        found = self.anchors.get(alias.anchor)
        if found is None:
            raise yaml.MarkedYAMLError(None, None, "found undefined alias", alias.start_mark)
        return found

    def _refuse(self, event: Event, code: str, message: str) -> _RefusedError:
        return _RefusedError(Problem(self.source.place(event.start_mark), code, message))


@lru_cache(maxsize=64)
def _compose(source: Source) -> yaml.Node | None:
    """The nodes of a file that can be read. libyaml recurses, so a deep one is refused first."""
    try:
        data = source.read_bytes()
        if any(problem.code == "Y05" for problem in parse_bytes(source, data)[1]):
            return None
        return yaml.compose(data.decode("utf-8-sig"), Loader=yaml.CBaseLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
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
