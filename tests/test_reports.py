"""Problems in their four forms."""

from __future__ import annotations

import json
from collections.abc import Callable

from generator.problems import Location, Problem, Related, arrange, nearest, quote
from generator.reports import as_github, as_json, as_sarif, as_text

PROBLEMS = arrange(
    [
        Problem(Location("catalogue/b.yaml", 3, 1), "V10", "the review was due on 2026-01-01"),
        Problem(
            Location("catalogue/a.yaml", 12, 5),
            "V14",
            'there is no service "emial"',
            "the id of a service",
            'did you mean "email"?',
            (Related(Location("catalogue/c.yaml", 2, 1), "it is named here too"),),
        ),
        Problem(Location("catalogue/b.yaml", 3, 1), "V10", "the review was due on 2026-01-01"),
    ]
)


def test_problems_are_sorted_and_said_once() -> None:
    assert [p.where.file for p in PROBLEMS] == ["catalogue/a.yaml", "catalogue/b.yaml"]


def test_text(golden: Callable[[str, str], None]) -> None:
    golden("problems.txt", as_text(PROBLEMS))


def test_github(golden: Callable[[str, str], None]) -> None:
    golden("problems.github", as_github(PROBLEMS))


def test_json() -> None:
    first, second = json.loads(as_json(PROBLEMS))
    assert (first["code"], first["severity"], first["line"], first["column"]) == (
        "V14",
        "error",
        12,
        5,
    )
    assert first["related"][0]["file"] == "catalogue/c.yaml"
    assert second["severity"] == "warning"


def test_sarif_names_its_rules_and_places() -> None:
    run = json.loads(as_sarif(PROBLEMS))["runs"][0]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in run["results"]} == rules
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 12, "startColumn": 5}


def test_no_problems_are_said_too() -> None:
    assert as_text(()) == "no problems"


def test_values_are_quoted_on_one_line() -> None:
    assert quote("a\nb\u202e") == '"a\\u000ab\\u202e"'
    assert quote("x" * 100).endswith('…"')
    assert nearest("emial", ["email", "erp"]) == 'did you mean "email"?'
    assert nearest("zzz", ["email"]) == ""
