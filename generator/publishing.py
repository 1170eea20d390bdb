"""One site from what was gathered: built beside the old one, held against the ledger, put in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from generator import ledger
from generator.build import Material, Result, build
from generator.editions import Audience, editions
from generator.problems import Problem, arrange
from generator.publish.folder import replacing, write


class LostError(Exception):
    """A site that would lose an address that was published."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(*problems)
        self.problems = problems


def publish(
    material: Material,
    audience: Audience,
    out: Path,
    today: date,
    jobs: int,
    say: Callable[[str], None],
) -> Result:
    """Build the site of one audience into its folder below `out`, or leave the one that is there.

    Raises LostError if the ledger has an address that the new site has not.
    """
    from generator.publish.mkdocs import dresser

    folder = out / audience.value
    with replacing(folder) as fresh:
        shown = editions(material.catalogue, audience, today)
        host = dresser(material.root / "mkdocs.yml", material)
        result = build(shown, fresh, host, write, jobs, say)
        file, codes = _ledger(material)
        before, lines = ledger.read(file, codes)
        now = ledger.ledger_of(audience.value, result.places, codes)
        problems = arrange(ledger.lost(file, before, lines, now, {audience.value}))
        if problems:
            raise LostError(problems)
    result.folder = folder
    return result


def record(material: Material, results: Sequence[Result]) -> None:
    """Add to the ledger what was published now for the first time."""
    file, codes = _ledger(material)
    kept, _ = ledger.read(file, codes)
    for result in results:
        found = ledger.ledger_of(result.audience.value, result.places, codes)
        kept = ledger.merged(kept, found)
    file.write_text(ledger.written(kept, codes), encoding="utf-8")


def _ledger(material: Material) -> tuple[Path, tuple[str, ...]]:
    return material.root / ledger.FILE, tuple(material.catalogue.policy.languages)
