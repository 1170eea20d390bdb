"""Pictures and pages that hand-written pages lead to by the path of their file (C06)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from generator.checks.written import blank
from generator.problems import Location, Problem, nearest, quote

_TARGET = re.compile(
    r"""(?:\]\(|^\s*\[[^\]]+\]:|\b(?:href|src)=)\s*[<"']?((?!\w[\w+.-]*:|/)[^)\s>"']+)"""
)
_CODE = re.compile(r"`[^`]*`")
_ANCHOR = re.compile(r"""\{[^}\n]*#([\w.-]+)|\bid=["']([^"']+)""")


def local_links(root: Path, file: str, lines: Iterable[tuple[int, str]]) -> Iterator[Problem]:
    """C06: the files and the anchors that a page leads to exist; `file` is relative to `root`."""
    for number, line in lines:
        for match in _TARGET.finditer(_CODE.sub(blank, line)):
            where = Location(file, number, match.start(1) + 1)
            path, _, anchor = unquote(match[1]).partition("#")
            if not path or PurePosixPath(path).suffix:
                yield from _faults(root, where, path, anchor)


def _faults(root: Path, where: Location, path: str, anchor: str) -> Iterator[Problem]:
    page = root / where.file
    target = Path(os.path.normpath(page.parent / path)) if path else page
    if not (target.is_relative_to(root / "content") and target.is_file()):
        message = f"the link leads to {quote(path)}, which does not exist"
        known = [os.path.relpath(file, page.parent) for file in (root / "content").rglob("*.*")]
        yield Problem(where, "C06", message, "a file below `content/`", nearest(path, known))
    elif anchor and target.suffix == ".md" and anchor not in (known := _anchors(target)):
        message = f"the link leads to {quote('#' + anchor)}, which is not on that page"
        yield Problem(where, "C06", message, "the id of a heading or row", nearest(anchor, known))


def _anchors(page: Path) -> list[str]:
    text = page.read_text(encoding="utf-8", errors="replace")
    return [first or second for first, second in _ANCHOR.findall(text)]
