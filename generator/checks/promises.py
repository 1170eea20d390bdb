"""Promises stay within what carries them: availability and support hours (V15b)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from generator.checks.hours import first_minute, week_of
from generator.checks.portfolio import offered
from generator.model.catalogue import Catalogue
from generator.model.service import Service
from generator.problems import Location, Problem, Related, quote


def promises(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V15b: availability and support hours stay within those of critical dependencies."""
    weeks = {id_: week_of(calendar, today) for id_, calendar in catalogue.calendars.items()}
    for service in offered(catalogue):
        for i, dependency in enumerate(service.depends_on):
            target = catalogue.services.get(dependency.service)
            if dependency.critical and target is not None and target is not service:
                where = ("service", service.id, "depends_on", i, "service")
                for message, expected, related in (
                    *_better_availability(catalogue, service, target),
                    *_longer_support(catalogue, service, target, weeks, today),
                ):
                    yield Problem(catalogue.at(*where), "V15b", message, expected, "", related)


_Excess = tuple[str, str, tuple[Related, ...]]


def _better_availability(
    catalogue: Catalogue, service: Service, target: Service
) -> Iterator[_Excess]:
    promised, carried = _availability(service), _availability(target)
    if promised and carried and max(promised)[0] > min(carried)[0]:
        best, worst = max(promised), min(carried)
        yield (
            f"{best[0]} % availability is promised, but {quote(target.id)} promises {worst[0]} %",
            f"at most {worst[0]} %",
            (
                Related(_target_at(catalogue, service, best), "promised here"),
                Related(_target_at(catalogue, target, worst), "what carries it"),
            ),
        )


_Promise = tuple[Decimal, int, int]
"""A value, and the indexes of its offering and its target."""


def _availability(service: Service) -> list[_Promise]:
    return [
        (target.value, i, j)
        for i, offering in enumerate(service.offerings)
        if not offering.level.best_effort
        for j, target in enumerate(offering.level.targets)
        if target.metric == "availability" and target.op == "gte"
        and target.unit == "percent" and target.value is not None and target.value <= 100
    ]  # fmt: skip


def _target_at(catalogue: Catalogue, service: Service, promise: _Promise) -> Location:
    _, i, j = promise
    return catalogue.at("service", service.id, "offerings", i, "level", "targets", j, "value")


def _longer_support(
    catalogue: Catalogue,
    service: Service,
    target: Service,
    weeks: Mapping[str, int | None],
    today: date,
) -> Iterator[_Excess]:
    if service.hours is None or target.hours is None:
        return
    own, theirs = service.hours.support, target.hours.support
    promised, carried = weeks.get(own), weeks.get(theirs)
    if promised is None or carried is None or not promised & ~carried:
        return
    example = first_minute(promised & ~carried, catalogue.calendars[own], today)
    yield (
        f"support at {example} is promised ({quote(own)}), but {quote(target.id)} "
        f"has none then ({quote(theirs)})",
        f"support hours within {quote(theirs)}",
        (
            Related(catalogue.at("service", service.id, "hours", "support"), "promised here"),
            Related(catalogue.at("service", target.id, "hours", "support"), "what carries it"),
        ),
    )
