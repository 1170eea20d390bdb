"""Service offerings and the levels promised with them (ITIL: service level targets)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from generator.model.base import (
    Amount,
    AudienceId,
    CalendarId,
    Duration,
    Public,
    Record,
    Slug,
)
from generator.model.money import Price
from generator.model.text import Text


class Window(Record):
    """The span of time over which a target is measured (OpenSLO: timeWindow)."""

    length: Public[Duration]
    kind: Public[Literal["rolling", "calendar"]] = "calendar"


class Workload(Record):
    """The load up to which a target holds (ISO/IEC 20000-1:2018, 8.3.3)."""

    value: Public[Amount]
    unit: Public[Text]


class Target(Record):
    """One measurable promise."""

    metric: Public[
        Literal[
            "availability",
            "response",
            "resolution",
            "throughput",
            "recovery-time",
            "satisfaction",
            "custom",
        ]
    ]
    name: Public[Text | None] = None
    op: Public[Literal["gte", "lte"] | None] = None
    value: Public[Amount | None] = None
    duration: Public[Duration | None] = None
    unit: Public[Literal["percent", "duration", "count", "score"] | None] = None
    of: Public[Text | None] = None
    window: Public[Window | None] = None
    basis: Public[CalendarId | None] = None
    priority: Public[int | None] = Field(default=None, ge=1, le=4)
    request_type: Public[Literal["incident", "request"] | None] = None
    measured_by: Text | None = None
    exclusions: Public[Text | None] = None
    workload_limit: Public[Workload | None] = None

    @model_validator(mode="after")
    def _one_value(self) -> Target:
        if self.value is not None and self.duration is not None:
            raise PydanticCustomError("target_value", "expected either `value` or `duration`")
        return self


class Level(Record):
    """A set of targets, or an honest promise of best effort."""

    best_effort: Public[bool] = False
    targets: Public[tuple[Target, ...]] = ()


class Offering(Record):
    """A way to take a service: for whom, at which level, at what price."""

    id: Public[Slug]
    name: Public[Text]
    summary: Public[Text | None] = None
    audience: Public[AudienceId]
    level: Public[Level]
    price: Public[Price]
