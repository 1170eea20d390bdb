"""What must hold in a catalogue, between its entries and in its texts.

A check is a function from a catalogue and a day to problems. `CHECKS` is the list of those that look
at the whole catalogue, beside the rules of `texts` that look at one entry at a time; the rule
that each one keeps is the code in the first line of its docstring (`codes.py` says why).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import chain

from generator.checks import (
    dependencies,
    exposure,
    hours,
    knowledge,
    levels,
    lifecycle,
    money,
    portfolio,
    promises,
    questions,
    references,
    terms,
    texts,
    tombstones,
)
from generator.model.base import Entry
from generator.model.catalogue import Catalogue
from generator.parallel import each
from generator.problems import Findings, Problem

Check = Callable[[Catalogue, date], Iterator[Problem]]
"""Yields what is wrong in a catalogue on a day."""

CHECKS_WITHOUT_POLICY: tuple[Check, ...] = (
    portfolio.business_case,
    lifecycle.withdrawal,
    lifecycle.late_customers,
    lifecycle.history,
    lifecycle.publish_window,
    dependencies.itself,
    dependencies.circles,
    dependencies.repeated,
    levels.levels,
    levels.targets,
    hours.calendars,
    money.prices,
    money.dated_costs,
    money.below_cost,
    references.ids_inside,
    references.tasks,
    terms.labels,
    terms.collisions,
    knowledge.complete,
    knowledge.flows,
    knowledge.evidence,
    knowledge.raci,
    questions.answers,
    questions.places,
    tombstones.tombstones,
)
"""Checks that make sense in a catalogue whose policy is missing or has problems itself."""

CHECKS: tuple[Check, ...] = (
    *CHECKS_WITHOUT_POLICY,
    portfolio.due_diligence,
    portfolio.offerings,
    portfolio.complete,
    lifecycle.overdue,
    dependencies.named,
    dependencies.available,
    dependencies.unused,
    dependencies.duplicates,
    promises.promises,
    exposure.fields,
    knowledge.cells,
)


SLICE = 500
"""Entries whose texts one process checks before it takes the next ones."""


def check(catalogue: Catalogue, today: date, jobs: int = 1) -> Findings:
    """Run every check, over processes where there is much to check.

    Without a sound policy, those run that do not need one.
    """
    checks = CHECKS if catalogue.entries.get("policy") else CHECKS_WITHOUT_POLICY
    entries = list(catalogue.all())
    slices = [partial(texts.written, catalogue, some) for some in _slices(entries)]
    runs = [*slices, *(partial(one, catalogue, today) for one in checks)]
    jobs = jobs if len(entries) > SLICE else 1
    found = list(each(lambda number: tuple(runs[number]()), range(len(runs)), jobs, 1))
    return Findings(
        tuple(chain.from_iterable(found[: len(slices)])),
        tuple(chain.from_iterable(found[len(slices) :])),
    )


def _slices(entries: Sequence[tuple[str, Entry]]) -> Iterator[Sequence[tuple[str, Entry]]]:
    return (entries[start : start + SLICE] for start in range(0, len(entries), SLICE))
