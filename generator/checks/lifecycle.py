"""A service on its way through the portfolio: its history, its dates, its withdrawal."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from generator.checks.portfolio import STATUSES, offered
from generator.model.base import Duration
from generator.model.catalogue import Catalogue
from generator.model.service import Service, Status, StatusChange
from generator.model.walk import Keys
from generator.problems import Location, Problem, Related, quote

_STEPS = {*pairwise(STATUSES[:-1]), ("design", "build"), ("development", "test")}
_WITH_NOTE = ("rejected", "retiring")
_BACK = ("retired", "rejected")


def _after(day: date, duration: Duration) -> date:
    """The day that lies a duration later; months and years are those of the calendar."""
    months = day.month - 1 + duration.months + 12 * duration.years
    first = date(day.year + months // 12, months % 12 + 1, 1)
    rest = timedelta(
        duration.days + 7 * duration.weeks, duration.seconds, 0, 0, duration.minutes, duration.hours
    )
    return min(first + timedelta(day.day - 1), _month_end(first)) + rest


def _month_end(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def withdrawal(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V05: whoever uses a service that goes away learns when, what replaces it, and how to move."""
    for service in catalogue.services.values():
        if service.status in ("retiring", "retired"):
            for message, expected in _withdrawal_gaps(service):
                where = catalogue.at("service", service.id, "status")
                yield Problem(where, "V05", message, expected)
            yield from _ends_before_closing(catalogue, service)


def _withdrawal_gaps(service: Service) -> Iterator[tuple[str, str]]:
    what = f"the service is {quote(service.status)}, but"
    if service.closed_to_new_on is None:
        yield (
            f"{what} `closed_to_new_on` is missing",
            "the day from which it takes no new customers",
        )
    if service.ends_on is None and service.status == "retiring":
        yield f"{what} `ends_on` is missing", "the last day of the service"
    if not service.replaced_by and service.no_replacement_reason is None:
        yield f"{what} nothing says what replaces it", "`replaced_by` or `no_replacement_reason`"
    if service.migration is None:
        yield f"{what} `migration` is missing", "how users move away"


def _ends_before_closing(catalogue: Catalogue, service: Service) -> Iterator[Problem]:
    closed, ends = service.closed_to_new_on, service.ends_on
    if closed is not None and ends is not None and ends < closed:
        related = Related(catalogue.at("service", service.id, "closed_to_new_on"), "closed here")
        where = catalogue.at("service", service.id, "ends_on")
        message = f"the service ends on {ends}, before it closes to new customers"
        yield Problem(where, "V05", message, f"a day that is not before {closed}", "", (related,))


def late_customers(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V06: no customer after the closing day without an approved special business case."""
    for service in catalogue.services.values():
        if service.closed_to_new_on is None or _has_special_case(catalogue, service):
            continue
        for i, one in enumerate(service.customers):
            if one.since > service.closed_to_new_on:
                yield _late(catalogue, service, i)


def _has_special_case(catalogue: Catalogue, service: Service) -> bool:
    id_ = service.special_business_case
    if id_ is None:
        return False
    case = catalogue.business_cases.get(id_)
    return case is None or case.status == "approved"


def _late(catalogue: Catalogue, service: Service, i: int) -> Problem:
    one = service.customers[i]
    id_ = service.special_business_case
    return Problem(
        catalogue.at("service", service.id, "customers", i, "since"),
        "V06",
        f"the customer {quote(one.customer)} takes the service since {one.since}",
        f"a day up to {service.closed_to_new_on}, or an approved `special_business_case`",
        f"the case {quote(id_)} is {quote(catalogue.business_cases[id_].status)}" if id_ else "",
        (Related(catalogue.at("service", service.id, "closed_to_new_on"), "closed since then"),),
    )


def history(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V08: the history ends in the status, its dates do not go back, its steps are allowed."""
    for service in catalogue.services.values():
        last = service.status_history[-1]
        if last.status != service.status:
            where = catalogue.at("service", service.id, "status")
            end = ("status_history", len(service.status_history) - 1)
            yield Problem(
                where, "V08", f"the status is {quote(service.status)}",
                f"{quote(last.status)}, the last step of `status_history`, or a further step",
                related=(Related(catalogue.at("service", service.id, *end), "the last step"),),
            )  # fmt: skip
        for i, (before, after) in enumerate(pairwise(service.status_history), 1):
            for key, message, expected, hint in _step_faults(before, after):
                where = catalogue.at("service", service.id, "status_history", i, key)
                yield Problem(where, "V08", message, expected, hint)


def _step_faults(before: StatusChange, after: StatusChange) -> Iterator[tuple[str, str, str, str]]:
    if after.on < before.on:
        expected = f"a day that is not before {before.on}"
        yield "on", f"the step to {quote(after.status)} is dated {after.on}", expected, ""
    step = (before.status, after.status)
    if step in _STEPS:
        return
    names = f"from {quote(before.status)} to {quote(after.status)}"
    if _needs_note(*step):
        if after.note is None:
            yield "status", f"the step {names} has no note", "a `note` that says why", ""
    else:
        yield "status", f"the step {names} is not one of the lifecycle", _ways(before.status), (
            _missing_steps(*step)
        )  # fmt: skip


def _needs_note(before: Status, after: Status) -> bool:
    return before != after and (
        after in _WITH_NOTE or (before in _BACK and after == "requirements")
    )


def _ways(status: Status) -> str:
    ways = [quote(after) for after in STATUSES if (status, after) in _STEPS]
    noted = [quote(after) for after in STATUSES
             if _needs_note(status, after) and quote(after) not in ways]  # fmt: skip
    return ", or ".join(filter(None, (" or ".join(ways), f"with a note {' or '.join(noted)}")))


def _missing_steps(before: Status, after: Status) -> str:
    between = STATUSES[STATUSES.index(before) + 1 : STATUSES.index(after)]
    if not between or after == "rejected":
        return ""
    return "add what lies between: " + ", ".join(between)


def overdue(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V10: reviews whose day has passed, ideas that lie still, due diligence about to expire."""
    for service in catalogue.services.values():
        if service.status not in _BACK:
            for keys, message, expected in _overdue(catalogue, service, today):
                yield Problem(catalogue.at("service", service.id, *keys), "V10", message, expected)
    for id_, agreement in catalogue.agreements.items():
        if agreement.review_on < today and (agreement.ends_on is None or agreement.ends_on > today):
            yield _review_passed(catalogue.at("agreement", id_, "review_on"), agreement.review_on)
    yield from _due_diligence_expiring(catalogue, today)


def _review_passed(where: Location, day: date) -> Problem:
    return Problem(where, "V10", f"the review of {day} is due", "a day in the future")


def _overdue(
    catalogue: Catalogue, service: Service, today: date
) -> Iterator[tuple[Keys, str, str]]:
    policy, review = catalogue.policy, service.review
    future = "a day in the future"
    if review.next < today:
        yield ("review", "next"), f"the review of {review.next} is due", future
    if review.next > _after(review.last, policy.review_interval):
        message = f"the next review, {review.next}, is more than {policy.review_interval} away"
        yield (
            ("review", "next"),
            message,
            f"a day up to {_after(review.last, policy.review_interval)}",
        )
    for i, risk in enumerate(service.risks):
        if risk.review_on < today:
            yield ("risks", i, "review_on"), f"the review of {risk.review_on} is due", future
    moved = service.status_history[-1].on
    if (
        catalogue.section(service) == "pipeline"
        and _after(moved, policy.pipeline_unchanged) < today
    ):
        message = f"the status is {quote(service.status)} since {moved}"
        yield ("status",), message, f"a step within {policy.pipeline_unchanged}, or `rejected`"


def _due_diligence_expiring(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    limit = _after(today, catalogue.policy.due_diligence_notice)
    for service in offered(catalogue):
        until = service.due_diligence.valid_until if service.due_diligence else None
        if until is not None and today <= until <= limit:
            where = catalogue.at("service", service.id, "due_diligence", "valid_until")
            message = f"due diligence is valid until {until} only"
            yield Problem(
                where, "V10", message, f"a day after {limit}", "assess cost and risk again"
            )


def publish_window(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V11: a window begins before it ends; V11b: a service in use lies inside its window."""
    for id_, service in catalogue.services.items():
        window = service.publish
        if window is None:
            continue
        if window.until is not None and window.until < window.from_:
            where = catalogue.at("service", id_, "publish", "until")
            related = Related(catalogue.at("service", id_, "publish", "from"), "begins here")
            message = f"the window ends on {window.until}"
            expected = f"a day that is not before {window.from_}"
            yield Problem(where, "V11", message, expected, related=(related,))
        elif service.status == "operational" and service.type == "customer-facing":
            yield from _unlisted(catalogue, service, today)


def _unlisted(catalogue: Catalogue, service: Service, today: date) -> Iterator[Problem]:
    window = service.publish
    assert window is not None
    if today < window.from_:
        where = catalogue.at("service", service.id, "publish", "from")
        message = f"the service is operational, but published only from {window.from_}"
        yield Problem(where, "V11b", message, f"a day up to {today}")
    elif window.until is not None and window.until < today:
        where = catalogue.at("service", service.id, "publish", "until")
        message = f"the service is operational, but published only until {window.until}"
        yield Problem(where, "V11b", message, f"a day from {today} on, or no `until`")
