"""Ids and links that lead somewhere (V14, C01)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import get_args

from generator.checks.exposure import STAFF_KINDS, entry_address
from generator.checks.written import Written
from generator.languages import Language
from generator.model import KINDS
from generator.model.catalogue import Catalogue
from generator.model.tombstone import Tombstone
from generator.model.walk import Keys, ids, located_ids
from generator.problems import Problem, nearest, quote

PAGED: tuple[str, ...] = get_args(Tombstone.model_fields["of"].annotation)
"""Kinds whose entries have a page each."""


def ids_of_entries(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V14: every id that is named is the id of an entry, sound or not."""
    sources = catalogue.sources
    for kind, entry in catalogue.all():
        unknown = {named for named in ids(entry) if named not in sources}
        if unknown:
            for keys, named in located_ids(entry):
                if (named.kind, named.id) in unknown:
                    yield _unknown(catalogue, (kind, entry.id, keys), named.kind, named.id)


def _unknown(catalogue: Catalogue, field: tuple[str, str, Keys], kind: str, id_: str) -> Problem:
    at_kind, at_id, keys = field
    message = f"there is no {kind} {quote(id_)}"
    hint = _moved(catalogue, kind, id_) or nearest(id_, _ids(catalogue, kind))
    return Problem(catalogue.at(at_kind, at_id, *keys), "V14", message, f"the id of a {kind}", hint)


def _ids(catalogue: Catalogue, kind: str) -> list[str]:
    return [id_ for known, id_ in catalogue.sources if known == kind]


def _moved(catalogue: Catalogue, kind: str, id_: str) -> str:
    """A hint for an id that a tombstone keeps."""
    stone = catalogue.tombstones.get(id_)
    if stone is None or stone.of != kind or stone.redirect_to is None:
        return ""
    return f"it is now {quote(stone.redirect_to)}"


def ids_inside(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V14: a subscription names an offering of its service, a choice a side of its comparison."""
    for id_, service in catalogue.services.items():
        offerings = [offering.id for offering in service.offerings]
        for i, one in enumerate(service.customers):
            if offerings and one.offering not in offerings:
                where = catalogue.at("service", id_, "customers", i, "offering")
                message = f"the service has no offering {quote(one.offering)}"
                yield Problem(
                    where, "V14", message, _one_of(offerings), nearest(one.offering, offerings)
                )
    for id_, comparison in catalogue.comparisons.items():
        sides = [side.id for side in comparison.sides]
        for i, choice in enumerate(comparison.when_to_use):
            if choice.side not in sides:
                where = catalogue.at("comparison", id_, "when_to_use", i, "side")
                message = f"the comparison has no side {quote(choice.side)}"
                yield Problem(where, "V14", message, _one_of(sides), nearest(choice.side, sides))


def _one_of(names: list[str]) -> str:
    return "one of " + ", ".join(names)


def tasks(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """C01: the tasks of the home page lead to entries that have a page."""
    if not catalogue.entries.get("organisation"):
        return
    organisation = catalogue.organisation
    for i, task in enumerate(organisation.tasks):
        kind, _, target = task.to.partition("/")
        fault = _fault(catalogue, kind, target) if kind in KINDS else None
        if fault is not None and not _for_staff(catalogue, kind, target):
            where = catalogue.at("organisation", organisation.id, "tasks", i, "to")
            message, hint = fault
            yield Problem(where, "C01", message, "`KIND/ID`, or the path of a guide", hint)


def _for_staff(catalogue: Catalogue, kind: str, id_: str) -> bool:
    """Whether it is a staff record, of which V23 tells in a place that customers see."""
    return kind in STAFF_KINDS and catalogue.knows(kind, id_)


def links(written: Written) -> Iterator[Problem]:
    """C01: links in texts lead to entries that have a page, or to a web address."""
    for language, offset, address in written.links:
        target = entry_address(address)
        if target is not None:
            fault = _fault(written.catalogue, *target)
        elif address.startswith(_ELSEWHERE):
            fault = None
        else:
            fault = f"the link leads to {quote(address)}", ""
        if fault is not None:
            yield from _broken(written, (language, offset, address), target, fault)


_ELSEWHERE = ("https://", "http://", "mailto:", "#")
"""How addresses begin that texts may link to besides `catalogue:`."""


def _broken(
    written: Written,
    link: tuple[Language, int, str],
    target: tuple[str, str] | None,
    fault: tuple[str, str],
) -> Iterator[Problem]:
    language, offset, address = link
    passage = written.passage(language, offset)
    if target is None or not (passage.public and _for_staff(written.catalogue, *target)):
        message, hint = fault
        expected = "`catalogue:KIND/ID`" + ("" if target else " or an https address")
        yield Problem(written.where(passage, address), "C01", message, expected, hint)


def _fault(catalogue: Catalogue, kind: str, id_: str) -> tuple[str, str] | None:
    """What is wrong with a link to an entry, and a hint."""
    if not catalogue.knows(kind, id_):
        address = f"{kind}/{id_}"
        known = [f"{kind}/{id_}" for kind, id_ in catalogue.sources if kind in PAGED]
        hint = _moved(catalogue, kind, id_) or nearest(address, known)
        return f"the link leads to {quote(address)}, which does not exist", hint
    if kind not in PAGED:
        return f"the link leads to {quote(f'{kind}/{id_}')}, which has no page", "write its name"
    return None
