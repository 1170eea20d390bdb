"""Offerings: prices and targets in words."""

from __future__ import annotations

from dataclasses import dataclass

from generator.languages import Phrase
from generator.model.money import Price
from generator.model.offering import Level, Offering, Target, Window
from generator.pages.page import Link, Sentence, Value
from generator.pages.reader import Reader

Said = Phrase | Sentence | Value | str
"""Anything that can be said in one line."""


@dataclass(frozen=True, slots=True)
class TargetView:
    """One row of the levels table."""

    metric: Phrase | str
    applies: str
    target: Said
    window: Said
    basis: Phrase | None
    limits: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class OfferingView:
    """An offering with its price and targets."""

    id: str
    name: Phrase
    summary: Phrase | None
    audience: Link | Phrase
    price: Said
    price_note: Phrase | None
    best_effort: bool
    targets: tuple[TargetView, ...]


def price_line(r: Reader, price: Price) -> Said:
    """A price in one line; free is written."""
    if price.policy == "free":
        return r.t("price.free")
    if price.policy == "notional" and price.amount is None:
        return r.t("price.notional")
    if price.amount is None or price.currency is None:
        return r.t("price.quote")
    parts = {"amount": r.money(price.amount, price.currency)}
    key = "price.amount"
    if price.per is not None:
        key += "_unit"
    if price.period is not None:
        key += "_period"
    values = {"unit": r.pick(price.per)} if price.per is not None else {}
    period = {"period": _period(r, price)} if price.period is not None else {}
    return r.say(key, **parts, **values, **period)


def _period(r: Reader, price: Price) -> Said:
    known = {"P1M": "month", "P1Y": "year", "P1D": "day", "P1W": "week", "PT1H": "hour"}
    name = known.get(str(price.period))
    if name:
        return r.t(f"price.period.{name}")
    assert price.period is not None
    return r.say("price.period.other", time=r.duration(price.period))


def offering(r: Reader, o: Offering, url: str) -> OfferingView:
    """An offering with its price and targets."""
    return OfferingView(
        id=o.id,
        name=r.pick(o.name),
        summary=r.maybe(o.summary),
        audience=_audience(r, o.audience, url),
        price=price_line(r, o.price),
        price_note=r.maybe(o.price.text),
        best_effort=o.level.best_effort,
        targets=targets(r, o.level),
    )


def _audience(r: Reader, id_: str, url: str) -> Link | Phrase:
    """Whom it is for; only staff see offerings for an audience that customers do not know."""
    if r.edition.portfolio is None or r.edition.has_page("audience", id_):
        return r.link("audience", id_, url)
    return r.pick(r.edition.portfolio.audiences[id_].name)


def targets(r: Reader, level: Level) -> tuple[TargetView, ...]:
    """The targets of a level as table rows."""
    return tuple(target_view(r, target) for target in level.targets)


def target_view(r: Reader, t: Target) -> TargetView:
    """One target in words."""
    limits: list[Said] = []
    if t.workload_limit:
        limits.append(
            r.say(
                "target.workload",
                value=r.number(t.workload_limit.value),
                unit=r.pick(t.workload_limit.unit),
            )
        )
    if t.exclusions:
        limits.append(r.say("target.exclusions", what=r.pick(t.exclusions)))
    return TargetView(
        metric=r.pick(t.name) if t.name else r.t(f"metric.{t.metric}"),
        applies=_applies(r, t),
        target=_target(r, t),
        window=_window(r, t.window) if t.window else "",
        basis=r.calendar(t.basis) if t.basis else None,
        limits=tuple(limits),
    )


_CALENDAR = {
    "P1D": "day", "P1W": "week", "P7D": "week", "P1M": "month", "P3M": "quarter", "P6M": "half", "P1Y": "year",
    "P12M": "year",
}  # fmt: skip
"""The periods of the calendar that have a name of their own."""


def _window(r: Reader, window: Window) -> Said:
    """The time over which a target is measured."""
    if window.kind == "rolling":
        return r.say("window.rolling", time=r.duration(window.length))
    name = _CALENDAR.get(str(window.length))
    if name:
        return r.t(f"window.calendar.{name}")
    return r.say("window.calendar.other", time=r.duration(window.length))


def _applies(r: Reader, t: Target) -> str:
    if t.priority and t.request_type:
        return r.t(f"target.{t.request_type}_priority", priority=t.priority)
    if t.priority:
        return r.t("target.priority", priority=t.priority)
    return r.t(f"target.{t.request_type}") if t.request_type else ""


def _target(r: Reader, t: Target) -> Said:
    if t.duration is not None:
        return r.say(f"target.{t.op}.duration", time=r.duration(t.duration))
    if t.value is None:
        return r.t("target.best_effort")
    if t.unit == "percent":
        return r.say(f"target.{t.op}", value=Value(r.format.percent(t.value)))
    if t.of is not None:
        return r.say(f"target.{t.op}.of", value=r.number(t.value), what=r.pick(t.of))
    if t.unit == "score":
        return r.say(f"target.{t.op}.score", value=r.number(t.value))
    return r.say(f"target.{t.op}", value=r.number(t.value))
