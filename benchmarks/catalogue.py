"""A site of any size in the shape of the example: its entries, and copies of its services.

The texts are those of this repository's own catalogue. Each copy has an id of its own, a number in
its name, summary and description, and dates and amounts that differ from its model's.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path

import yaml

from generator.availability import availability_of
from generator.languages import LANGUAGES, Formatter
from generator.load import load
from generator.model import KINDS
from generator.model.catalogue import Catalogue
from generator.model.service import Service

TODAY = date(2026, 11, 21)
"""The day for which sites are built: the example's dates were written around it."""

REPOSITORY = Path(__file__).parent.parent
_LEFT_OUT = ("terms", "processes", "comparisons", "questions", "sources", "tombstones")
_NUMBERED = ("name", "summary", "description")
_SCALED = ("amount", "unit_cost")
_FORMATS: dict[str, Formatter] = {language.code: Formatter(language) for language in LANGUAGES}
_TRANSLATION = re.compile(r"^translation:\n(?:  .*\n)+", re.M)
"""What a service says of its translations is not true of a copy with other texts."""
Keys = tuple[str, ...]


def make_site(root: Path, services: int, seed: int = 2011) -> None:
    """Write a site in which customers see `services` services, in every language."""
    shutil.copytree(
        REPOSITORY / "catalogue", root / "catalogue", ignore=shutil.ignore_patterns(*_LEFT_OUT)
    )
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    catalogue, _ = load(root)
    _write_content(root, catalogue)
    numbers = random.Random(seed)
    folder = root / "catalogue" / "services"
    models = [Model(folder / f"{s.id}.yaml") for s in _models(catalogue)]
    for i in range(services - _shown(catalogue)):
        model, number = models[i % len(models)], i // len(models) + 1
        copy = folder / f"{model.id}-{number}.yaml"
        copy.write_text(model.copy(number, numbers), encoding="utf-8", newline="\n")


def _shown(catalogue: Catalogue) -> int:
    """How many services customers see."""
    found = (availability_of(catalogue, s, TODAY) for s in catalogue.services.values())
    return sum(availability is not None for availability in found)


def _models(catalogue: Catalogue) -> list[Service]:
    return [
        s
        for s in catalogue.services.values()
        if s.type == "customer-facing" and s.status == "operational"
    ]


def _write_content(root: Path, catalogue: Catalogue) -> None:
    """The hand-written pages to which the home page leads, in each language."""
    organisation = catalogue.organisation
    guides = [task.to for task in organisation.tasks if task.to.partition("/")[0] not in KINDS]
    for language, guide in product(LANGUAGES, guides):
        file = root / "content" / language.code / f"{guide}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        title, lead, text = (
            t.pick(language).text for t in (organisation.name, organisation.summary, organisation.about)
        )  # fmt: skip
        page = f'---\ntitle: "{title}"\ndescription: "{lead}"\n---\n# {title}\n\n{text}'
        file.write_text(page, encoding="utf-8", newline="\n")


class Model:
    """The file of a service that others are copied from, its layout kept."""

    def __init__(self, file: Path) -> None:
        self.id = file.stem
        self.text = _TRANSLATION.sub("", file.read_text(encoding="utf-8"))
        root = yaml.compose(self.text, Loader=yaml.CBaseLoader)
        self.scalars = tuple(_scalars(root, ())) if root is not None else ()

    def copy(self, number: int, numbers: random.Random) -> str:
        """The file of the service under the id with this number."""
        factor, earlier = Decimal(numbers.randint(1001, 3000)) / 1000, numbers.randint(0, 25)
        parts, end = [], 0
        for keys, node in self.scalars:
            start, stop = node.start_mark.index, node.end_mark.index
            if keys == ("id",):
                changed = f"{self.id}-{number}"
            elif keys[0] in _NUMBERED:
                changed = numbered(self.text[start:stop], keys[1], number)
            elif keys[-1] in _SCALED:
                changed = str((Decimal(node.value) * factor).quantize(Decimal(node.value)))
            elif (day := _day(node.value)) is not None:
                changed = (day - timedelta(days=earlier)).isoformat()
            else:
                continue
            parts += [self.text[end:start], changed]
            end = stop
        return "".join((*parts, self.text[end:]))


def _scalars(node: yaml.Node, keys: Keys) -> Iterator[tuple[Keys, yaml.ScalarNode]]:
    """Every scalar with the keys that lead to it, in the order of the text."""
    if isinstance(node, yaml.MappingNode):
        for key, item in node.value:
            yield from _scalars(item, (*keys, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item, keys)
    elif isinstance(node, yaml.ScalarNode):
        yield keys, node


def numbered(written: str, code: str, number: int) -> str:
    """A text with the number of the copy at its end, in the digits of its language."""
    digits = _FORMATS[code].plain(number)
    if written[0] in "'\"":
        return f"{written[:-1]} {digits}{written[-1]}"
    closing = "\n" if written.endswith("\n") else ""
    return f"{written.rstrip()} {digits}{closing}"


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None
