"""The examples of every problem: the bad files give exactly what is expected, the good ones nothing.

Each folder `generator/examples/CODE` holds files that are laid over the sound catalogue in `base`.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from generator.checks import check
from generator.codes import CODES
from generator.load import load
from generator.problems import Problem, arrange

EXAMPLES = Path(__file__).parent.parent / "generator" / "examples"
BASE = EXAMPLES / "base"
TODAY = date(2026, 11, 21)
ELSEWHERE = {"C02", "C03", "C04", "C05", "C06", "S01", "S02"}
"""Problems of hand-written pages and of the site, which have tests of their own."""

FOLDERS = sorted(folder.name for folder in EXAMPLES.iterdir() if folder != BASE)


def problems_of(root: Path) -> tuple[Problem, ...]:
    catalogue, found = load(root)
    return arrange([*found, *check(catalogue, TODAY).all])


def laid_over_base(files: Path, root: Path) -> Path:
    shutil.copytree(BASE, root, dirs_exist_ok=True)
    shutil.copytree(files, root / "catalogue", dirs_exist_ok=True)
    return root


def line(problem: Problem) -> str:
    about = problem.about
    said = " | ".join((problem.message, problem.expected, problem.hint))
    return f"{problem.where}: {about.severity} {about.code} {about.name}: {said}".rstrip()


def test_the_base_is_sound() -> None:
    assert problems_of(BASE) == ()


def test_every_code_has_an_example() -> None:
    assert set(FOLDERS) == set(CODES) - ELSEWHERE


@pytest.mark.parametrize("code", FOLDERS)
def test_bad(code: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    found = problems_of(laid_over_base(EXAMPLES / code / "bad", tmp_path))
    text = "".join(f"{line(problem)}\n" for problem in found)
    expected = EXAMPLES / code / "expected"
    if request.config.getoption("--update-golden"):
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")
    assert {problem.code for problem in found} == {code}


@pytest.mark.parametrize("code", FOLDERS)
def test_good(code: str, tmp_path: Path) -> None:
    assert problems_of(laid_over_base(EXAMPLES / code / "good", tmp_path)) == ()
