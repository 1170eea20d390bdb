"""The manual of problems: made from the table of codes and the folders of examples."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from generator.codes import CODES, Code

EXAMPLES = Path(__file__).parent / "examples"


def explain(code: Code) -> str:
    """One problem for the terminal: why it matters, what to do, an example."""
    lines = [
        f"{code.code} {code.name} ({code.severity})",
        "",
        code.why,
        "",
        f"What to do: {code.do}",
    ]
    if code.rule:
        lines.append(f"Rule: {code.rule}")
    said = _said(code)
    if said:
        lines += ("", "Reported as:", *(f"  {line}" for line in said))
    for name, change in _changes(code):
        lines += ("", f"Mended in {name}:", *(f"  {line}" for line in change))
    return "\n".join(lines)


def reference() -> str:
    """All problems as a page of Markdown: `docs/problems.md`."""
    lines = [
        "# Problems",
        "",
        "Every problem that `fihrist check` and `fihrist build` can report. Errors stop a build and",
        "leave the previous site as it is; warnings do not. This page is made by",
        "`fihrist explain --all`; its examples are the inputs of the program's own tests.",
        "",
        "| Code | Name | Severity |",
        "|---|---|---|",
        *(f"| [{c.code}](#{c.code.lower()}) | {c.name} | {c.severity} |" for c in CODES.values()),
    ]
    for code in CODES.values():
        lines += ("", *_section(code))
    return "\n".join(lines) + "\n"


def _section(code: Code) -> Iterator[str]:
    yield f'<a id="{code.code.lower()}"></a>'
    yield ""
    yield f"## {code.code} {code.name}"
    yield ""
    yield f"*{code.severity.capitalize()}.* {code.why}"
    yield ""
    yield f"**What to do.** {code.do}"
    if code.rule:
        yield ""
        yield f"Rule: {code.rule}."
    said = _said(code)
    if said:
        yield from ("", "```text", *said, "```")
    for name, change in _changes(code):
        yield from ("", f"Mended in `{name}`:", "", "```diff", *change, "```")


def _said(code: Code) -> list[str]:
    expected = EXAMPLES / code.code / "expected"
    if not expected.is_file():
        return []
    lines = expected.read_text(encoding="utf-8").splitlines()
    return [part for line in lines for part in _as_printed(line)]


def _as_printed(line: str) -> Iterator[str]:
    """A line of `expected` (`problem | expected | hint`) as `fihrist check` prints it."""
    message, expected, hint = (*(part.strip() for part in line.split(" |")), "", "")[:3]
    yield message
    if expected:
        yield f"  expected: {expected}"
    if hint:
        yield f"  hint: {hint}"


def _changes(code: Code) -> Iterator[tuple[str, list[str]]]:
    """What differs between the bad and the good files of an example."""
    bad, good = EXAMPLES / code.code / "bad", EXAMPLES / code.code / "good"
    for name in sorted(_names(bad) | _names(good)):
        before, after = _lines(bad / name), _lines(good / name)
        diff = list(difflib.unified_diff(before, after, n=1, lineterm=""))[2:]
        if diff:
            yield name, [line for line in diff if not line.startswith("@@")]


def _names(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def _lines(file: Path) -> list[str]:
    if not file.is_file():
        return []
    return file.read_text(encoding="utf-8", errors="replace").splitlines()
