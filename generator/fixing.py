"""`fihrist check --fix`: mends the texts of a catalogue and of its pages where they stand."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import yaml

from generator.languages import AR, BY_CODE, FA, Language
from generator.mending import clean, mend
from generator.problems import Location
from generator.prose import FRONT, paragraphs
from generator.scalars import Mend, Rewritten, applied, rewrite
from generator.source import Source, parse_bytes


@dataclass(frozen=True)
class Fixed:
    """Where texts were mended, and where some were left because the place was not plain."""

    mended: tuple[Location, ...]
    left: tuple[Location, ...]

    def __str__(self) -> str:
        files = len({where.file for where in self.mended})
        lines = [f"mended {_count(len(self.mended), 'text')} in {_count(files, 'file')}"]
        lines += (f"  {where.file}:{where.line}" for where in self.mended)
        lines += (f"  left alone: {where.file}:{where.line}" for where in self.left)
        return "\n".join(lines)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def fix(root: Path) -> Fixed:
    """Mend every Arabic and Persian text under the site's folder."""
    catalogue = sorted(_files(root / "catalogue", ".yaml", ".yml"))
    digits = _arabic_digits(root, catalogue)
    mended: list[Location] = []
    left: list[Location] = []
    for file, language in [(file, None) for file in catalogue] + list(_pages(root)):
        name = file.relative_to(root).as_posix()
        found = _fix_file(file, name, language, digits)
        mended += (Location(name, line) for line in found.mended)
        left += (Location(name, line) for line in found.left)
    return Fixed(tuple(mended), tuple(left))


def _files(folder: Path, *ends: str) -> Iterator[Path]:
    for file in folder.rglob("*"):
        if file.name.endswith(ends) and not file.name.startswith(".") and file.is_file():
            yield file


def _pages(root: Path) -> Iterator[tuple[Path, Language | None]]:
    for language in (AR, FA):
        for file in sorted(_files(root / "content" / language.code, ".md")):
            yield file, language


def _fix_file(file: Path, name: str, language: Language | None, digits: str) -> Rewritten:
    """Mend one file; what cannot be read stays as it is, and the check says why."""
    try:
        data = file.read_bytes()
        text = data.decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return Rewritten("")
    bom, text = text[: text.startswith("\ufeff")], text.removeprefix("\ufeff")
    if language is not None:
        found = page(text, language, digits)
    elif parse_bytes(Source("", name), data)[1]:
        return Rewritten(text)
    else:
        found = entry(text, digits)
    if found.text != text:
        try:
            _replace(file, (bom + found.text).encode())
        except OSError:
            return Rewritten(text, (), tuple(sorted((*found.mended, *found.left))))
    return found


def entry(text: str, arabic_digits: str = "latn") -> Rewritten:
    """A catalogue file with its texts mended; words for search lose only what no text may hold."""
    menders = _menders(arabic_digits)
    return rewrite(text, lambda root: _texts(root, menders, None))


def page(text: str, language: Language, arabic_digits: str = "latn") -> Rewritten:
    """A hand-written page with its title, its description and its prose mended."""
    mender = _menders(arabic_digits)[language.code]
    head = _front_matter(text, mender)
    body = [
        (start, end, mender(text[start:end]))
        for start, end in paragraphs(text)
        if mender(text[start:end]) != text[start:end]
    ]
    begins = FRONT.match(text)
    offset = begins.end() if begins else 0
    whole = head.text + applied(text, body)[offset:]
    lines = tuple(text.count("\n", 0, start) + 1 for start, _, _ in body)
    if _frame(whole) != _frame(head.text + text[offset:]):
        return Rewritten(head.text + text[offset:], head.mended, (*head.left, *lines))
    return Rewritten(whole, (*head.mended, *lines), head.left)


def _front_matter(text: str, mender: Mend) -> Rewritten:
    """The front matter, up to where the body begins, mended."""
    match = FRONT.match(text)
    if match is None:
        return Rewritten("")
    head = match.group()
    try:
        found = rewrite(match[1], lambda root: _title_and_description(root, mender))
    except yaml.YAMLError:
        return Rewritten(head)
    start, end = match.span(1)
    lines = tuple(line + 1 for line in found.mended)
    return Rewritten(
        head[:start] + found.text + head[end:], lines, tuple(n + 1 for n in found.left)
    )


def _frame(text: str) -> list[str]:
    """What stands around the prose of a page, and the ids of its headings."""
    spans = list(paragraphs(text))
    starts, ends = [a for a, _ in spans], [b for _, b in spans]
    around = [text[a:b] for a, b in zip([0, *ends], [*starts, len(text)], strict=True)]
    return around + re.findall(r"\{#[^}\n]*\}", text)


_Picked = Iterator[tuple[yaml.ScalarNode, Mend | None]]


def _menders(arabic_digits: str) -> dict[str, Mend]:
    return {
        code: partial(mend, language=BY_CODE[code], arabic_digits=arabic_digits)
        for code in ("ar", "fa")
    }


def _texts(node: yaml.Node, menders: dict[str, Mend], mender: Mend | None) -> _Picked:
    """Every scalar: a text under `ar` or `fa` is mended, a word of a list under one is cleaned."""
    if isinstance(node, yaml.ScalarNode):
        yield node, mender
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            is_word = mender is not None and isinstance(item, yaml.ScalarNode)
            yield from _texts(item, menders, clean if is_word else None)
    elif isinstance(node, yaml.MappingNode):
        for key, item in node.value:
            yield key, None
            yield from _texts(item, menders, menders.get(key.value))


def _title_and_description(node: yaml.Node, mender: Mend) -> _Picked:
    if isinstance(node, yaml.MappingNode):
        for key, item in node.value:
            if key.value in ("title", "description") and isinstance(item, yaml.ScalarNode):
                yield item, mender


def _arabic_digits(root: Path, files: list[Path]) -> str:
    """The digits that the organisation has chosen for Arabic pages."""
    for file in files:
        try:
            data = file.read_bytes()
        except OSError:
            continue
        if b"arabic_digits" in data:
            value, _ = parse_bytes(Source(str(root), file.name), data)
            formats = value.get("formats") if isinstance(value, dict) else None
            if isinstance(formats, dict):
                return str(formats.get("arabic_digits", "latn"))
    return "latn"


def _replace(file: Path, data: bytes) -> None:
    """Write a file as a whole: whoever reads it sees the old one or the new one."""
    target = file.resolve()
    handle, fresh = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        shutil.copymode(target, fresh)
        os.replace(fresh, target)
    except BaseException:
        Path(fresh).unlink(missing_ok=True)
        raise
