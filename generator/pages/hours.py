"""Opening hours of a week, as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from generator.languages import Phrase
from generator.model.calendar import Calendar, Opening, Weekday
from generator.pages.page import Sentence, Value
from generator.pages.reader import Reader

_DAYS: tuple[Weekday, ...] = (
    "saturday", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday",
)  # fmt: skip
_ISO = {
    "monday": 1,
    "tuesday": 2,
    "wednesday": 3,
    "thursday": 4,
    "friday": 5,
    "saturday": 6,
    "sunday": 7,
}


@dataclass(frozen=True, slots=True)
class DayView:
    """A day or a run of days with the same hours; no hours means closed."""

    days: Sentence | str
    hours: tuple[Sentence | str, ...]
    closed: bool


@dataclass(frozen=True, slots=True)
class WeekView:
    """A calendar as a small table."""

    name: Phrase
    always: bool
    days: tuple[DayView, ...]
    time_zone: Sentence | None
    holidays: tuple[tuple[Value, Phrase], ...]


def week(r: Reader, calendar: Calendar) -> WeekView:
    """The hours of a calendar; the week begins after its weekend."""
    return r.once(("week", calendar.id), lambda: _week(r, calendar))


def _week(r: Reader, calendar: Calendar) -> WeekView:
    days = _from_first_working_day(calendar)
    runs = [
        (openings, list(run))
        for openings, run in groupby(days, key=lambda day: calendar.days.get(day, ()))
    ]
    always = all(_all_day(openings) for openings, _ in runs)
    upcoming = (h for h in calendar.holidays if h.on >= r.edition.today)
    return WeekView(
        name=r.pick(calendar.name),
        always=always,
        days=tuple(
            DayView(_run(r, run), tuple(_span(r, o) for o in openings), not openings)
            for openings, run in runs
        ),
        time_zone=r.say("hours.time_zone", zone=r.zone(calendar.time_zone))
        if calendar.time_zone
        else None,
        holidays=tuple((r.day(h.on), r.pick(h.name)) for h in sorted(upcoming, key=lambda h: h.on)),
    )


def _from_first_working_day(calendar: Calendar) -> tuple[Weekday, ...]:
    for i, day in enumerate(_DAYS):
        if day not in calendar.weekend and _DAYS[i - 1] in calendar.weekend:
            return _DAYS[i:] + _DAYS[:i]
    return _DAYS


def _all_day(openings: tuple[Opening, ...]) -> bool:
    return len(openings) == 1 and (openings[0].opens, openings[0].closes) == ("00:00", "24:00")


def _run(r: Reader, run: list[Weekday]) -> Sentence | str:
    first, last = (r.format.weekday(_ISO[day]) for day in (run[0], run[-1]))
    if len(run) == 1:
        return first
    if len(run) == 2:
        return r.say("hours.two_days", first=first, last=last)
    return r.say("hours.days", first=first, last=last)


def _span(r: Reader, opening: Opening) -> Sentence | str:
    if _all_day((opening,)):
        return r.t("hours.all_day")
    opens, closes = (Value(r.format.clock(_minutes(t)), t) for t in (opening.opens, opening.closes))
    key = "hours.span_next_day" if opening.crosses_midnight else "hours.span"
    return r.say(key, opens=opens, closes=closes)


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
