"""One site from what was gathered: built beside the old one, held against the ledger, put in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator import ledger
from generator.audiences import Audience
from generator.build import Dresser, Material, Result, build, gather
from generator.cache import Cache, Stamp
from generator.checks.dependencies import bearers
from generator.editions import Edition, frame
from generator.messages import patterns
from generator.notes import Notes
from generator.orders import LostError, Order, Outcome, Published
from generator.press import Host
from generator.problems import arrange
from generator.publish.compress import compress
from generator.publish.folder import link_same, replacing, write, write_or_link
from generator.source import forget
from generator.standing import Naming, Reach, Standing, digest, identity, inputs, packed
from generator.values import Known, Values


def publish(order: Order, cache: Cache | None, say: Callable[[str], None]) -> Outcome:
    """Build the sites of an order; those that stand stay if that is not possible.

    Raises LostError if the ledger has an address that a new site has not.
    """
    say("reading and checking the catalogue")
    if cache is not None:
        cache.tidy()
    patterns.cache_clear()
    forget()
    before, values = inputs(order.root, order.out), Values(cache)
    material = gather(order.root, order.today, order.jobs, values)
    if not material.is_sound:
        return Outcome(material.problems)
    read = _Read(material, before, values.known)
    results = [_publish(order, audience, read, cache, say) for audience in order.audiences]
    if order.recording:
        _record(order.root, results, tuple(material.catalogue.policy.languages))
    sites = (Published(result.folder, result.pages, result.bytes) for result in results)
    return Outcome(material.problems, tuple(sites))


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
            shown, fresh, dress,
            partial(write_or_link, folder) if folder.exists() else write,
            order.jobs, say,
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
            identity(folder), order.today, read.inputs, read.files, material.findings,
            dict(result.pages), result.bytes, tuple(result.versions), order.compressing,
        )  # fmt: skip
        places = [b"".join(map(digest, made)) for made in result.made]
        host = result.host
        asked, told, named = map(packed, result.shown)
        reach = Reach(
            entries, known, host.facts, tuple(host.styles), asked, told, places, tuple(host.places)
        )
        naming = Naming(named, bearers(material.catalogue))
        notes.write(
            standing, reach, host.chrome, naming, result.segments, shown, material.catalogue
        )  # fmt: skip
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
