"""`catalogue/` → `Catalogue`, with every problem found on the way."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from generator.model import KINDS
from generator.model.base import Entry
from generator.model.catalogue import Catalogue
from generator.problems import Location, Problem, Related, nearest, quote
from generator.source import Source, Value, is_entry
from generator.values import Values

DERIVED = frozenset({"section", "dependency_of", "offered_to", "used_by"})
"""Fields that are computed and may not be written (V07)."""


@dataclass(frozen=True)
class _Read:
    source: Source
    kind: str = ""
    id: str = ""
    entry: Entry | None = None
    problems: tuple[Problem, ...] = ()


def load(
    root: Path, jobs: int = 1, values: Values | None = None
) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Read every entry under `root/catalogue`. Sound entries are kept whatever the others are."""
    files = list(_files(root))
    parsed = (values or Values()).read(files, jobs)
    read = [_read(source, *found) for source, found in zip(files, parsed, strict=True)]
    problems = [problem for one in read for problem in one.problems]
    sources: dict[tuple[str, str], Source] = {}
    entries: dict[str, dict[str, Entry]] = {kind: {} for kind in KINDS}
    for one in read:
        key = (one.kind, one.id)
        if key in sources:
            first = Related(sources[key].at("id"), "first used here")
            problems.append(
                Problem(
                    one.source.at("id"),
                    "M07",
                    f"another {one.kind} has the id {quote(one.id)}",
                    "an id of its own",
                    related=(first,),
                )
            )
        elif one.kind:
            sources[key] = one.source
            if one.entry is not None:
                entries[one.kind][one.id] = one.entry
    problems.extend(_missing_records(sources))
    ordered = {kind: dict(sorted(found.items())) for kind, found in entries.items()}
    return Catalogue(ordered, sources), tuple(problems)


def _files(root: Path) -> Iterator[Source]:
    base = str(root)
    for folder, folders, names in os.walk(root / "catalogue"):
        folders.sort()
        inside = os.path.relpath(folder, base).replace(os.sep, "/")
        for name in sorted(names):
            if is_entry(name):
                yield Source(base, f"{inside}/{name}")


def _read(source: Source, value: Value | None, problems: tuple[Problem, ...]) -> _Read:
    if problems:
        return _Read(source, *_claimed(source), problems=problems)
    if not isinstance(value, dict):
        problem = Problem(
            source.at(), "Y06", "the file is not a mapping", "a mapping with `kind` and `id`"
        )
        return _Read(source, problems=(problem,))
    return entry_of(source, value)


_CLAIM = re.compile(r"^(kind|id): *['\"]?([a-z][a-z0-9-]*)", re.MULTILINE)


def _claimed(source: Source) -> tuple[str, str]:
    """The kind and id by which others refer to a file that cannot be parsed, as far as they show."""
    try:
        text = source.read_bytes().decode("utf-8", "replace")
    except OSError:
        return "", ""
    claims = dict(reversed(_CLAIM.findall(text)))
    kind, id_ = claims.get("kind", ""), claims.get("id", "")
    return (kind, id_) if kind in KINDS and id_ else ("", "")


def entry_of(source: Source, value: dict[str, Value]) -> _Read:
    """The entry that a parsed file holds, or its problems."""
    kind, id_ = value.get("kind"), value.get("id")
    if not isinstance(kind, str) or kind not in KINDS:
        shown = quote(kind) if isinstance(kind, str) else "missing"
        problem = Problem(
            source.at("kind"),
            "M01",
            f"the kind is {shown}",
            "one of " + ", ".join(KINDS),
            nearest(kind, KINDS) if isinstance(kind, str) else "",
        )
        return _Read(source, problems=(problem,))
    name = id_ if isinstance(id_, str) else ""
    try:
        return _Read(source, kind, name, KINDS[kind].model_validate(value))
    except ValidationError as error:
        found = tuple(_problem(source, KINDS[kind], value, one) for one in error.errors())
        return _Read(source, kind if name else "", name, problems=_without_echoes(found))


def _without_echoes(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """One problem a place: the arms of a union each complain about the same value."""
    return tuple({problem.where: problem for problem in reversed(list(problems))}.values())


def _missing_records(sources: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    kinds = [kind for kind, _ in sources]
    for kind in ("organisation", "policy"):
        if kinds.count(kind) != 1:
            yield Problem(
                Location("catalogue"), "M08", f"{kinds.count(kind)} records of kind {kind}", "one"
            )


_SHAPES = {
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "string_type": "a text",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "decimal_parsing": "a decimal number such as 12.50",
    "decimal_type": "a decimal number such as 12.50",
    "date_type": "an ISO 8601 date such as 2026-11-21",
    "date_from_datetime_parsing": "an ISO 8601 date such as 2026-11-21",
    "date_parsing": "an ISO 8601 date such as 2026-11-21",
}


def _problem(source: Source, model: type[BaseModel], value: Value, error: Any) -> Problem:
    """A pydantic error as a problem: where in the file, what was there, what was expected."""
    kind = error["type"]
    path = tuple(part for part in error["loc"] if _is_key(value, part, error["loc"]))
    where = source.at(*path)
    field = str(path[-1]) if path else "the entry"
    got = error["input"]
    if kind == "missing":
        name = str(error["loc"][-1])
        return Problem(source.at(*path[:-1]), "M03", f"`{name}` is missing", f"a field `{name}`")
    if kind == "extra_forbidden":
        known = _fields(model, path[:-1])
        if path == (field,) and field in DERIVED:
            return Problem(where, "V07", f"`{field}` is written", "no such field: it is computed")
        return Problem(
            where, "M02", f"the field {quote(field)} is not known here",
            "" if (hint := nearest(field, known)) else "one of " + ", ".join(sorted(known)), hint,
        )  # fmt: skip
    if kind in _SHAPES:
        return Problem(where, "M04", f"`{field}` is {_shown(got)}", _SHAPES[kind])
    if path == ("id",):
        return Problem(
            where, "M06", f"the id is {_shown(got)}", "a Latin id such as shared-mailbox"
        )
    if kind == "literal_error":
        options = [
            part.strip("'") for part in error["ctx"]["expected"].replace(" or ", ", ").split(", ")
        ]
        return Problem(
            where, "M05", f"`{field}` is {_shown(got)}", "one of " + ", ".join(options),
            nearest(str(got), options),
        )  # fmt: skip
    expected = error["msg"].removeprefix("Value error, ").removeprefix("expected ")
    if kind == "string_pattern_mismatch" and "a-z0-9" in error["ctx"]["pattern"]:
        return Problem(
            where, "M06", f"`{field}` is {_shown(got)}", "a Latin id such as shared-mailbox"
        )
    return Problem(where, "M05", f"`{field}` is {_shown(got)}", expected)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return quote(value)


def _is_key(value: Any, part: Any, loc: tuple[Any, ...]) -> bool:
    """Whether a part of pydantic's `loc` is a key of the file, not the name of a union's arm."""
    for key in loc[: loc.index(part)]:
        if isinstance(value, dict):
            value = value.get(key, value)
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            value = value[key]
    if isinstance(part, int):
        return isinstance(value, list)
    return isinstance(value, dict) and (part in value or part == loc[-1])


def _fields(model: type[BaseModel], path: tuple[Any, ...]) -> set[str]:
    """The names of the fields at a path of a model."""
    for key in path:
        if isinstance(key, int):
            continue
        found = next((f for n, f in model.model_fields.items() if key in (n, f.alias)), None)
        inner = _record(found.annotation) if found is not None else None
        if inner is None:
            return {field.alias or name for name, field in model.model_fields.items()}
        model = inner
    return {field.alias or name for name, field in model.model_fields.items()}


def _record(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        if (found := _record(argument)) is not None:
            return found
    return None
