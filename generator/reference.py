"""The reference of the model and of the commands, made from the code: `docs/model.md`, `docs/commands.md`.

`python -m generator.reference > docs/model.md`
`python -m generator.reference commands > docs/commands.md`
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import click
from pydantic.fields import FieldInfo

from generator.cli import main
from generator.editions import FOR_CUSTOMERS
from generator.model import KINDS
from generator.model.base import ANY, Currency, Duration, ForCustomers, Record, RefersTo, Slug, Url
from generator.model.calendar import Clock
from generator.model.fields import sentence
from generator.model.process import Raci
from generator.model.text import Text, Words

MODEL_INTRODUCTION = """\
# Kinds and fields

A catalogue is a folder of YAML files, one entry a file. Every entry begins with its `kind` and its
`id`; the other fields depend on the kind. Where a file lies under `catalogue/` does not matter.
A field that is not listed here is an error, so typing mistakes do not get lost.

This page is made from the program itself by `python -m generator.reference`. For editors,
`fihrist schema` writes the same fields as JSON Schemas.

**Who sees it.** *Customers* means that the field is in both sites; *staff* means that it is only
in the one for staff. A field that holds a [group of fields](#groups-of-fields) rules over the whole
group: what stands under a staff field is never shown to customers.

**Required.** *Yes* means that no entry is read without it. Some other fields are needed in a
certain situation, such as when a service enters the catalogue; their line says so, and
[the list of problems](problems.md) has the details. Where a field has a value of its own unless
you write one, that value is shown.

## How values are written

| Value | How it is written |
|---|---|
| text | The same text in up to three languages: `{ar: …, fa: …, en: …}`. See [texts](texts.md). |
| list of texts | A list of such texts: one item in all its languages, then the next item. |
| words | A list for each language: `{ar: [..], en: [..]}`. The lists need not match. |
| plain text | Words in no particular language: a code, a name of a machine, a reference. |
| id | Lower-case Latin words joined by hyphens, at most 63 characters: `shared-mailbox`. |
| kind and id | An entry of one of several kinds: `process/service-level-management`. |
| date | A Gregorian day, ISO 8601: `2026-11-21`. Pages show it in the reader’s own calendar. |
| time of day | `'08:00'`, in quotes. |
| duration | ISO 8601: `PT4H` is four hours, `P2D` two days, `P1M` a month, `P1Y` a year. |
| decimal number | With a point and without grouping: `1250.500`. It is kept exactly. |
| currency | Three letters, ISO 4217: `OMR`. |
| web address | Beginning with `https://` or `http://`. |

Every value is read as text and only then given the type of its field, so `no`, `1.10` and `012`
stay what they are.
"""

GROUPS_INTRODUCTION = """\
## Groups of fields

These are parts of entries, in the order of the alphabet. *Customers* holds where the field that
contains the group is for customers.
"""

COMMANDS_INTRODUCTION = """\
# Commands

Every command works on the site whose `mkdocs.yml` stands in the current folder. This page is made
from the program itself by `python -m generator.reference commands`.
"""

_NAMED: tuple[tuple[Any, str], ...] = (
    (Slug, "id"),
    (Url, "web address"),
    (Currency, "currency"),
    (Clock, "time of day"),
    (Raci, "RACI letters"),
)
_PLAIN = {
    Text: "text",
    Words: "words",
    str: "plain text",
    bool: "`true` or `false`",
    int: "whole number",
    Decimal: "decimal number",
    date: "date",
    Duration: "duration",
}


def model_reference() -> str:
    """All kinds and fields as a page of Markdown: `docs/model.md`."""
    shown = frozenset(_records((KINDS[kind] for kind in FOR_CUSTOMERS), public_only=True))
    groups = sorted(set(_records(KINDS.values())) - set(KINDS.values()), key=_title)
    lines = [MODEL_INTRODUCTION]
    for kind, model in KINDS.items():
        lines += (f"## {kind}", "", _first_sentence(model), "", *_table(model, model in shown), "")
    lines.append(GROUPS_INTRODUCTION)
    for group in groups:
        lines += (f"### {_title(group)}", "", _first_sentence(group), "")
        lines += (*_table(group, group in shown), "")
    return "\n".join(lines).rstrip("\n") + "\n"


def command_reference() -> str:
    """All commands with their help as a page of Markdown: `docs/commands.md`."""
    whole = click.Context(main, info_name="fihrist", terminal_width=80, **main.context_settings)
    lines = [COMMANDS_INTRODUCTION, *_help(main, whole)]
    for name, command in sorted(main.commands.items()):
        one = click.Context(command, whole, name, terminal_width=80)
        lines += ("", f"## {name}", "", *_help(command, one))
    return "\n".join(lines) + "\n"


def fields_of(model: type[Record]) -> Iterator[tuple[str, Any, FieldInfo]]:
    """The fields of a model as they are written: name, type with its marks, the rest."""
    hints = get_type_hints(model, include_extras=True)
    for name, info in sorted(model.model_fields.items(), key=lambda one: one[0] == "translation"):
        yield info.alias or name, hints[name], info


def records() -> tuple[type[Record], ...]:
    """Every kind and every group of fields."""
    return tuple(_records(KINDS.values()))


def _help(command: click.Command, context: click.Context) -> list[str]:
    return ["```text", *command.get_help(context).splitlines(), "```"]


def _records(models: Iterable[type[Record]], public_only: bool = False) -> dict[type[Record], None]:
    """These models and all groups of fields inside them; texts and words are values, not groups."""
    found: dict[type[Record], None] = {}
    waiting = list(models)
    while waiting:
        model = waiting.pop()
        if model not in found:
            found[model] = None
            waiting += (
                inner
                for _, hint, _ in fields_of(model)
                if not public_only or _is_public(hint)
                for inner in _groups_in(hint)
            )
    return found


def _groups_in(hint: Any) -> Iterator[type[Record]]:
    if isinstance(hint, type) and issubclass(hint, Record) and hint not in (Text, Words):
        yield hint
    for part in get_args(hint):
        yield from _groups_in(part)


def _is_public(hint: Any) -> bool:
    return any(isinstance(mark, ForCustomers) for mark in getattr(hint, "__metadata__", ()))


def _table(model: type[Record], shown: bool) -> Iterator[str]:
    yield "| Field | What to write | Who sees it | Required |"
    yield "|---|---|---|---|"
    for name, hint, info in fields_of(model):
        kind = _type(hint) + _bounds(info)
        kind = re.sub(r"^\[?[a-z]", lambda match: match.group().upper(), kind)
        what = f"*{kind}.* {sentence(model, name)}"
        who = "customers" if shown and _is_public(hint) else "staff"
        yield f"| `{name}` | {what} | {who} | {_required(info)} |"


def _required(info: FieldInfo) -> str:
    if info.is_required():
        return "yes"
    default = info.default
    if isinstance(default, bool):
        return f"no; `{str(default).lower()}`"
    if isinstance(default, str | int | Duration):
        return f"no; `{default}`"
    return "no"


def _bounds(info: FieldInfo) -> str:
    low = next((m.ge for m in info.metadata if hasattr(m, "ge")), None)
    high = next((m.le for m in info.metadata if hasattr(m, "le")), None)
    return f" from {low} to {high}" if low is not None and high is not None else ""


def _type(hint: Any) -> str:
    """The type of a field in words."""
    marks: tuple[Any, ...] = ()
    while get_origin(hint) is Annotated:
        marks, hint = (*marks, *hint.__metadata__), get_args(hint)[0]
    for mark in marks:
        if isinstance(mark, RefersTo):
            return f"[{mark.kind}](#{mark.kind}) id" if mark.kind != ANY else "kind and id"
    for alias, words in _NAMED:
        if all(mark in marks for mark in alias.__metadata__):
            return words
    return _compound(hint) if get_origin(hint) else _simple(hint)


def _simple(hint: Any) -> str:
    if hint in _PLAIN:
        return _PLAIN[hint]
    title = _title(hint)
    return f"[{title.lower()}](#{title.lower().replace(' ', '-')})"


def _compound(hint: Any) -> str:
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Literal:
        return _choice([f"`{part}`" for part in parts])
    if origin in (Union, UnionType):
        return _choice([_type(part) for part in parts if part is not NoneType])
    if origin is tuple:
        return f"list of {_many(_type(parts[0]))}"
    assert origin is dict, f"a field of type {hint} needs words"
    return f"mapping of {_type(parts[0])} to {_type(parts[1])}"


def _choice(words: list[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _many(words: str) -> str:
    """The plural of a type in words, inside its link if it is one."""
    if words.startswith("`"):
        return words
    match = re.fullmatch(r"(\[?)([^\]]*)(\]\([^)]*\))?(.*)", words)
    assert match is not None
    opening, noun, link, rest = match.groups()
    if rest:
        return f"{words}s"
    ending = f"{noun[:-1]}ies" if re.search("[^aeiou]y$", noun) else f"{noun}s"
    return f"{opening}{ending}{link or ''}"


def _title(model: type[Record]) -> str:
    """`StatusChange` as two words: Status change."""
    words = re.findall("[A-Z][a-z0-9]*", model.__name__)
    return " ".join([words[0], *(word.lower() for word in words[1:])])


def _first_sentence(model: type[Record]) -> str:
    return (model.__doc__ or "").strip().split("\n\n")[0].replace("\n    ", " ")


if __name__ == "__main__":
    print(command_reference() if "commands" in sys.argv[1:] else model_reference(), end="")
