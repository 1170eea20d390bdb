"""Service level targets that can be measured (V18) and that say their limits (V19)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.model.catalogue import Catalogue
from generator.model.offering import Target
from generator.model.walk import Keys
from generator.problems import Problem, quote

_BOUNDED = ("availability", "satisfaction")
"""Metrics that cannot be more than 100 percent."""


def levels(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V18: a level either has targets or is marked as best effort."""
    for id_, service in catalogue.services.items():
        for i, offering in enumerate(service.offerings):
            if not offering.level.best_effort and not offering.level.targets:
                where = catalogue.at("service", id_, "offerings", i, "level")
                message = f"the level of {quote(offering.id)} promises nothing"
                yield Problem(where, "V18", message, "`targets`, or `best_effort: true`")


def targets(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V18: a target can be measured; V19: it says its limits (ISO/IEC 20000-1:2018, 8.3.3)."""
    for kind, id_, keys, target in _targets(catalogue):
        for key, message, expected in _faults(target):
            yield Problem(catalogue.at(kind, id_, *keys, *key), "V18", message, expected)
        if target.workload_limit is None or target.exclusions is None:
            where = catalogue.at(kind, id_, *keys, "metric")
            yield Problem(where, "V19", _unlimited(target), "the load it holds for, and exceptions")


def _unlimited(target: Target) -> str:
    limits = {"workload_limit": target.workload_limit, "exclusions": target.exclusions}
    missing = [f"`{name}`" for name, limit in limits.items() if limit is None]
    return f"the target for {target.metric} names no {' and no '.join(missing)}"


def _targets(catalogue: Catalogue) -> Iterator[tuple[str, str, Keys, Target]]:
    """Every target that is more than best effort, with where it stands."""
    for id_, service in catalogue.services.items():
        for i, offering in enumerate(service.offerings):
            if not offering.level.best_effort:
                for j, target in enumerate(offering.level.targets):
                    yield "service", id_, ("offerings", i, "level", "targets", j), target
    for id_, agreement in catalogue.agreements.items():
        for j, target in enumerate(agreement.targets):
            yield "agreement", id_, ("targets", j), target


def _faults(target: Target) -> Iterator[tuple[Keys, str, str]]:
    missing = _missing(target)
    if missing:
        names = ", ".join(f"`{name}`" for name in missing)
        message = f"the target for {target.metric} lacks {names}"
        yield ("metric",), message, "a metric, an operator, a value, a unit, a window and a basis"
    yield from _unit_faults(target)
    yield from _range_faults(target)


def _missing(target: Target) -> list[str]:
    parts = {
        "op": target.op,
        "value": target.duration if target.value is None else target.value,
        "unit": target.unit,
        "window": target.window,
        "basis": target.basis,
        "name": target.name if target.metric == "custom" else "",
    }
    return [name for name, part in parts.items() if part is None]


def _unit_faults(target: Target) -> Iterator[tuple[Keys, str, str]]:
    if target.unit == "duration" and target.value is not None:
        yield ("value",), f"the unit is a duration, and the value {target.value}", "`duration`"
    if target.unit not in (None, "duration") and target.duration is not None:
        yield (
            ("duration",),
            f"the unit is {quote(target.unit)}, and the value a duration",
            "`value`",
        )
    if target.metric == "availability" and target.unit not in (None, "percent"):
        yield ("unit",), f"availability is given in {quote(target.unit)}", '"percent"'


def _range_faults(target: Target) -> Iterator[tuple[Keys, str, str]]:
    value, bounded = target.value, target.metric in _BOUNDED and target.unit == "percent"
    if value is not None and bounded and not 0 <= value <= 100:
        yield ("value",), f"{target.metric} of {value} percent", "a number from 0 to 100"
    if target.duration is not None and target.duration.total_seconds == 0:
        yield ("duration",), f"the duration is {target.duration}", "more than nothing"
    if target.window is not None and target.window.length.total_seconds == 0:
        yield (
            ("window", "length"),
            f"the window is {target.window.length} long",
            "more than nothing",
        )
