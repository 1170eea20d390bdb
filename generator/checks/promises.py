"""Promises stay within what carries them: availability and support hours (V15b)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from generator.checks.hours import first_minute, week_of
from generator.checks.portfolio import offered
from generator.model.catalogue import Catalogue
from generator.model.service import Service
from generator.problems import Location, Problem, Related, quote

_Promise = tuple[Decimal, int, int]
"""A value in percent, and the indexes of its offering and its target."""

_Excess = tuple[str, str, tuple[Related, ...]]
"""Message, expected and related places."""


def promises(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V15b: availability and support hours stay within those of critical dependencies."""
    compared = _Compared(catalogue, today)
    for service in offered(catalogue):
        for i, dependency in enumerate(service.depends_on):
            target = catalogue.services.get(dependency.service)
            if dependency.critical and target is not None and target is not service:
                excesses = (
                    *compared.availability(service, target),
                    *compared.support(service, target),
                )
                for message, expected, related in excesses:
                    where = catalogue.at("service", service.id, "depends_on", i, "service")
                    yield Problem(where, "V15b", message, expected, "", related)


class _Compared:
    """What services promise, beside what their dependencies promise."""

    def __init__(self, catalogue: Catalogue, today: date) -> None:
        self._catalogue, self._today = catalogue, today
        self._weeks = {id_: week_of(c, today) for id_, c in catalogue.calendars.items()}
        self._available = {id_: _availability(s) for id_, s in catalogue.services.items()}

    def availability(self, service: Service, target: Service) -> Iterator[_Excess]:
        """The best availability of a service, if it is above the worst of its dependency."""
        promised, carried = self._available[service.id], self._available[target.id]
        if promised and carried and promised[-1][0] > carried[0][0]:
            best, worst = promised[-1], carried[0]
            yield (
                f"{best[0]} % availability is promised, but {quote(target.id)} promises {worst[0]} %",
                f"at most {worst[0]} %",
                (
                    Related(_value_at(self._catalogue, service, best), "promised here"),
                    Related(_value_at(self._catalogue, target, worst), "what carries it"),
                ),
            )

    def support(self, service: Service, target: Service) -> Iterator[_Excess]:
        """The support hours of a service, if they go beyond those of its dependency."""
        if service.hours is None or target.hours is None:
            return
        own, theirs = service.hours.support, target.hours.support
        promised, carried = self._weeks.get(own), self._weeks.get(theirs)
        if promised is None or carried is None or not promised & ~carried:
            return
        at = self._catalogue.at
        calendar = self._catalogue.calendars[own]
        yield (
            f"support on {first_minute(promised & ~carried, calendar, self._today)} is promised "
            f"({quote(own)}), but {quote(target.id)} has none then ({quote(theirs)})",
            f"support hours within {quote(theirs)}",
            (
                Related(at("service", service.id, "hours", "support"), "promised here"),
                Related(at("service", target.id, "hours", "support"), "what carries it"),
            ),
        )


def _availability(service: Service) -> list[_Promise]:
    """The availability that each offering promises, from the worst to the best."""
    return sorted(
        (target.value, i, j)
        for i, offering in enumerate(service.offerings)
        if not offering.level.best_effort
        for j, target in enumerate(offering.level.targets)
        if target.metric == "availability" and target.op == "gte"
        and target.unit == "percent" and target.value is not None and target.value <= 100
    )  # fmt: skip


def _value_at(catalogue: Catalogue, service: Service, promise: _Promise) -> Location:
    _, i, j = promise
    return catalogue.at("service", service.id, "offerings", i, "level", "targets", j, "value")
