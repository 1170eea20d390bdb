"""Changes that an author might make to a service of a generated site."""

from __future__ import annotations

from pathlib import Path

from .catalogue import Model, numbered


def edit(root: Path, field: str, number: int) -> None:
    """End a text of one service with another number, in every language."""
    file = next(iter(sorted((root / "catalogue" / "services").glob("*-1.yaml"))))
    found = Model(file)
    parts, end = [], 0
    for keys, node in found.scalars:
        if keys[0] == field:
            start, stop = node.start_mark.index, node.end_mark.index
            parts += [found.text[end:start], numbered(found.text[start:stop], keys[1], number)]
            end = stop
    file.write_text("".join((*parts, found.text[end:])), encoding="utf-8", newline="\n")
