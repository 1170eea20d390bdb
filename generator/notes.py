"""The notes on the sites that stand, in the cache."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.audiences import Audience
from generator.cache import Cache, Stamp
from generator.standing import Naming, Reach, Since, Standing, UnknownError, identity
from generator.values import Known

# A build that finds no change needs none of these, and they take longer to import than that takes.
if TYPE_CHECKING:
    from generator.coverage import Rendering
    from generator.dress import Chrome
    from generator.editions import Edition, Frame
    from generator.inventory import Segment
    from generator.model.catalogue import Catalogue
    from generator.press import Host


class Notes:
    """The notes on the site of one audience, in the cache."""

    def __init__(self, cache: Cache, audience: Audience) -> None:
        self._cache, self._name, self.audience = cache, f"{audience}", audience

    @property
    def search(self) -> Path:
        """Where its search indexes are kept, a folder for each language."""
        return self._cache.folder / f"{self._name}.search"

    def read(self) -> tuple[Standing, Since]:
        """What is noted of the site. Raises UnknownError."""
        standing: Standing | None = self._cache.get(f"{self._name}.site")
        if standing is None:
            raise UnknownError
        since: Since | None = self._cache.get(f"{self._name}.since")
        return standing, since or Since({}, standing.versions, standing.findings)

    def has_companions(self, folder: Path) -> bool:
        """Whether the site that is noted stands in a folder, each file with its companions."""
        try:
            standing, since = self.read()
        except UnknownError:
            return False
        here = standing.folder == identity(folder)
        return here and standing.compressed and not since.pending

    def reach(self) -> Reach:
        """How far its changes go. Raises UnknownError."""
        found: Reach | None = self._cache.get(f"{self._name}.reach")
        if found is None:
            raise UnknownError
        return found

    @cached_property
    def naming(self) -> Naming:
        """What the names of its services reach: read once. Raises UnknownError."""
        found: Naming | None = self._cache.get(f"{self._name}.naming")
        if found is None:
            raise UnknownError
        return found

    def forget(self) -> None:
        """Note nothing any more."""
        self._cache.forget(f"{self._name}.site")
        self._cache.forget(f"{self._name}.since")

    def write(
        self,
        standing: Standing,
        reach: Reach,
        chrome: Mapping[str, Mapping[str, Chrome]],
        naming: Naming,
        segments: Sequence[Segment],
        shown: Sequence[Edition],
        catalogue: Catalogue,
    ) -> None:
        """Note what stands now."""
        from generator.editions import LISTED, MENTIONED

        for code, pieces in chrome.items():
            self._cache.put(f"{self._name}.chrome.{code}", dict(pieces))
        for edition in shown:
            for key, rows in edition.rows.items():
                self._cache.put(f"{self._name}.{key}.{edition.language.code}", rows)
        if (coverage := shown[0].coverage) is not None:
            self.write_renderings(coverage.renderings)
        for i in sorted({reach.frame.copy(i) for i in range(len(shown))}):
            self._put_parts(f"listed.{i}", shown[i].public, LISTED)
        self._put_parts("mentioned", catalogue, MENTIONED)
        self._cache.put(f"{self._name}.naming", naming)
        self.write_segments(segments)
        self._cache.put(f"{self._name}.reach", reach)
        self._cache.put(f"{self._name}.site", standing)

    def write_since(self, since: Since) -> None:
        """Note what has changed since."""
        self._cache.put(f"{self._name}.since", since)

    def host(self, reach: Reach) -> Host:
        """The host as it was; the chrome of a language is read when it is asked for."""
        from generator.press import Host

        chrome = _Kept(lambda code: self._cache.get(f"{self._name}.chrome.{code}"))
        return Host(reach.facts, chrome, reach.styles)

    def _put_parts(self, name: str, catalogue: Catalogue, fields: frozenset[str]) -> None:
        from generator.editions import part

        parts = ((id_, part(service, fields)) for id_, service in catalogue.services.items())
        self._cache.put_each(f"{self._name}.{name}", parts)

    def editions(
        self, frame: Frame, catalogue: Catalogue, retold: Collection[str]
    ) -> list[Edition]:
        """The editions of a catalogue; of some services something else is `retold` than when all was noted."""
        from generator.editions import MENTIONED, NAMED

        noted = self._cache.getter(f"{self._name}.mentioned")
        named, mentioned = _parts(noted, NAMED), _parts(noted, MENTIONED)
        return [
            replace(
                edition,
                public=_mentioning(edition.public, named, retold),
                portfolio=edition.portfolio and _mentioning(edition.portfolio, mentioned, retold),
                rows=_Kept(partial(self._rows, edition, retold)),
            )
            for edition in frame.editions(catalogue)
        ]

    def lists(
        self, frame: Frame, shown: Sequence[Edition], changed: Container[str]
    ) -> list[Edition]:
        """Editions that know of services what lists show, and all of those that have `changed`."""
        from generator.editions import LISTED

        noted = {
            copy: _parts(self._cache.getter(f"{self._name}.listed.{copy}"), LISTED)
            for copy in set(map(frame.copy, range(len(shown))))
        }
        return [
            _abridged(edition, noted[frame.copy(i)], changed) for i, edition in enumerate(shown)
        ]

    def renderings(self) -> tuple[Rendering, ...]:
        """How every entry stood in every language. Raises UnknownError."""
        found: tuple[Rendering, ...] | None = self._cache.get(f"{self._name}.renderings")
        if found is None:
            raise UnknownError
        return found

    def write_renderings(self, renderings: tuple[Rendering, ...]) -> None:
        """Note how every entry stands in every language."""
        self._cache.put(f"{self._name}.renderings", renderings)

    def segments(self) -> Sequence[Segment]:
        """The segments of its inventory. Raises UnknownError."""
        found: tuple[Segment, ...] | None = self._cache.get(f"{self._name}.inventory")
        if found is None:
            raise UnknownError
        return found

    def write_segments(self, segments: Sequence[Segment]) -> None:
        """Note the segments of its inventory."""
        self._cache.put(f"{self._name}.inventory", segments)

    def _rows(self, edition: Edition, retold: Collection[str], key: str) -> Any:
        from generator.pages import holdings, shelf

        found = self._cache.get(f"{self._name}.{key}.{edition.language.code}")
        if found is None or not retold or key not in ("shelf", "portfolio"):
            return found
        return (shelf if key == "shelf" else holdings).with_names(edition, found, retold)


@dataclass(frozen=True)
class Site:
    """The site of one audience in its folder, and what is noted of it."""

    folder: Path
    notes: Notes
    standing: Standing
    since: Since

    @property
    def files(self) -> dict[str, Known]:
        """The files of the catalogue as they were read last."""
        return {**self.standing.files, **self.since.files}

    @property
    def inputs(self) -> Mapping[str, Stamp]:
        """What else the site was made of, as it was last."""
        return self.standing.inputs if self.since.inputs is None else self.since.inputs


def _parts(noted: Callable[[str], Any], fields: frozenset[str]) -> Callable[[str], Any]:
    """Gives some fields of a service, of those that are noted of it."""
    from generator.editions import from_part

    @cache
    def service(id_: str) -> Any:
        if (values := noted(id_)) is None:
            raise UnknownError
        return from_part({field: values[field] for field in values if field in fields})

    return service


def _mentioning(
    catalogue: Catalogue, noted: Callable[[str], Any], retold: Container[str]
) -> Catalogue:
    whole = catalogue.services
    return replace(catalogue, mention=lambda id_: whole[id_] if id_ in retold else noted(id_))


def _abridged(edition: Edition, listed: Callable[[str], Any], changed: Container[str]) -> Edition:
    from generator.model.catalogue import OnDemand

    whole = edition.public.services
    services = OnDemand(whole, lambda id_: whole[id_] if id_ in changed else listed(id_))
    entries = {**edition.public.entries, "service": services}
    return replace(edition, public=replace(edition.public, entries=entries))


class _Kept(dict[str, Any]):
    """What is read when it is asked for."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        super().__init__()
        self._read = read

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: str) -> Any:
        if (found := self._read(key)) is None:
            raise UnknownError
        self[key] = found
        return found
