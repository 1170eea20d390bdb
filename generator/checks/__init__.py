"""What must hold in a catalogue, between its entries and in its texts.

A check is a function from a catalogue and a day to problems. `CHECKS` is the whole list; the rule
that each one keeps is the code in the first line of its docstring (`codes.py` says why).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

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
from generator.model.catalogue import Catalogue
from generator.problems import Problem, arrange

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
    texts.written,
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
    texts.translations,
    knowledge.cells,
)


def check(catalogue: Catalogue, today: date) -> tuple[Problem, ...]:
    """Run every check; without a sound policy, those that do not need one."""
    checks = CHECKS if catalogue.entries.get("policy") else CHECKS_WITHOUT_POLICY
    return arrange(problem for one in checks for problem in one(catalogue, today))
