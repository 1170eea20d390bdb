"""Hand-written pages after some of them say something else, and what of a site is another then."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator import ledger, llms
from generator.build import Material
from generator.notes import Site
from generator.orders import LostError
from generator.places import Place
from generator.press import Host, Press
from generator.problems import arrange
from generator.publish.mkdocs import dresser
from generator.search.documents import guide
from generator.search.index import Document
from generator.standing import UnknownError


@dataclass(frozen=True)
class Rewritten:
    """The hand-written pages of a site, dressed anew; `files` are their names and texts."""

    host: Host
    files: tuple[tuple[str, str], ...]

    def documents(self, press: Press, names: Collection[str]) -> dict[int, list[Document]]:
        """The pages that have files of these names, as search sees them, by edition."""
        found: dict[int, list[Document]] = defaultdict(list)
        for edition, renderer in enumerate(press.renderers):
            for article in self.host.hand_written.get(renderer.language.code, ()):
                if file_of(article.url) in names:
                    found[edition].append(guide(article, renderer.reader))
        return found

    def others(self, press: Press) -> Iterator[tuple[str, str]]:
        """The other files that tell of the pages, but for the inventory."""
        return llms.files(press.shown, self.host.facts, self.host.hand_written)


def file_of(url: str) -> str:
    """The file of a page."""
    return f"{url}index.html"


def rewritten(
    material: Material, site: Site, press: Press, before: Sequence[Place], folder: Path
) -> Rewritten:
    """Dress the hand-written pages of a site, in a `folder` that goes away.

    Raises UnknownError if that changes more of the site than these pages, LostError if the ledger has an
    anchor that is gone.
    """
    shutil.rmtree(folder, ignore_errors=True)
    try:
        host = dresser(material.root / "mkdocs.yml", material)(folder, press.shown)
        names = [file_of(place.url) for place in host.places]
        files = tuple((name, (folder / name).read_bytes().decode()) for name in names)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    known, codes = press.host, tuple(host.chrome)
    if (
        (host.facts, tuple(host.styles)) != (known.facts, tuple(known.styles))
        or any(host.chrome[code] != known.chrome[code] for code in codes)
        or [place.url for place in host.places] != [place.url for place in before]
    ):
        raise UnknownError
    if host.places != list(before):
        _hold(material.root / ledger.FILE, site, host.places, codes)
    return Rewritten(host, files)


def _hold(file: Path, site: Site, places: Sequence[Place], codes: tuple[str, ...]) -> None:
    """Hold some pages against the ledger. Raises LostError."""
    kept, lines = ledger.read(file, codes)
    now = ledger.ledger_of(site.notes.audience, places, codes)
    some = {key: anchors for key, anchors in kept.items() if key in now}
    if problems := arrange(ledger.lost(file, some, lines, now, {site.notes.audience})):
        raise LostError(problems)
