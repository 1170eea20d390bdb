"""What stands inside an entry: its texts and the ids it names, with or without their paths.

Which fields can hold what is worked out once for each model class. `contents` is the fast walk;
`located` is the slow one that also says where each thing stands and who may see it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from generator.model.base import Entry, ForCustomers, Record, named, referred_kind
from generator.model.service import Change
from generator.model.text import Text
from generator.source import Key

Keys = tuple[Key, ...]
"""Keys from the top of a file, as they are written there."""


@dataclass(frozen=True, slots=True)
class Reference:
    """An id that a field holds, and the kind of entry it points at."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Located:
    """A text or a reference at its path; `public` when customers may see it."""

    path: Keys
    value: Text | Reference
    public: bool


def contents(entry: Entry) -> tuple[list[Text], list[tuple[str, str]]]:
    """Every text of an entry, and every id it names as (kind, id), in the order of the fields."""
    texts: list[Text] = []
    ids: list[tuple[str, str]] = []
    _gather(entry, texts, ids)
    return texts, ids


def texts(entry: Entry) -> list[Text]:
    """Every text of an entry, in the order of the fields."""
    return contents(entry)[0]


def located(entry: Entry) -> Iterator[Located]:
    """Every text and every reference of an entry, in the order of the fields."""
    return _fields(entry, (), True)


def located_texts(entry: Entry) -> Iterator[tuple[Keys, Text, bool]]:
    """The texts of `contents`, in the same order, with their paths and whether they are public."""
    for one in located(entry):
        if isinstance(one.value, Text):
            yield one.path, one.value, one.public


def located_ids(entry: Entry) -> Iterator[tuple[Keys, Reference]]:
    """The ids of `contents`, in the same order, each with its path."""
    for one in located(entry):
        if isinstance(one.value, Reference):
            yield one.path, one.value


def _gather(record: BaseModel, texts: list[Text], ids: list[tuple[str, str]]) -> None:
    values = record.__dict__
    for name, kind in _plan(record.__class__):
        value = values[name]
        if value.__class__ is Text:
            texts.append(value)
        elif not value:
            continue
        elif kind is not None:
            _add_ids(value, kind, ids)
        elif isinstance(value, BaseModel):
            _gather(value, texts, ids)
        else:
            items = tuple(value.values()) if value.__class__ is dict else value
            if items[0].__class__ is Text:
                texts += items
            else:
                for item in items:
                    _gather(item, texts, ids)


def _add_ids(value: Any, kind: str, ids: list[tuple[str, str]]) -> None:
    """Add the ids in a field that is not empty: one, a list, or a mapping of them."""
    if value.__class__ is str:
        if value != "own":
            ids.append(named(kind, value))
    elif value.__class__ is tuple:
        ids += [(kind, id_) for id_ in value]
    else:
        for item in value.values():
            _add_ids(item, kind, ids)


@cache
def _plan(model: type[BaseModel]) -> tuple[tuple[str, str | None], ...]:
    """The fields in which there may be texts or ids, with the kind of the ids."""
    kinds = {name: referred_kind(info) for name, info in model.model_fields.items()}
    return tuple(
        (name, kind)
        for name, kind in kinds.items()
        if kind is not None or _holds_something(model.model_fields[name].annotation)
    )


def _holds_something(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation is Text or bool(_plan(annotation))
    return any(_holds_something(part) for part in get_args(annotation))


def _fields(record: BaseModel, path: Keys, public: bool) -> Iterator[Located]:
    for name, kind, key, marked in _marked_plan(type(record)):
        if value := getattr(record, name):
            yield from _inside(value, kind, (*path, key), public and marked)


@cache
def _marked_plan(model: type[BaseModel]) -> tuple[tuple[str, str | None, str, bool], ...]:
    """The plan with the key of each field in a file, and whether customers may see it."""
    fields = ((name, kind, model.model_fields[name]) for name, kind in _plan(model))
    return tuple(
        (name, kind, info.alias or name, any(isinstance(m, ForCustomers) for m in info.metadata))
        for name, kind, info in fields
    )


def _inside(value: Any, kind: str | None, path: Keys, public: bool) -> Iterator[Located]:
    match value:
        case Text():
            yield Located(path, value, public)
        case Change(who="staff"):
            yield from _fields(value, path, False)
        case BaseModel():
            yield from _fields(value, path, public)
        case tuple():
            for i, item in enumerate(value):
                yield from _inside(item, kind, (*path, i), public)
        case dict():
            for key, item in value.items():
                yield from _inside(item, kind, (*path, key), public)
        case str() if kind is not None and value != "own":
            yield Located(path, Reference(*named(kind, value)), public)
