"""Catalogue × audience × language → exactly what one reader may see.

This is the only place that hides things. Everything customers see is a copy that holds only the
fields marked `Public` in the model; a staff field does not exist on that copy, so a page that asks
for one fails instead of leaking. Pages for customers are made from this copy in both editions; the
staff edition adds the whole portfolio beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from typing import Any, TypeVar, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.audiences import Audience
from generator.availability import Availability, availabilities
from generator.coverage import Coverage
from generator.languages import BY_CODE, Formatter, Language
from generator.model.base import ANY, NOT_KEPT, Entry, ForCustomers, named, referred_kind
from generator.model.catalogue import Catalogue, OnDemand
from generator.model.required import required_texts
from generator.model.service import Change, Service
from generator.model.translated import Translated
from generator.model.translation import is_old_for_customers, source_hash

R = TypeVar("R", bound=BaseModel)
T = TypeVar("T")


FOR_CUSTOMERS = (
    "organisation",
    "service",
    "category",
    "audience",
    "team",
    "calendar",
    "process",
    "comparison",
    "term",
    "question",
    "source",
    "tombstone",
)
"""Kinds of which customers may see something. All other kinds are for staff."""

WITHDRAWN = frozenset(
    {
        "id", "name", "aliases", "summary", "closed_to_new_on", "ends_on", "replaced_by",
        "no_replacement_reason", "migration", "categories", "audiences", "roles",
    }
)  # fmt: skip
"""What is still told of a service that has ended: enough to find what replaces it."""


LISTED = frozenset(
    {
        "id", "name", "summary", "categories", "audiences", "price", "available_from", "ends_on",
    }
)  # fmt: skip
"""What the lists for customers show of a service."""
NAMED = frozenset({"id", "name"})
"""What customers are told of a service where it is only mentioned (`Catalogue.mentioned`)."""
MENTIONED = NAMED | {"depends_on"}
"""The same for staff."""


@dataclass(frozen=True)
class Edition:
    """What one audience may see, in one language.

    `public` is the customers' copy. `portfolio` is the whole catalogue, and `coverage` how far it
    is translated: both for staff only. `outdated` are the entries, as (kind, id), whose text in
    this language translates an older text of the language `source`. `memo` keeps what was made of it, `rows` what is known of all services without
    going through them.
    """

    audience: Audience
    language: Language
    today: date
    public: Catalogue
    availability: Mapping[str, Availability]
    languages: Mapping[tuple[str, str], tuple[Language, ...]]
    site_languages: tuple[Language, ...]
    source: Language
    outdated: frozenset[tuple[str, str]]
    portfolio: Catalogue | None = None
    coverage: Coverage | None = None
    memo: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    rows: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives: it is called once under a key."""
        if key not in self.memo:
            self.memo[key] = make()
        found: T = self.memo[key]
        return found

    @property
    def formatter(self) -> Formatter:
        """Numbers, dates and money as this reader expects them."""
        formats = self.public.organisation.formats
        return Formatter(self.language, formats.arabic_digits, formats.arabic_calendar)

    def has_page(self, kind: str, id_: str) -> bool:
        """Whether the public part of this edition has a page of this entry."""
        return id_ in self.public.entries.get(kind, {})


@dataclass(frozen=True)
class Frame:
    """What the editions of an audience know of all entries without reading each again.

    `ids` are the entries of each language that customers may see, by kind; `visible` the same before
    those were left out that only lead to what is hidden.
    """

    audience: Audience
    today: date
    languages: tuple[Language, ...]
    source: Language
    availability: Mapping[str, Availability]
    published: Mapping[tuple[str, str], tuple[Language, ...]]
    outdated: frozenset[tuple[str, str, str]]
    visible: tuple[Mapping[str, frozenset[str]], ...]
    ids: tuple[Mapping[str, tuple[str, ...]], ...]

    def editions(self, catalogue: Catalogue) -> tuple[Edition, ...]:
        """The editions, one a language of the policy, in the policy's order."""
        whole = catalogue if self.audience is Audience.STAFF else None
        coverage = Coverage(catalogue) if whole else None
        copies: dict[int, Catalogue] = {}
        found = []
        for i, language in enumerate(self.languages):
            same = self.copy(i)
            if same not in copies:
                copies[same] = self._public(catalogue, i)
            old = frozenset(
                (kind, id_) for kind, id_, code in self.outdated if code == language.code
            )
            found.append(
                Edition(self.audience, language, self.today, copies[same], self.availability,
                        self.published, self.languages, self.source, old, whole, coverage)
            )  # fmt: skip
        return tuple(found)

    def copy(self, language: int) -> int:
        """The number of the first language in which customers see the same copy as in another."""
        return self.visible.index(self.visible[language])

    def _public(self, catalogue: Catalogue, language: int) -> Catalogue:
        visible, ids = self.visible[language], self.ids[language]
        shown = {
            kind: OnDemand(ids[kind], partial(self._copy, catalogue, kind, visible)) for kind in ids
        }
        return Catalogue(shown, {})

    def _copy(
        self, catalogue: Catalogue, kind: str, visible: Mapping[str, frozenset[str]], id_: str
    ) -> Any:
        shown = _project(catalogue.entries[kind][id_], visible)
        return _as_announced(shown, self.availability[id_]) if kind == "service" else shown


def editions(catalogue: Catalogue, audience: Audience, today: date) -> tuple[Edition, ...]:
    """The editions of one audience, one a language of the policy, in the policy's order."""
    return frame(catalogue, audience, today).editions(catalogue)


def frame(catalogue: Catalogue, audience: Audience, today: date) -> Frame:
    """What an audience may see of a catalogue on a day."""
    languages = tuple(BY_CODE[code] for code in catalogue.policy.languages)
    availability = availabilities(catalogue, today)
    entries = _visible(catalogue, availability)
    published = {
        (kind, id_): _published_in(entry, languages)
        for kind, found in entries.items()
        for id_, entry in found.items()
    }
    source = BY_CODE[catalogue.policy.source_language]
    visible = _shared(
        {
            kind: frozenset(id_ for id_ in found if language in published[kind, id_])
            for kind, found in entries.items()
        }
        for language in languages
    )
    return Frame(
        audience, today, languages, source, availability, published,
        frozenset(outdated(entries, source)), visible,
        _shared(_ids(entries, ids) for ids in visible),
    )  # fmt: skip


def _shared(found: Iterable[T]) -> tuple[T, ...]:
    """The same values, those that are equal in one place."""
    values = tuple(found)
    return tuple(values[values.index(value)] for value in values)


def _ids(
    entries: Mapping[str, Mapping[str, Entry]], visible: Mapping[str, frozenset[str]]
) -> dict[str, tuple[str, ...]]:
    """The ids of what is shown, in order: nothing that must refer to what is hidden."""
    return {
        kind: tuple(
            id_
            for id_, entry in found.items()
            if id_ in visible[kind] and not _refers_to_hidden(entry, visible)
        )
        for kind, found in entries.items()
    }


def _refers_to_hidden(entry: Entry, visible: Mapping[str, frozenset[str]]) -> bool:
    """Whether a reference that an entry cannot do without leads to what the reader may not see."""
    return any(
        _reference(getattr(entry, name), kind, visible) is _HIDDEN
        for name, (kind, required) in _plan(type(entry)).items()
        if required and kind is not None
    )


def outdated(
    visible: Mapping[str, Mapping[str, Entry]], source: Language
) -> Iterator[tuple[str, str, str]]:
    """The old translations of what customers read, as (kind, id, language)."""
    for kind, entries in visible.items():
        for id_, entry in entries.items():
            if isinstance(entry, Translated) and entry.translation:
                current = source_hash(entry, source)
                for code, translation in entry.translation.items():
                    if code != source.code and is_old_for_customers(translation, current):
                        yield kind, id_, code


def _visible(
    catalogue: Catalogue, availability: Mapping[str, Availability]
) -> dict[str, dict[str, Entry]]:
    visible = {kind: dict(catalogue.entries.get(kind, {})) for kind in FOR_CUSTOMERS}
    visible["service"] = {id_: catalogue.services[id_] for id_ in availability}
    for kind, id_ in _secret(catalogue, visible["service"]):
        visible[kind].pop(id_, None)
    visible["tombstone"] = {
        id_: stone for id_, stone in catalogue.tombstones.items() if stone.published and (
            stone.of != "service" or stone.redirect_to is None or stone.redirect_to in availability
        )
    }  # fmt: skip
    return visible


def _secret(catalogue: Catalogue, shown: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Categories and audiences, as (kind, id), that only hidden services name."""
    services = catalogue.services.items()
    secret = _groups(service for id_, service in services if id_ not in shown)
    secret -= _groups(service for id_, service in services if id_ in shown)
    for id_, category in catalogue.categories.items():
        if category.parent is not None and ("category", id_) not in secret:
            secret.discard(("category", category.parent))
    return secret


def _groups(services: Iterable[Service]) -> set[tuple[str, str]]:
    """The categories and audiences that services name."""
    found: set[tuple[str, str]] = set()
    for service in services:
        found.update(("category", id_) for id_ in service.categories)
        found.update(("audience", id_) for id_ in service.audiences)
        found.update(("audience", offering.audience) for offering in service.offerings)
    return found


def _published_in(entry: Entry, languages: Iterable[Language]) -> tuple[Language, ...]:
    texts = [text for _, text in required_texts(entry)]
    return tuple(lang for lang in languages if all(text.get(lang) is not None for text in texts))


def _as_announced(service: Any, availability: Availability) -> Any:
    """A closing service takes no requests; a closed one only tells what replaces it."""
    if availability is Availability.CLOSING:
        return service.model_copy(update={"request": None})
    if availability is Availability.CLOSED:
        hidden = set(_plan(Service)) - WITHDRAWN
        return service.model_copy(
            update={name: _neutral(Service.model_fields[name]) for name in hidden}
        )
    return service


def part(service: Service, fields: frozenset[str]) -> dict[str, Any]:
    """Some fields of a service as an edition shows it."""
    return {name: value for name, value in service.__dict__.items() if name in fields}


def from_part(values: dict[str, Any]) -> Service:
    """A service of which no more is known than some fields."""
    return _holding(Service, values)


def _neutral(info: FieldInfo) -> Any:
    return None if info.is_required() else info.get_default(call_default_factory=True)


class _Hidden:
    """Stands for a record that points at something the reader may not see."""


_HIDDEN = _Hidden()


@lru_cache
def _plan(model: type[BaseModel]) -> dict[str, tuple[str | None, bool]]:
    """The fields of a model that customers may see: name → (kind it refers to, required)."""
    return {
        name: (referred_kind(info), info.is_required())
        for name, info in model.model_fields.items()
        if any(isinstance(mark, ForCustomers) for mark in info.metadata)
    }


@lru_cache
def _is_open(model: type[BaseModel]) -> bool:
    """Whether customers may see all of any record of a model: then it needs no copy."""
    plan = _plan(model)
    return all(
        name in plan and plan[name][0] is None and all(map(_is_open, _records(info.annotation)))
        for name, info in model.model_fields.items()
    )


def _records(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _records(part)


def _project(record: R, visible: Mapping[str, frozenset[str]]) -> Any:
    """A copy with the public fields only, without references to what the reader may not see."""
    if isinstance(record, Change) and record.who == "staff":
        return _HIDDEN
    if _is_open(type(record)):
        return record
    values: dict[str, Any] = {}
    for name, (kind, required) in _plan(type(record)).items():
        value = getattr(record, name)
        if kind is not None:
            value = _reference(value, kind, visible)
            if value is _HIDDEN:
                if required:
                    return _HIDDEN
                value = None
        elif value.__class__ not in _PLAIN:
            value = _inside(value, visible)
        values[name] = value
    return _holding(type(record), values)


def _holding(model: type[R], values: dict[str, Any]) -> R:
    """A record with these fields and no others: `model_construct` would add the defaults."""
    record = model.__new__(model)
    object.__setattr__(record, "__dict__", values)
    object.__setattr__(record, "__pydantic_fields_set__", NOT_KEPT)
    object.__setattr__(record, "__pydantic_extra__", None)
    object.__setattr__(record, "__pydantic_private__", None)
    return record


_PLAIN = frozenset({str, int, bool, type(None)})


def _reference(value: Any, kind: str, visible: Mapping[str, frozenset[str]]) -> Any:
    """What a field that refers to entries of a kind says to the reader."""
    if value is None:
        return None
    return _told(value, visible) if kind == ANY else _seen(value, visible.get(kind, frozenset()))


def _seen(value: Any, ids: frozenset[str]) -> Any:
    if isinstance(value, tuple):
        return tuple(id_ for id_ in value if id_ in ids)
    if isinstance(value, dict):
        return {key: _seen(item, ids) for key, item in value.items()}
    return value if value in ids or value == "own" else _HIDDEN


def _told(value: str, visible: Mapping[str, frozenset[str]]) -> Any:
    kind, id_ = named(ANY, value)
    return value if id_ in visible.get(kind, frozenset()) else _HIDDEN


def _inside(value: Any, visible: Mapping[str, frozenset[str]]) -> Any:
    if isinstance(value, BaseModel):
        return _project(value, visible)
    if isinstance(value, tuple):
        inner = (_inside(item, visible) for item in value)
        return tuple(item for item in inner if item is not _HIDDEN)
    if isinstance(value, dict):
        return {key: _inside(item, visible) for key, item in value.items()}
    return value
