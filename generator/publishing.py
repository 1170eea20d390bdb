"""One site from what was gathered: built beside the old one, held against the ledger, put in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from generator import ledger
from generator.build import Dresser, Material, Result, build, gather
from generator.cache import Cache, Stamp, program
from generator.editions import Audience, Edition, frame
from generator.messages import patterns
from generator.press import Host
from generator.problems import Problem, arrange
from generator.publish.compress import compress
from generator.publish.folder import link_same, replacing, write_or_link
from generator.refresh import refresh
from generator.source import forget
from generator.standing import Notes, Reach, Standing, digest, identity, inputs
from generator.values import Known, Values

CACHE = ".cache"
"""Where what is kept for the next build stands, beside the sites."""


class LostError(Exception):
    """A site that would lose an address that was published."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(*problems)
        self.problems = problems


@dataclass(frozen=True)
class Order:
    """What is to be built: the site in a folder, for some audiences, as of a day.

    With `caching`, what an earlier build has kept in `out` is used, and kept for the next. With
    `recording`, what is published for the first time goes into the ledger. With `compressing`, files have
    compressed companions.
    """

    root: Path
    out: Path
    audiences: Sequence[Audience]
    today: date
    jobs: int
    caching: bool = True
    recording: bool = False
    compressing: bool = False


@dataclass(frozen=True)
class Outcome:
    """The problems that were found, and the sites, unless a problem kept them from being built.

    `written` counts the files that were written if the sites stood already and were brought up to date.
    """

    problems: tuple[Problem, ...]
    results: tuple[Result, ...] = ()
    written: int | None = None


def carry_out(order: Order, say: Callable[[str], None]) -> Outcome:
    """Bring the sites up to date, or build them; those that stand stay if that is not possible.

    Raises LostError if the ledger has an address that a new site has not.
    """
    for forgetting in (program.cache_clear, patterns.cache_clear, forget):
        forgetting()
    cache = Cache(order.out / CACHE) if order.caching else None
    if cache is not None and not order.recording:
        found = refresh(
            order.root, order.out, order.audiences, order.today, order.jobs, cache,
            order.compressing,
        )  # fmt: skip
        if found is not None:
            return Outcome(found.problems, found.results, found.written)
    say("reading and checking the catalogue")
    before, values = inputs(order.root, order.out), Values(cache)
    material = gather(order.root, order.today, order.jobs, values)
    if not material.is_sound:
        return Outcome(material.problems)
    read = _Read(material, before, values.known)
    results = tuple(_publish(order, audience, read, cache, say) for audience in order.audiences)
    if order.recording:
        _record(order.root, results, tuple(material.catalogue.policy.languages))
    return Outcome(material.problems, results)


@dataclass(frozen=True)
class _Read:
    """What was gathered, and the files it was gathered from."""

    material: Material
    inputs: Mapping[str, Stamp]
    files: Mapping[str, Known]


def _publish(
    order: Order, audience: Audience, read: _Read, cache: Cache | None, say: Callable[[str], None]
) -> Result:
    """Build the site of one audience into its folder, or leave the one that is there."""
    from generator.publish.mkdocs import dresser

    material, folder = read.material, order.out / audience
    notes = Notes(cache, audience) if cache is not None else None
    old = folder if notes is not None and notes.has_companions(folder) else None
    if notes is not None:
        notes.forget()
    known = frame(material.catalogue, audience, order.today)
    with replacing(folder) as fresh:
        shown = known.editions(material.catalogue)
        dress = _linking(dresser(order.root / "mkdocs.yml", material), folder)
        result = build(
            shown, fresh, dress, partial(write_or_link, folder), order.jobs, say,
            notes.search if notes is not None else None,
        )  # fmt: skip
        file, codes = order.root / ledger.FILE, tuple(material.catalogue.policy.languages)
        kept, lines = ledger.read(file, codes)
        now = ledger.ledger_of(audience, result.places, codes)
        problems = arrange(ledger.lost(file, kept, lines, now, {audience}))
        if problems:
            raise LostError(problems)
        if order.compressing:
            compress(fresh, old, order.jobs, lambda line: say(f"{audience}: {line}"))
    result.folder = folder
    if notes is not None and result.host is not None:
        entries = {source.path: entry for entry, source in material.catalogue.sources.items()}
        standing = Standing(
            identity(folder), order.today, read.inputs, read.files, material.problems,
            dict(result.pages), result.bytes, tuple(result.versions), order.compressing,
        )  # fmt: skip
        places = {place.url: digest(place) for place in result.places}
        host = result.host
        reach = Reach(
            entries, known, host.facts, tuple(host.styles), dict(result.asked), dict(result.told),
            places,
        )  # fmt: skip
        notes.write(standing, reach, host.chrome, shown)
    return result


def _linking(dresser: Dresser, old: Path) -> Dresser:
    """The host, whose files are linked to those in the `old` folder that say the same."""

    def dress(folder: Path, shown: Sequence[Edition]) -> Host:
        host = dresser(folder, shown)
        link_same(old, folder)
        return host

    return dress


def _record(root: Path, results: Sequence[Result], codes: tuple[str, ...]) -> None:
    """Add to the ledger what was published now for the first time."""
    kept, _ = ledger.read(root / ledger.FILE, codes)
    for result in results:
        kept = ledger.merged(kept, ledger.ledger_of(result.audience, result.places, codes))
    (root / ledger.FILE).write_text(ledger.written(kept, codes), encoding="utf-8")
