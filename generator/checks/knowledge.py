"""Processes and comparisons that say all of what they should, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, get_args

from generator.languages import BY_CODE, EN, Language, fold
from generator.model.base import Record
from generator.model.catalogue import Catalogue
from generator.model.comparison import Comparison, Row
from generator.model.process import Activity, Block, Flow, Form, Process
from generator.model.text import Text
from generator.model.walk import Keys
from generator.problems import Problem, Related, nearest, quote

BLOCKS: tuple[Block, ...] = get_args(Block)
"""The parts of a process page that make claims."""

_REQUIRED: dict[Form, dict[str, str]] = {
    "process": {
        "objectives": "what the process is to achieve",
        "inputs": "what comes into the process, and from where",
        "outputs": "what comes out of it, and for whom",
        "roles": "who works in it",
        "measures": "how one sees that it works",
        "sources": "where the facts come from",
    },
    "function": {
        "objectives": "what the function is for",
        "activities": "what its people do",
        "roles": "who works in it",
        "sources": "where the facts come from",
    },
}


def complete(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V31: a process has objectives, scope, inputs, outputs, roles, measures and sources.

    A function is a unit of people: of it are asked activities, but no inputs, outputs and measures.
    """
    for id_, process in catalogue.processes.items():
        for places in _anchors(process):
            yield from _repeated(catalogue, ("process", id_), places, "V31")
        if process.form == "function" and process.stage != "operation":
            where = catalogue.at("process", id_, "stage")
            message = f"the stage of a function is {quote(process.stage)}"
            yield Problem(where, "V31", message, "operation: the stage of all functions")
        for field, expected in _REQUIRED[process.form].items():
            if not getattr(process, field):
                where = catalogue.at("process", id_, field)
                yield Problem(where, "V31", f"`{field}` is missing", expected)
        if not process.scope.in_:
            where = catalogue.at("process", id_, "scope")
            yield Problem(
                where, "V31", "`scope.in` is missing", f"what belongs to the {process.form}"
            )


def _anchors(process: Process) -> Iterator[list[tuple[Keys, str]]]:
    """The ids that become anchors: concepts and activities share theirs, roles and measures do not."""
    shared: list[tuple[Keys, str]] = [
        (("concepts", i, "id"), concept.id) for i, concept in enumerate(process.concepts)
    ]
    yield shared + [(("activities", i, "id"), a.id) for i, a in enumerate(process.activities)]
    yield [(("roles", i, "id"), role.id) for i, role in enumerate(process.roles)]
    yield [(("measures", i, "id"), m.id) for i, m in enumerate(process.measures) if m.id]


def flows(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V31b: what one process hands over to another one, that one receives."""
    for id_ in catalogue.processes:
        yield from _one_sided(catalogue, id_, "outputs", "inputs")
        yield from _one_sided(catalogue, id_, "inputs", "outputs")


def _one_sided(catalogue: Catalogue, id_: str, side: str, opposite: str) -> Iterator[Problem]:
    flows: tuple[Flow, ...] = getattr(catalogue.processes[id_], side)
    for i, flow in enumerate(flows):
        other = catalogue.processes.get(flow.process or "")
        if other is None:
            continue
        answers = [f.what for f in getattr(other, opposite) if f.process == id_]
        if not any(_same(flow.what, what) for what in answers):
            yield _unanswered(catalogue, (id_, side, i), other.id, opposite, answers)


def _unanswered(
    catalogue: Catalogue, flow: tuple[str, str, int], other: str, opposite: str, answers: list[Text]
) -> Problem:
    id_, side, i = flow
    flows: tuple[Flow, ...] = getattr(catalogue.processes[id_], side)
    what = flows[i].what.pick(EN)
    known = [text for answer in answers if (text := answer.get(what.language)) is not None]
    return Problem(
        catalogue.at("process", id_, side, i, "what"),
        "V31b",
        f"{quote(what.text)} is not among the {opposite} of {quote(other)}",
        f"the same `what` there, with `process: {id_}`",
        nearest(what.text, known),
        (Related(catalogue.at("process", other, opposite), f"the {opposite} of {quote(other)}"),),
    )


def _same(one: Text, other: Text) -> bool:
    return any(
        (theirs := other.get(language)) is not None
        and fold(theirs, language) == fold(text, language)
        for language, text in one.items()
    )


def cells(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V32: each row says something of every side, in every language (V24 sees to the source)."""
    policy = catalogue.policy
    languages = [BY_CODE[code] for code in policy.languages if code != policy.source_language]
    for comparison in catalogue.comparisons.values():
        yield from _repeated_ids(catalogue, comparison)
        for i, table in enumerate(comparison.tables):
            for j, row in enumerate(table.rows):
                for keys, message, expected, hint in _cell_faults(comparison, row, languages):
                    row_at: Keys = ("tables", i, "rows", j)
                    where = catalogue.at("comparison", comparison.id, *row_at, *keys)
                    yield Problem(where, "V32", message, expected, hint)


def _cell_faults(
    comparison: Comparison, row: Row, languages: list[Language]
) -> Iterator[tuple[Keys, str, str, str]]:
    sides = [side.id for side in comparison.sides]
    absent = [side for side in sides if side not in row.cells]
    if absent and all(side in sides for side in row.cells):
        names = " and ".join(quote(side) for side in absent)
        message = f"the row {quote(row.id)} says nothing of {names}"
        yield ("cells",), message, "a cell for each side", ""
    for side, cell in row.cells.items():
        if side not in sides:
            message = f"{quote(side)} is not a side of the comparison"
            yield ("cells", side), message, "one of " + ", ".join(sides), nearest(side, sides)
        missing = [language.code for language in languages if cell.get(language) is None]
        if side in sides and missing:
            message = (
                f"the cell {quote(side)} of {quote(row.id)} has no text in {', '.join(missing)}"
            )
            yield ("cells", side), message, "text in each language of the policy", ""


def _repeated_ids(catalogue: Catalogue, comparison: Comparison) -> Iterator[Problem]:
    """Sides have ids of their own; tables and rows share theirs, as anchors of one page."""
    sides: list[tuple[Keys, str]] = [
        (("sides", i, "id"), side.id) for i, side in enumerate(comparison.sides)
    ]
    anchors: list[tuple[Keys, str]] = []
    for i, table in enumerate(comparison.tables):
        anchors.append((("tables", i, "id"), table.id))
        anchors += [(("tables", i, "rows", j, "id"), row.id) for j, row in enumerate(table.rows)]
    for places in (sides, anchors):
        yield from _repeated(catalogue, ("comparison", comparison.id), places, "V32")


def _repeated(
    catalogue: Catalogue, entry: tuple[str, str], places: list[tuple[Keys, str]], code: str
) -> Iterator[Problem]:
    """The ids that stand twice among some of an entry, each with the place of the first."""
    first: dict[str, Keys] = {}
    for keys, id_ in places:
        if first.setdefault(id_, keys) != keys:
            related = Related(catalogue.at(*entry, *first[id_]), "first used here")
            message = f"the id {quote(id_)} stands twice"
            where = catalogue.at(*entry, *keys)
            yield Problem(where, code, message, "an id of its own", related=(related,))


def evidence(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V33: every block of claims names its sources, or is marked as this site's explanation."""
    for id_, process in catalogue.processes.items():
        for block in BLOCKS:
            if _says_something(getattr(process, block)) and not process.evidence.get(block):
                yield _unproven(catalogue, ("process", id_), block)
    for id_, comparison in catalogue.comparisons.items():
        for part in _PARTS:
            if getattr(comparison, part) and not comparison.evidence.get(part):
                yield _unproven(catalogue, ("comparison", id_), part)
        for i, table in enumerate(comparison.tables):
            if not table.evidence:
                where = catalogue.at("comparison", id_, "tables", i, "id")
                message = f"the table {quote(table.id)} names no evidence"
                yield Problem(where, "V33", message, _EVIDENCE)


_PARTS: tuple[Literal["similarities", "differences", "when_to_use", "example"], ...] = (
    "similarities",
    "differences",
    "when_to_use",
    "example",
)
_EVIDENCE = "`evidence` with a list of source ids, or `own`"


def _says_something(block: object) -> bool:
    """Whether a block holds anything: `scope` and `also_known_as` are records of optional parts."""
    if isinstance(block, Text):
        return True
    parts = vars(block).values() if isinstance(block, Record) else (block,)
    return any(parts)


def _unproven(catalogue: Catalogue, entry: tuple[str, str], block: str) -> Problem:
    kind, id_ = entry
    where = catalogue.at(kind, id_, block)
    expected = f"`{block}` under `evidence`: a list of source ids, or `own`"
    return Problem(where, "V33", f"`{block}` has no evidence", expected)


def raci(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V34: a RACI row has one accountable and a responsible role, all of them of the process."""
    for id_, process in catalogue.processes.items():
        for i, activity in enumerate(process.activities):
            if activity.raci:
                for key, message, expected, hint in _raci_faults(process, activity):
                    where = catalogue.at("process", id_, "activities", i, "raci", *key)
                    yield Problem(where, "V34", message, expected, hint)


def _raci_faults(process: Process, activity: Activity) -> Iterator[tuple[Keys, str, str, str]]:
    accountable = [role for role, letters in activity.raci.items() if "A" in letters]
    if len(accountable) != 1:
        shown = ", ".join(quote(role) for role in accountable) or "no role"
        message = f"accountable for {quote(activity.id)}: {shown}"
        yield (), message, "exactly one role with A", ""
    if not any("R" in letters for letters in activity.raci.values()):
        message = f"nobody is responsible for {quote(activity.id)}"
        hint = f"if {quote(accountable[0])} does the work too, write A/R" if accountable else ""
        yield (), message, "at least one role with R", hint
    roles = [role.id for role in process.roles]
    for role in activity.raci:
        if role not in roles:
            message = f"{quote(role)} is not a role of the process"
            yield (role,), message, "one of " + ", ".join(roles), nearest(role, roles)
