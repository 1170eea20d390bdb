"""Calendars: hours that can be relied on (V20), and weeks that can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import get_args
from zoneinfo import ZoneInfo, available_timezones

from generator.model.calendar import Calendar, Opening, Weekday
from generator.model.catalogue import Catalogue
from generator.model.walk import Keys
from generator.problems import Problem, nearest, quote

WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
"""The days of the week as the model lists them, from Saturday."""

DAY_MINUTES = 24 * 60
WEEK_MINUTES = 7 * DAY_MINUTES
_WHOLE_WEEK = (1 << WEEK_MINUTES) - 1


def calendars(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V20: a calendar has a time zone, states every weekday, and closes after it opens."""
    for id_, calendar in catalogue.calendars.items():
        for keys, message, expected, hint in _faults(calendar):
            yield Problem(catalogue.at("calendar", id_, *keys), "V20", message, expected, hint)


def _faults(calendar: Calendar) -> Iterator[tuple[Keys, str, str, str]]:
    yield from _zone_faults(calendar.time_zone)
    missing = [day for day in WEEKDAYS if day not in calendar.days]
    if missing:
        message = f"nothing is said of {', '.join(missing)}"
        yield ("days",), message, "every weekday; `[]` for a day that is closed", ""
    for day, openings in calendar.days.items():
        for i, opening in enumerate(openings):
            yield from _opening_faults(("days", day, i), opening)


def _zone_faults(name: str | None) -> Iterator[tuple[Keys, str, str, str]]:
    expected = "an IANA time zone such as Asia/Muscat"
    if name is None:
        yield (), "`time_zone` is missing", expected, ""
    elif zone_of(name) is None:
        hint = nearest(name, available_timezones())
        yield ("time_zone",), f"there is no time zone {quote(name)}", expected, hint


def _opening_faults(keys: Keys, opening: Opening) -> Iterator[tuple[Keys, str, str, str]]:
    span = f"{opening.opens} to {opening.closes}"
    if opening.crosses_midnight and opening.closes > opening.opens:
        message = f"{span} on the next day is more than 24 hours"
        yield (*keys, "closes"), message, f"a time up to {opening.opens}", ""
    elif not opening.crosses_midnight and opening.closes <= opening.opens:
        hint = "if it closes on the next day, add `crosses_midnight: true`"
        yield (
            (*keys, "closes"),
            f"{span} ends before it begins",
            f"a time after {opening.opens}",
            hint,
        )


def zone_of(name: str) -> ZoneInfo | None:
    """The time zone of that IANA name, if there is one."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return None


def week_of(calendar: Calendar, today: date) -> int | None:
    """The open minutes of a week in UTC: bit 0 is Saturday 00:00. None where the zone is unknown.

    Zones are laid beside each other by their offsets of `today`.
    """
    offset = _offset_minutes(calendar, today)
    if offset is None:
        return None
    week = 0
    for day, openings in calendar.days.items():
        for opening in openings:
            week |= _span(opening) << (WEEKDAYS.index(day) * DAY_MINUTES)
    return _rotated(week & _WHOLE_WEEK | week >> WEEK_MINUTES, -offset)


def first_minute(week: int, calendar: Calendar, today: date) -> str:
    """The first open minute of a week, as a calendar's own clock shows it: `friday 08:00`."""
    local = _rotated(week, _offset_minutes(calendar, today) or 0)
    minute = (local & -local).bit_length() - 1
    day, rest = divmod(minute, DAY_MINUTES)
    return f"{WEEKDAYS[day]} {rest // 60:02}:{rest % 60:02}"


def _offset_minutes(calendar: Calendar, today: date) -> int | None:
    zone = zone_of(calendar.time_zone) if calendar.time_zone else None
    if zone is None:
        return None
    offset = zone.utcoffset(datetime.combine(today, time(12)))
    return int(offset.total_seconds()) // 60 if offset is not None else None


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _span(opening: Opening) -> int:
    opens, closes = _minutes(opening.opens), _minutes(opening.closes)
    length = closes - opens + (DAY_MINUTES if opening.crosses_midnight else 0)
    return ((1 << max(length, 0)) - 1) << opens


def _rotated(week: int, minutes: int) -> int:
    """A week whose minutes come `minutes` later, around the end of the week."""
    shift = minutes % WEEK_MINUTES
    return (week << shift) & _WHOLE_WEEK | week >> (WEEK_MINUTES - shift)
