"""How far a catalogue is translated: by language and kind, and what needs work. For staff only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.languages import BY_CODE, Language
from generator.model import KINDS
from generator.model.base import Entry
from generator.model.catalogue import Catalogue
from generator.model.translated import Translated
from generator.model.translation import Freshness, freshness, source_hash

TRANSLATED = tuple(kind for kind, model in KINDS.items() if issubclass(model, Translated))
"""The kinds whose entries are shown in every language."""

WORK = (Freshness.MISSING, Freshness.STALE, Freshness.PARTLY, Freshness.DRAFT)
"""What asks for a translator, most urgent first."""

COLUMNS = (Freshness.REVIEWED, Freshness.TRANSLATED, Freshness.UNSTATED, *reversed(WORK))
"""How a translation may stand, best first."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """An entry in one language other than the source."""

    kind: str
    id: str
    language: Language
    freshness: Freshness


class Coverage:
    """How every entry of a catalogue with a sound policy stands in every language."""

    def __init__(
        self, catalogue: Catalogue, known: Callable[[], tuple[Rendering, ...]] | None = None
    ) -> None:
        self.catalogue, self._known = catalogue, known
        self.source = BY_CODE[catalogue.policy.source_language]
        codes = [code for code in catalogue.policy.languages if code != self.source.code]
        self.languages = tuple(BY_CODE[code] for code in codes)

    @cached_property
    def renderings(self) -> tuple[Rendering, ...]:
        """Every entry in every language, in the order of kinds and ids: as is `known`, or looked at anew."""
        if self._known is not None:
            return self._known()
        return tuple(
            rendering
            for kind in TRANSLATED
            for entry in self.catalogue.entries.get(kind, {}).values()
            for rendering in self.of(kind, entry)
        )

    def of(self, kind: str, entry: Entry) -> Iterator[Rendering]:
        """One entry in every language."""
        if isinstance(entry, Translated):
            for language, state in freshness(entry, self.languages, self.source).items():
                yield Rendering(kind, entry.id, language, state)

    @cached_property
    def counts(self) -> Counter[tuple[Language, str, Freshness]]:
        """How many entries there are by language, kind and state."""
        return Counter((r.language, r.kind, r.freshness) for r in self.renderings)

    def row(self, language: Language, kind: str) -> tuple[int, ...]:
        """How many entries of a kind stand how in a language: one number a state of `COLUMNS`."""
        return tuple(self.counts[language, kind, state] for state in COLUMNS)

    @cached_property
    def work(self) -> tuple[Rendering, ...]:
        """What needs work, most urgent first."""
        waiting = (r for r in self.renderings if r.freshness in WORK)
        return tuple(sorted(waiting, key=lambda r: WORK.index(r.freshness)))


def table(coverage: Coverage, languages: Sequence[Language]) -> Iterator[str]:
    """The lines of a table for each language."""
    heads = [*(state.value for state in COLUMNS), "total"]
    kinds = max(map(len, TRANSLATED))
    for language in languages:
        yield f"{language.code:{kinds}}  {'  '.join(heads)}"
        for kind in TRANSLATED:
            row = coverage.row(language, kind)
            numbers = zip((*row, sum(row)), heads, strict=True)
            yield f"{kind:{kinds}}  " + "  ".join(f"{n:{len(head)}}" for n, head in numbers)
        yield ""


def lines(coverage: Coverage, work: Sequence[Rendering]) -> Iterator[str]:
    """A line for each translation that needs work: its file, its state, the hash to write."""
    for r in work:
        where = coverage.catalogue.at(r.kind, r.id).file
        of = source_hash(coverage.catalogue.entries[r.kind][r.id], coverage.source)
        yield f"{where}: {r.language.code} {r.freshness.value} (of: {of})"
