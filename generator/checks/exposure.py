"""What customers read leads only to what customers may see (V01, V13, V23)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.checks.written import Written
from generator.model import KINDS
from generator.model.base import Entry, ForCustomers, referred_kind
from generator.model.catalogue import Catalogue
from generator.model.service import Service
from generator.model.walk import Keys
from generator.problems import Problem, Related, quote


def _public_fields(model: type[Entry]) -> dict[str, str | None]:
    """The fields of an entry that customers may see, and the kind whose ids they hold."""
    return {
        name: referred_kind(info)
        for name, info in model.model_fields.items()
        if any(isinstance(mark, ForCustomers) for mark in info.metadata)
    }


STAFF_KINDS = frozenset(
    kind for kind, model in KINDS.items() if set(_public_fields(model)) == {"id"}
)
"""Kinds of entries of which customers see nothing."""

_LEADING = tuple(name for name, kind in _public_fields(Service).items() if kind == "service")
"""Fields of a service whose ids become links. (Links of `depends_on` are left out where hidden.)"""


def hidden(catalogue: Catalogue, kind: str, id_: str) -> tuple[str, str] | None:
    """The code and the reason for which customers may not be led to an entry, if there is one."""
    if kind in STAFF_KINDS:
        return "V23", f"is a record for staff: {kind}"
    service = catalogue.services.get(id_) if kind == "service" else None
    if service is None:
        return None
    if catalogue.section(service) == "pipeline" and not catalogue.is_announced(service):
        return "V01", f"is still in the pipeline ({quote(service.status)})"
    if catalogue.never_offered(service):
        return "V01", f"never left the pipeline for the catalogue ({quote(service.status)})"
    if service.type == "supporting":
        return "V13", "is a supporting service"
    return None


def read_by_customers(catalogue: Catalogue, kind: str, entry: Entry) -> bool:
    """Whether customers may see anything of an entry."""
    return hidden(catalogue, kind, entry.id) is None


_EXPECTED = {
    "V01": "a service that customers can have",
    "V13": "a customer-facing service, or the thing in words",
    "V23": "the thing in words",
}


def fields(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V01, V13: no field that becomes a link leads customers to a hidden service."""
    for kind, id_, keys, target in _leading(catalogue):
        reason = hidden(catalogue, *target)
        if reason is not None and catalogue.knows(*target):
            yield _exposed(catalogue, (kind, id_, keys), target, reason)


_Leading = tuple[str, str, Keys, tuple[str, str]]
"""Kind, id and path of a field, and the kind and id it leads to."""


def _leading(catalogue: Catalogue) -> Iterator[_Leading]:
    for id_, service in catalogue.services.items():
        leading = [(name, ids) for name in _LEADING if (ids := getattr(service, name))]
        if leading and read_by_customers(catalogue, "service", service):
            for name, ids in leading:
                for i, target in enumerate(ids):
                    yield "service", id_, (name, i), ("service", target)
    for id_, stone in catalogue.tombstones.items():
        if stone.redirect_to is not None:
            yield "tombstone", id_, ("redirect_to",), (stone.of, stone.redirect_to)
    if catalogue.entries.get("organisation"):
        organisation = catalogue.organisation
        for i, task in enumerate(organisation.tasks):
            kind, _, target = task.to.partition("/")
            yield "organisation", organisation.id, ("tasks", i, "to"), (kind, target)


def _exposed(
    catalogue: Catalogue,
    field: tuple[str, str, Keys],
    target: tuple[str, str],
    reason: tuple[str, str],
) -> Problem:
    kind, id_, keys = field
    code, why = reason
    message = f"customers are led to {quote(target[1])}, which {why}"
    where = catalogue.at(kind, id_, *keys)
    return Problem(where, code, message, _EXPECTED[code], "", _why_hidden(catalogue, *target))


def _why_hidden(catalogue: Catalogue, kind: str, id_: str) -> tuple[Related, ...]:
    service = catalogue.services.get(id_) if kind == "service" else None
    if service is None:
        return ()
    field = "type" if service.type == "supporting" else "status"
    return (Related(catalogue.at(kind, id_, field), f"its {field} is {getattr(service, field)}"),)


def links(written: Written) -> Iterator[Problem]:
    """V01, V13, V23: no link in a text that customers read leads to what they may not see."""
    catalogue = written.catalogue
    for language, offset, address in written.links:
        target = entry_address(address)
        if target is None or not catalogue.knows(*target):
            continue
        reason = hidden(catalogue, *target)
        if reason is not None and (reason[0] == "V23" or is_read(written)):
            passage = written.passage(language, offset)
            if passage.public:
                code, why = reason
                message = f"a text for customers links to {quote(target[1])}, which {why}"
                hint = "write its name without a link"
                related = _why_hidden(catalogue, *target)
                where = written.where(passage, address)
                yield Problem(where, code, message, _EXPECTED[code], hint, related)


def is_read(written: Written) -> bool:
    """Whether customers may read some of these texts."""
    return read_by_customers(written.catalogue, written.kind, written.entry)


def entry_address(address: str) -> tuple[str, str] | None:
    """The kind and the id in `catalogue:KIND/ID`, with or without an anchor."""
    if not address.startswith("catalogue:"):
        return None
    kind, _, id_ = address[len("catalogue:") :].partition("#")[0].partition("/")
    return kind, id_
