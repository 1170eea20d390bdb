"""Random catalogues in which every text is a mark of its own, and where each mark may be seen."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.model import KINDS
from generator.model.base import ANY, Duration, ForCustomers, RefersTo
from generator.model.catalogue import Catalogue
from generator.model.channel import Channel
from generator.model.money import Price
from generator.model.offering import Target
from generator.model.process import Flow, Interface
from generator.model.service import Change, Service
from generator.model.text import Text, Words
from generator.source import Source

TODAY = date(2026, 11, 21)
PER_KIND = {"service": 8, "organisation": 1, "policy": 1, "tombstone": 0}
_MARK = re.compile(r"(https://)?q\d{5}z")
_EXPLAINED = ("process", "comparison", "term")
STATUSES = (
    "operational",
    "operational",
    "requirements",
    "release",
    "retiring",
    "retired",
    "test",
    "rejected",
)


class Marker:
    """Builds records of the model from a source of randomness."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.count = 0
        self.ids = {
            kind: [f"{kind[:4].strip('-')}-{self.mark()}" for _ in range(PER_KIND.get(kind, 3))]
            for kind in KINDS
        }

    def mark(self) -> str:
        self.count += 1
        return f"q{self.count:05d}z"

    def value(self, annotation: Any, info: FieldInfo | None = None) -> Any:
        marks = list(info.metadata) if info else []
        while get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            marks += more
        reference = next((m for m in marks if isinstance(m, RefersTo)), None)
        if reference is not None:
            kind = reference.kind if reference.kind != ANY else self.random.choice(_EXPLAINED)
            id_ = self.random.choice(self.ids[kind])
            return id_ if reference.kind != ANY else f"{kind}/{id_}"
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin in (Union, type(int | None)):
            return self.union(arguments)
        if origin is tuple:
            least = next((m.min_length for m in marks if hasattr(m, "min_length")), 0)
            return [self.value(arguments[0]) for _ in range(max(least, self.random.randint(0, 2)))]
        if origin is dict:
            return self.mapping(*arguments)
        if origin is Literal:
            return self.random.choice(arguments)
        return self.scalar(annotation, marks)

    def union(self, arguments: tuple[Any, ...]) -> Any:
        options = [a for a in arguments if a is not type(None)]
        if type(None) in arguments and self.random.random() < 0.3:
            return None
        return self.value(self.random.choice(options))

    def mapping(self, key: Any, value: Any) -> dict[str, Any]:
        while get_origin(key) is Annotated:
            key = get_args(key)[0]
        keys = get_args(key) or ("alpha", "beta")
        return {k: self.value(value) for k in keys}

    def scalar(self, annotation: Any, marks: list[Any]) -> Any:
        if annotation is bool:
            return self.random.random() < 0.5
        if annotation is int:
            return 1 + self.random.randrange(4)
        if annotation is date:
            return f"20{self.random.randint(27, 29)}-0{self.random.randint(1, 9)}-1{self.random.randint(0, 9)}"
        if annotation is Duration:
            return self.random.choice(["PT4H", "P2D", "P1M", "PT30M"])
        if annotation is str:
            return self.text(marks)
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return self.record(annotation)
        return "12.5"

    def text(self, marks: list[Any]) -> str:
        pattern = next((m.pattern for m in marks if getattr(m, "pattern", None)), "")
        if "A-Z]{3}" in pattern:
            return "OMR"
        if "RACI" in pattern:
            return "A/R"
        if "24:00" in pattern:
            return "08:00"
        if "_web_address" in str(marks):
            return f"https://{self.mark()}.example/"
        return self.mark()

    def record(self, model: type[BaseModel]) -> Any:
        if model is Text:
            return {code: self.mark() for code in ("ar", "fa", "en")}
        if model is Words:
            return {code: [self.mark()] for code in ("ar", "fa", "en")}
        values = {}
        for name, info in model.model_fields.items():
            value = self.value(info.annotation, info)
            if value is not None or info.is_required():
                values[info.alias or name] = value
        return self.mend(model, values)

    def mend(self, model: type[BaseModel], values: dict[str, Any]) -> dict[str, Any]:
        """What the model's validators and the domain rules ask for."""
        if model is Channel:
            place = values["type"] == "place"
            values["place"] = self.record(Text) if place else None
            values["value"] = None if place else self.mark()
        elif model is Target:
            values.update(op="lte", unit="count", value="7", duration=None)
        elif model in (Flow, Interface):
            values = {**values, "process": None, "term": self.random.choice(self.ids["term"])}
            values.pop("party", None)
        elif model is Change:
            values["on"] = "2026-01-15"
        elif model is Price:
            values.update(policy="fixed-price", amount="3.5", currency="OMR", per=self.record(Text))
        return values

    def entry(self, kind: str, index: int) -> dict[str, Any]:
        entry: dict[str, Any] = {
            **self.record(KINDS[kind]),
            "kind": kind,
            "id": self.ids[kind][index],
        }
        if kind == "service":
            entry["status"] = STATUSES[index]
            entry["type"] = "supporting" if index == 1 else "customer-facing"
            entry["publish"] = {"from": "2020-01-01"}
            entry["available_from"] = "2020-01-01"
            entry["ends_on"] = "2026-11-01" if entry["status"] == "retired" else "2027-11-01"
            entry["due_diligence"] = None
        if kind == "calendar":
            entry["time_zone"] = "Asia/Muscat"
        if kind == "policy":
            entry.update(sections=_SECTIONS, languages=["ar", "fa", "en"], source_language="en",
                         retired_page_lifetime="P1Y")  # fmt: skip
        if kind == "comparison":
            self.align(entry)
        if kind == "process":
            roles = {role["id"]: "A/R" for role in entry["roles"]}
            for activity in entry["activities"]:
                activity["raci"] = roles
        return entry

    def align(self, entry: dict[str, Any]) -> None:
        sides = [side["id"] for side in entry["sides"]]
        for table in entry["tables"]:
            for row in table["rows"]:
                row["cells"] = {side: self.record(Text) for side in sides}
        for choice in entry["when_to_use"]:
            choice["side"] = sides[0]


_SECTIONS = {
    **dict.fromkeys(("requirements", "definition", "analysis", "approved", "chartered", "design",
                     "development", "build", "test", "release", "rejected"), "pipeline"),
    "operational": "catalogue", "retiring": "retired", "retired": "retired",
}  # fmt: skip


def catalogue(seed: int) -> Catalogue:
    """A random catalogue that satisfies the model."""
    marker = Marker(seed)
    entries: dict[str, dict[str, Any]] = {}
    for kind, ids in marker.ids.items():
        found = [KINDS[kind].model_validate(marker.entry(kind, i)) for i in range(len(ids))]
        entries[kind] = {entry.id: entry for entry in found}
    sources = {(kind, id_): Source("", "") for kind, found in entries.items() for id_ in found}
    return Catalogue(entries, sources)


def with_other_staff_texts(catalogue: Catalogue, hidden: set[str]) -> Catalogue:
    """The same catalogue in which every text that no customer may see is another one."""
    entries: dict[str, dict[str, Any]] = {}
    for kind, entry in catalogue.all():
        secret = _is_secret(kind, entry.id, hidden)
        entries.setdefault(kind, {})[entry.id] = _rewritten(entry, secret)
    return Catalogue(entries, catalogue.sources)


def _is_secret(kind: str, id_: str, hidden: set[str]) -> bool:
    return kind in _STAFF_KINDS or (kind == "service" and id_ in hidden)


def _rewritten(value: Any, secret: bool) -> Any:
    if isinstance(value, Text):
        return Text(**{lang.code: f"{t} anew" for lang, t in value.items()}) if secret else value
    if isinstance(value, BaseModel):
        secret = secret or (isinstance(value, Change) and value.who == "staff")
        fields = type(value).model_fields.items()
        return value.model_copy(
            update={
                n: _rewritten(getattr(value, n), secret or not _is_public(i)) for n, i in fields
            }
        )
    if isinstance(value, tuple):
        return tuple(_rewritten(item, secret) for item in value)
    if isinstance(value, dict):
        return {key: _rewritten(item, secret) for key, item in value.items()}
    return value


def _is_public(info: FieldInfo) -> bool:
    return any(isinstance(mark, ForCustomers) for mark in info.metadata)


def staff_marks(catalogue: Catalogue, hidden: set[str]) -> Iterator[str]:
    """Every mark that no customer may see: staff kinds, hidden services, unmarked fields."""
    for kind, entry in catalogue.all():
        secret = _is_secret(kind, entry.id, hidden)
        if secret:
            yield entry.id
        yield from _marks(entry, secret)


_STAFF_KINDS = {"policy", "customer", "supplier", "agreement", "business-case"}


def _marks(value: Any, secret: bool) -> Iterator[str]:
    """The marks below a value that are secret: found by the model alone, not by `editions`."""
    if isinstance(value, BaseModel):
        secret = secret or (isinstance(value, Change) and value.who == "staff")
        for name, info in type(value).model_fields.items():
            if not _is_reference(info):
                yield from _marks(getattr(value, name), secret or not _is_public(info))
    elif isinstance(value, tuple):
        for item in value:
            yield from _marks(item, secret)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _marks(item, secret)
    elif isinstance(value, str) and secret and _MARK.match(value):
        yield value


def _is_reference(info: FieldInfo) -> bool:
    return "RefersTo" in f"{info.metadata}{info.annotation}" or info.annotation is Service


def public_marks(value: Any, code: str) -> Iterator[str]:
    """Every mark of a projected entry that its page in one language must show."""
    if isinstance(value, Text):
        yield getattr(value, code)
    elif isinstance(value, Words):
        yield from value.__dict__[code]
    elif isinstance(value, BaseModel):
        for name, item in value.__dict__.items():
            if name not in ("id", "kind", "side", "former_anchors"):
                yield from public_marks(item, code)
    elif isinstance(value, tuple):
        for item in value:
            yield from public_marks(item, code)
    elif isinstance(value, dict):
        for item in value.values():
            yield from public_marks(item, code)
    elif isinstance(value, str) and _MARK.match(value) and value[-1:] in "z/":
        yield value
