"""Problems in four forms: text for people, JSON, GitHub annotations, SARIF."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from generator import __version__
from generator.problems import Location, Problem, count


def as_text(problems: Sequence[Problem]) -> str:
    """One block a problem, with a closing count."""
    return "\n".join([*(_block(problem) for problem in problems), summary(problems)])


def line(problem: Problem) -> str:
    """A problem on one line."""
    about = problem.about
    return f"{problem.where}: {about.severity} {about.code} {about.name}: {problem.message}"


def _block(problem: Problem) -> str:
    lines = [line(problem)]
    if problem.expected:
        lines.append(f"  expected: {problem.expected}")
    if problem.hint:
        lines.append(f"  hint: {problem.hint}")
    lines += (f"  {related.where}: {related.message}" for related in problem.related)
    return "\n".join(lines)


def summary(problems: Sequence[Problem]) -> str:
    """How many errors and warnings, in words."""
    errors, warnings = count(problems)
    if not problems:
        return "no problems"
    return f"{_number(errors, 'error')}, {_number(warnings, 'warning')}"


def _number(value: int, noun: str) -> str:
    return f"{value} {noun}{'' if value == 1 else 's'}"


def as_json(problems: Sequence[Problem]) -> str:
    """A JSON array, one object a problem."""
    return json.dumps([_object(p) for p in problems], ensure_ascii=False, indent=2)


def _object(problem: Problem) -> dict[str, Any]:
    return {
        **_place(problem.where),
        "severity": problem.severity,
        "code": problem.code,
        "name": problem.about.name,
        "message": problem.message,
        "expected": problem.expected,
        "hint": problem.hint,
        "related": [{**_place(r.where), "message": r.message} for r in problem.related],
    }


def _place(where: Location) -> dict[str, Any]:
    return {"file": where.file, "line": where.line, "column": where.column}


def as_github(problems: Iterable[Problem]) -> str:
    """Workflow commands that GitHub shows as annotations of the changed lines."""
    return "\n".join(_annotation(problem) for problem in problems)


def _annotation(p: Problem) -> str:
    title = _escaped(f"{p.code} {p.about.name}", ":,")
    text = _escaped(
        ". ".join(filter(None, (p.message, p.expected and f"Expected: {p.expected}", p.hint)))
    )
    place = f"file={_escaped(p.where.file, ':,')},line={p.where.line},col={p.where.column}"
    return f"::{p.severity} {place},title={title}::{text}"


def _escaped(text: str, more: str = "") -> str:
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def as_sarif(problems: Sequence[Problem]) -> str:
    """SARIF 2.1.0, for code-scanning tools."""
    used = {problem.code: problem.about for problem in problems}
    rules = [
        {
            "id": code.code,
            "name": code.name,
            "shortDescription": {"text": code.name.replace("-", " ")},
            "fullDescription": {"text": code.why},
            "help": {"text": code.do},
            "defaultConfiguration": {"level": code.severity},
        }
        for code in used.values()
    ]
    driver = {"name": "fihrist", "version": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(p) for p in problems],
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(log, ensure_ascii=False, indent=2)


def _result(p: Problem) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": p.code,
        "level": p.severity,
        "message": {"text": ". ".join(filter(None, (p.message, p.hint)))},
        "locations": [_physical(p.where)],
    }
    if p.related:
        result["relatedLocations"] = [
            {**_physical(r.where), "message": {"text": r.message}} for r in p.related
        ]
    return result


def _physical(where: Location) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": where.file},
            "region": {"startLine": where.line, "startColumn": where.column},
        }
    }


FORMS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
"""The forms by the name that `check --format` takes."""
