"""Ids and links that lead somewhere (V14, C01)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import get_args

from generator.checks.exposure import STAFF_KINDS, entry_address
from generator.checks.written import Written
from generator.model import KINDS
from generator.model.catalogue import Catalogue
from generator.model.tombstone import Tombstone
from generator.model.walk import Reference, located_ids
from generator.problems import Location, Problem, nearest, quote

PAGED: tuple[str, ...] = get_args(Tombstone.model_fields["of"].annotation)
"""Kinds whose entries have a page each."""


class Ids:
    """V14: every id that is named is the id of an entry, sound or not."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._hints: dict[tuple[str, str], str] = {}

    def unknown(self, written: Written) -> Iterator[Problem]:
        """The ids in the fields of an entry that lead nowhere."""
        sources = self._catalogue.sources
        unknown = {named for named in written.ids if named not in sources}
        if unknown:
            for keys, reference in located_ids(written.entry):
                if (reference.kind, reference.id) in unknown:
                    where = self._catalogue.at(written.kind, written.entry.id, *keys)
                    yield _unknown(where, reference, self._hint(reference))

    def _hint(self, to: Reference) -> str:
        key = (to.kind, to.id)
        if key not in self._hints:
            known = _ids(self._catalogue, to.kind)
            self._hints[key] = _moved(self._catalogue, *key) or nearest(to.id, known)
        return self._hints[key]


def _unknown(where: Location, to: Reference, hint: str) -> Problem:
    message = f"there is no {to.kind} {quote(to.id)}"
    return Problem(where, "V14", message, f"the id of a {to.kind}", hint)


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


class Links:
    """C01: links in texts lead to entries that have a page, or to a web address."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._faults: dict[str, tuple[str, str] | None] = {}

    def broken(self, written: Written) -> Iterator[Problem]:
        """The links of an entry that lead nowhere."""
        for language, offset, address in written.links:
            if address not in self._faults:
                self._faults[address] = self._fault(address)
            fault = self._faults[address]
            if fault is not None:
                passage = written.passage(language, offset)
                target = entry_address(address)
                if target is None or not (passage.public and _for_staff(self._catalogue, *target)):
                    where = written.where(passage, address)
                    yield Problem(where, "C01", fault[0], "`catalogue:KIND/ID`", fault[1])

    def _fault(self, address: str) -> tuple[str, str] | None:
        target = entry_address(address)
        if target is not None:
            return _fault(self._catalogue, *target)
        if address.startswith(_ELSEWHERE):
            return None
        return f"the link leads to {quote(address)}", "links elsewhere begin with https://"


_ELSEWHERE = ("https://", "http://", "mailto:", "#")
"""How addresses begin that texts may link to besides `catalogue:`."""


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
