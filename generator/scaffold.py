"""New entries, new sites, and the JSON Schema that editors use."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from generator.model import KINDS
from generator.model.base import Entry
from generator.model.fields import sentences

STARTER = Path(__file__).parent / "starter"
FOLDERS = {
    "category": "categories",
    "process": "processes",
    "organisation": ".",
    "policy": ".",
}


def folder_of(kind: str) -> str:
    """The folder below `catalogue/` in which entries of a kind are kept."""
    return FOLDERS.get(kind, f"{kind}s")


def new_entry(root: Path, kind: str, id_: str, today: date) -> Path:
    """Write a file for a new entry with every required field to fill in, its dates from `today` on.

    Raises ValueError for an id that is not a Latin slug, FileExistsError if the file exists.
    """
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", id_) or len(id_) > 63:
        raise ValueError(f"{id_!r} is not an id: lower-case Latin words joined by hyphens")
    folder = root / "catalogue" / folder_of(kind)
    name = kind if folder_of(kind) == "." else id_
    path = folder / f"{name}.yaml"
    if path.exists():
        raise FileExistsError(f"{path} exists already")
    template = (STARTER / "entries" / f"{kind}.yaml").read_text(encoding="utf-8")
    up = "../" if folder_of(kind) == "." else "../../"
    path.parent.mkdir(parents=True, exist_ok=True)
    line = f"# yaml-language-server: $schema={up}schema/{kind}.json\n"
    words = {"ID": id_, "TODAY": str(today), "NEXT-YEAR": str(today + timedelta(days=364))}
    text = re.sub(r"\b(ID|TODAY|NEXT-YEAR)\b", lambda match: words[match[1]], template)
    path.write_text(line + text, encoding="utf-8")
    return path


def new_site(folder: Path) -> Path:
    """Write a small site of one's own that builds as it is.

    Raises FileExistsError if the folder exists and is not empty.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} exists and is not empty")
    shutil.copytree(STARTER / "site", folder, dirs_exist_ok=True)
    for _ in write_schemas(folder / "schema"):
        pass
    return folder


def write_schemas(folder: Path) -> Iterator[Path]:
    """Write the JSON Schema (2020-12) of every kind; gives back the files."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, model in KINDS.items():
        path = folder / f"{kind}.json"
        text = json.dumps(schema_of(kind, model), ensure_ascii=False, indent=2)
        path.write_text(text + "\n", encoding="utf-8")
        yield path


def schema_of(kind: str, model: type[Entry]) -> dict[str, Any]:
    """The JSON Schema of a kind, with the model's own sentences as descriptions."""
    schema = model.model_json_schema()
    described = {model.__name__: schema, **schema.get("$defs", {})}
    for name, definition in described.items():
        for field, about in definition.get("properties", {}).items():
            about["description"] = _sentence(name, field)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": kind,
        **{key: value for key, value in schema.items() if key != "title"},
    }


def _sentence(model: str, field: str) -> str:
    """What an editor shows when the pointer rests on a field."""
    return sentences().get(model, {}).get(field) or sentences()["Entry"].get(field, "")
