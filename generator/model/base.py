"""What all records have in common: frozen, closed, and marked for who may see them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, TypeVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    HttpUrl,
    StringConstraints,
    TypeAdapter,
)
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError, core_schema

T = TypeVar("T")


class ForCustomers:
    """Marks a field that customers may see. A field without the mark is for staff only."""


@dataclass(frozen=True)
class RefersTo:
    """Marks an id as pointing at an entry of `kind`; with `ANY`, the value is `KIND/ID`."""

    kind: str


ANY = "*"
"""Stands for the kind of an entry where the value itself says it."""


def named(kind: str, value: str) -> tuple[str, str]:
    """The kind and the id of the entry that a value names."""
    if kind != ANY:
        return kind, value
    told, _, id_ = value.partition("/")
    return told, id_


def referred_kind(info: FieldInfo) -> str | None:
    """The kind of entry whose ids a field holds, directly or in a list or mapping."""
    marks = [mark for mark in info.metadata if isinstance(mark, RefersTo)]
    return marks[0].kind if marks else _referred_in(info.annotation)


def _referred_in(annotation: Any) -> str | None:
    for mark in getattr(annotation, "__metadata__", ()):
        if isinstance(mark, RefersTo):
            return mark.kind
    return next(filter(None, (_referred_in(part) for part in get_args(annotation))), None)


Public = Annotated[T, ForCustomers()]
"""A field that customers may see (the allow-list of `editions.py`)."""


NOT_KEPT: set[str] = set()
"""What every record says of the fields that were given."""


class Record(BaseModel):
    """A group of fields inside an entry."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=False, defer_build=True)

    def model_post_init(self, context: Any, /) -> None:
        """Forget which fields were given: a set for each record would be two fifths of the memory."""
        object.__setattr__(self, "__pydantic_fields_set__", NOT_KEPT)


Slug = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=63, min_length=1)
]
"""A stable Latin id; part of addresses, never reused."""


class Entry(Record):
    """A record with an address of its own: one file under `catalogue/`."""

    id: Public[Slug]


ServiceId = Annotated[Slug, RefersTo("service")]
CategoryId = Annotated[Slug, RefersTo("category")]
AudienceId = Annotated[Slug, RefersTo("audience")]
TeamId = Annotated[Slug, RefersTo("team")]
CustomerId = Annotated[Slug, RefersTo("customer")]
SupplierId = Annotated[Slug, RefersTo("supplier")]
AgreementId = Annotated[Slug, RefersTo("agreement")]
CalendarId = Annotated[Slug, RefersTo("calendar")]
BusinessCaseId = Annotated[Slug, RefersTo("business-case")]
ProcessId = Annotated[Slug, RefersTo("process")]
TermId = Annotated[Slug, RefersTo("term")]
SourceId = Annotated[Slug, RefersTo("source")]

_ENTRY_PATH = re.compile(r"(process|comparison|term)/[a-z][a-z0-9]*(-[a-z0-9]+)*")


def _entry_path(value: str) -> str:
    if not _ENTRY_PATH.fullmatch(value):
        raise PydanticCustomError(
            "entry_path", "expected `process/ID`, `comparison/ID` or `term/ID`"
        )
    return value


EntryPath = Annotated[
    str,
    AfterValidator(_entry_path),
    RefersTo(ANY),
    Field(json_schema_extra={"pattern": f"^{_ENTRY_PATH.pattern}$"}),
]
"""An entry that explains something, as `KIND/ID`."""

NonEmpty = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""A text in no particular language: a code, a name of a component, a reference."""

_url = TypeAdapter(HttpUrl)


def _web_address(value: str) -> str:
    _url.validate_python(value)
    return value


Url = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=2000),
    AfterValidator(_web_address),
    Field(json_schema_extra={"format": "uri"}),
]
"""An absolute http or https address."""


def _decimal_string(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"-?\d+(\.\d+)?", value):
        raise PydanticCustomError("decimal_string", "expected a decimal number such as 12.50")
    return value


Amount = Annotated[Decimal, BeforeValidator(_decimal_string), Field(max_digits=18)]
"""An exact decimal number, written without grouping."""

Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
"""An ISO 4217 code."""


def _iso_date(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise PydanticCustomError("iso_date", "expected an ISO 8601 date such as 2026-11-21")
    return value


Day = Annotated[date, BeforeValidator(_iso_date)]
"""A Gregorian date, ISO 8601."""

_DURATION = re.compile(
    r"P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?"
)
_PATTERN = r"^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$"


@dataclass(frozen=True)
class Duration:
    """A length of time (ISO 8601), kept in the units its author wrote: P1M is not P30D."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    hours: int = 0
    minutes: int = 0
    seconds: int = 0

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read `PT4H`, `P2D`, `P1Y6M`. Raises ValueError for anything else."""
        match = _DURATION.fullmatch(text)
        if match is None or any(len(part) > 6 for part in match.groups() if part):
            raise ValueError(text)
        return cls(*(int(part or 0) for part in match.groups()))

    @property
    def total_seconds(self) -> int:
        """Length in seconds, with a year of 365 and a month of 30 days; for comparing only."""
        days = self.years * 365 + self.months * 30 + self.weeks * 7 + self.days
        return ((days * 24 + self.hours) * 60 + self.minutes) * 60 + self.seconds

    def __str__(self) -> str:
        date_part = "".join(
            f"{n}{unit}"
            for n, unit in zip(
                (self.years, self.months, self.weeks, self.days), "YMWD", strict=True
            )
            if n
        )
        time_part = "".join(
            f"{n}{unit}"
            for n, unit in zip((self.hours, self.minutes, self.seconds), "HMS", strict=True)
            if n
        )
        return (
            "P"
            + date_part
            + ("T" + time_part if time_part or not date_part else "")
            + ("" if date_part or time_part else "0S")
        )

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(cls._validate)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "type": "string",
            "pattern": _PATTERN,
            "description": "A length of time (ISO 8601), such as PT4H or P2D.",
        }

    @classmethod
    def _validate(cls, value: Any) -> Duration:
        if isinstance(value, cls):
            return value
        try:
            return cls.parse(value)
        except (TypeError, ValueError):
            raise PydanticCustomError(
                "duration", "expected a length of time such as PT4H or P2D (ISO 8601)"
            ) from None
