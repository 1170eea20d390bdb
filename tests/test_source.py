"""Any bytes at all give a value or problems, and a problem names the right place."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.load import entry_of
from generator.model import KINDS
from generator.problems import Location
from generator.source import MAX_BYTES, Source, forget, parse_bytes

SOURCE = Source(".", "catalogue/x.yaml")

json_like = st.recursive(
    st.text() | st.booleans() | st.integers() | st.none() | st.dates().map(str),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=20,
)


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_value_or_problems(data: bytes) -> None:
    value, problems = parse_bytes(SOURCE, data)
    assert (value is None) == bool(problems)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="{}[]-:?&*!|>'\"%@`#,\n\t abcاپ\u200c\u2067٣", max_size=200))
def test_any_yaml_like_text_gives_a_value_or_problems(text: str) -> None:
    value, problems = parse_bytes(SOURCE, text.encode())
    assert (value is None) == bool(problems)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.dictionaries(
    st.sampled_from([field for model in KINDS.values() for field in model.model_fields]) | st.text(max_size=5),
    json_like, max_size=6))  # fmt: skip
def test_any_value_gives_an_entry_or_problems(kind: str, fields: dict[str, object]) -> None:
    text = yaml.safe_dump({**fields, "kind": kind, "id": "x"}, allow_unicode=True)
    value, problems = parse_bytes(SOURCE, text.encode())
    if not problems:
        assert isinstance(value, dict)
        found = entry_of(SOURCE, value)
        assert (found.entry is None) == bool(found.problems)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{a: " * 50_000,
        "- " * 50_000 + "x",
        "? " * 50_000 + "x",
        "a: " + "[" * 300 + "]" * 300,
        "\n".join(" " * i + "a:" for i in range(600)),
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n" + "".join(
            f"{chr(100 + i)}: &{chr(100 + i)} [*{chr(99 + i)}, *{chr(99 + i)}]\n" for i in range(20)
        ),
        "a: &a\n  b: *a\n",
    ],
)  # fmt: skip
def test_deep_or_self_repeating_files_are_refused(text: str) -> None:
    _, (problem,) = parse_bytes(SOURCE, text.encode())
    assert problem.code in ("Y02", "Y05")


def test_a_file_over_the_limit_is_refused() -> None:
    _, (problem,) = parse_bytes(SOURCE, b"a: " + b"x" * MAX_BYTES)
    assert problem.code == "Y05"


def test_scalars_stay_text() -> None:
    value, _ = parse_bytes(SOURCE, b"country: NO\nversion: 1.10\ntime: 12:30\nday: 2026-11-21\n")
    assert value == {"country": "NO", "version": "1.10", "time": "12:30", "day": "2026-11-21"}


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        (b"kind: \xff\n", "Y01", 1, 7),
        ("name: «‌\nkey: [a\n".encode(), "Y02", 3, 1),
        (b"a: 1\nb: 2\na: 3\n", "Y03", 3, 1),
        (b"a: !!int 3\n", "Y04", 1, 4),
        (b"a: !thing b\n", "Y04", 1, 4),
        (b"", "Y06", 1, 1),
        (b"? [a]\n: b\n", "Y06", 1, 3),
        (b"a: \x07\n", "Y02", 1, 4),
    ],
)
def test_a_problem_names_the_place(text: bytes, code: str, line: int, column: int) -> None:
    _, (problem,) = parse_bytes(SOURCE, text)
    assert (problem.code, problem.where) == (code, Location(SOURCE.path, line, column))


def test_columns_count_code_points(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("name: {ar: كتاب, fa: کتاب‌ها, en: Books}\n", encoding="utf-8")
    forget()
    source = Source(str(tmp_path), "x.yaml")
    assert source.at("name", "en") == Location("x.yaml", 1, 35)
    assert source.at("name", "nothing") == Location("x.yaml", 1, 1)
