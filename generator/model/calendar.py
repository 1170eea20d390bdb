"""Hours of a week, with their time zone and holidays."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from generator.model.base import Day, Entry, NonEmpty, Public, Record
from generator.model.text import Text

Weekday = Literal["saturday", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday"]

Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]
"""A time of day, HH:MM; 24:00 ends a day."""


class Opening(Record):
    """A span of opening hours; `crosses_midnight` when it closes on the next day."""

    opens: Public[Clock]
    closes: Public[Clock]
    crosses_midnight: Public[bool] = False


class Holiday(Record):
    """A day on which the calendar is closed."""

    on: Public[Day]
    name: Public[Text]


class Calendar(Entry):
    """Hours of a week: every weekday is stated, the weekend is data."""

    kind: Literal["calendar"]
    name: Public[Text]
    time_zone: Public[NonEmpty | None] = None
    weekend: Public[tuple[Weekday, ...]] = ()
    days: Public[dict[Weekday, tuple[Opening, ...]]] = Field(default_factory=dict)
    holidays: Public[tuple[Holiday, ...]] = ()
