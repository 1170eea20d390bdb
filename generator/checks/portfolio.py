"""The gate of the service portfolio: what a service needs before customers may have it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import get_args

from generator.model.catalogue import Catalogue
from generator.model.service import Service, Status
from generator.model.walk import Keys
from generator.problems import Problem, Related, quote

STATUSES: tuple[Status, ...] = get_args(Status)
"""The statuses in the order of the service lifecycle; `rejected` comes last."""

APPROVED = STATUSES[STATUSES.index("approved") : STATUSES.index("retiring")]
CHARTERED = STATUSES[STATUSES.index("chartered") : STATUSES.index("retiring")]


def offered(catalogue: Catalogue) -> Iterator[Service]:
    """The services of the catalogue section, and those that are announced to customers."""
    sections = catalogue.policy.sections
    for service in catalogue.services.values():
        if sections[service.status] == "catalogue" or catalogue.is_announced(service):
            yield service


def due_diligence(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V02: entering the catalogue needs due diligence on cost and on risk, passed and valid."""
    for service in offered(catalogue):
        for keys, message, expected in _diligence_gaps(service, today):
            where = catalogue.at("service", service.id, *keys)
            yield Problem(where, "V02", message, expected, _until_then(service))


def _until_then(service: Service) -> str:
    return (
        f'until then, keep {quote(service.id)} in the pipeline (its status is "{service.status}")'
    )


def _diligence_gaps(service: Service, today: date) -> Iterator[tuple[Keys, str, str]]:
    done = service.due_diligence
    if done is None:
        yield (), "`due_diligence` is missing", "`due_diligence` with `cost`, `risk` and `result`"
        return
    at: Keys = ("due_diligence",)
    if done.cost is None:
        yield at, "`due_diligence.cost` is missing", "who assessed the cost, and when"
    if done.risk is None:
        yield at, "`due_diligence.risk` is missing", "who assessed the risk, and when"
    if done.result != "passed":
        yield (*at, "result"), f"the result of due diligence is {quote(done.result)}", '"passed"'
    if done.valid_until is not None and done.valid_until < today:
        message = f"due diligence was valid until {done.valid_until}"
        yield (*at, "valid_until"), message, f"a day that is not before {today}"
    if service.cost is None:
        yield (), "`cost` is missing", "the cost that due diligence found"
    if not service.risks and not service.no_risks_found:
        yield (), "no risk is named", "`risks`, or `no_risks_found: true`"


def offerings(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V03: a service of the catalogue has at least one offering."""
    for service in offered(catalogue):
        if not service.offerings:
            where = catalogue.at("service", service.id, "offerings")
            yield Problem(where, "V03", "the service has no offering", "at least one offering")


_Answer = tuple[str, Callable[[Service], object], str]

_ANSWERS: tuple[_Answer, ...] = (
    ("outcomes", lambda s: s.outcomes, "what customers achieve with the service"),
    ("business_processes", lambda s: s.business_processes, "which work of customers it enables"),
    ("audiences", lambda s: s.audiences, "for whom the service is"),
    ("publish", lambda s: s.publish, "from which day on the service is published"),
    ("request", lambda s: s.request, "how one gets the service"),
    ("support.channels", lambda s: s.support.channels, "where users get help"),
    ("support.escalation", lambda s: s.support.escalation, "where users turn to next"),
    ("support.complaints", lambda s: s.support.complaints, "where users complain"),
    ("hours", lambda s: s.hours, "when the service runs and when people answer"),
    ("price", lambda s: s.price, "what it costs, `policy: free` if nothing"),
)


def complete(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V04: a published service answers what customers ask (ISO/IEC 20000-1:2018, 8.3.2)."""
    for service in offered(catalogue):
        for field, message, expected in _unanswered(service):
            where = catalogue.at("service", service.id, *field.split("."))
            yield Problem(where, "V04", message, expected)


def _unanswered(service: Service) -> Iterator[tuple[str, str, str]]:
    supporting = service.type == "supporting"
    for field, answer, question in _ANSWERS:
        if not answer(service) and (field == "hours" or not supporting):
            yield field, f"`{field}` is missing", question
    if service.request and not service.request.url and not service.request.steps:
        yield "request", "the request has neither `url` nor `steps`", "at least one of them"
    if service.customers and service.roles.brm is None:
        yield "roles", "`roles.brm` is missing", "the team that keeps the customer relationship"


def business_case(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V09: from `approved` on an approved business case, from `chartered` on also its charter."""
    for service in catalogue.services.values():
        if service.status not in APPROVED:
            continue
        if service.business_case is None:
            where = catalogue.at("service", service.id, "status")
            message = f"the status is {quote(service.status)}, and no business case is named"
            yield Problem(where, "V09", message, "`business_case` with the id of an approved case")
        elif service.business_case in catalogue.business_cases:
            yield from _case_gaps(catalogue, service, service.business_case)


def _case_gaps(catalogue: Catalogue, service: Service, id_: str) -> Iterator[Problem]:
    case = catalogue.business_cases[id_]
    faults: list[tuple[str, str, str]] = []
    if case.status != "approved":
        faults.append(("status", f"is {quote(case.status)}", "an approved business case"))
    if case.charter is None and service.status in CHARTERED:
        expected = f"a `charter` with date and budget, as the service is {quote(service.status)}"
        faults.append(("charter", "has no charter", expected))
    for key, fault, expected in faults:
        where = catalogue.at("service", service.id, "business_case")
        related = Related(catalogue.at("business-case", id_, key), "the case")
        message = f"the business case {quote(id_)} {fault}"
        yield Problem(where, "V09", message, expected, related=(related,))
