"""Ids that are never used again (V36)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.model.catalogue import Catalogue
from generator.model.tombstone import Tombstone
from generator.problems import Problem, Related, nearest, quote


def tombstones(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V36: a tombstone's id is free, and it leads to an entry that exists."""
    for stone in catalogue.tombstones.values():
        yield from _used_again(catalogue, stone)
        if stone.redirect_to is not None and not catalogue.knows(stone.of, stone.redirect_to):
            yield _leads_nowhere(catalogue, stone, stone.redirect_to)


def _used_again(catalogue: Catalogue, stone: Tombstone) -> Iterator[Problem]:
    if catalogue.knows(stone.of, stone.id):
        where = catalogue.at(stone.of, stone.id, "id")
        related = Related(catalogue.at("tombstone", stone.id, "id"), "its tombstone")
        message = f"the id {quote(stone.id)} belonged to an earlier {stone.of}"
        yield Problem(where, "V36", message, "an id that was never used", related=(related,))


def _leads_nowhere(catalogue: Catalogue, stone: Tombstone, target: str) -> Problem:
    where = catalogue.at("tombstone", stone.id, "redirect_to")
    message = f"there is no {stone.of} {quote(target)}"
    further = catalogue.tombstones.get(target)
    if further is not None and further.of == stone.of:
        message = f"{quote(target)} is itself a tombstone"
        hint = f"lead to {quote(further.redirect_to)}" if further.redirect_to else "leave it out"
    else:
        hint = nearest(target, catalogue.entries.get(stone.of, {}))
    return Problem(where, "V36", message, f"the id of a {stone.of} that exists", hint)
