"""Everything that was read from `catalogue/`, and where each entry stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar, cast

from generator.model.agreement import Agreement
from generator.model.audience import ServiceAudience
from generator.model.base import Entry
from generator.model.business_case import BusinessCase
from generator.model.calendar import Calendar
from generator.model.category import Category
from generator.model.comparison import Comparison
from generator.model.customer import Customer
from generator.model.organisation import Organisation
from generator.model.policy import Policy
from generator.model.process import Process
from generator.model.question import Question
from generator.model.service import Section, Service
from generator.model.source import Publication
from generator.model.supplier import Supplier
from generator.model.team import Team
from generator.model.term import Term
from generator.model.text import Text
from generator.model.tombstone import Tombstone
from generator.problems import Location
from generator.source import Key, Source

E = TypeVar("E", bound=Entry)

_TITLE = {"comparison": "title", "question": "stem"}
"""The field that says what an entry is called, where it is not `name`."""


class OnDemand(Mapping[str, Any]):
    """Entries of a kind by id, each made when somebody first asks for it."""

    def __init__(self, ids: Iterable[str], make: Callable[[str], Any]) -> None:
        self._made: dict[str, Any] = dict.fromkeys(ids)
        self._make = make

    def __getitem__(self, id_: str) -> Any:
        if (entry := self._made[id_]) is None:
            entry = self._made[id_] = self._make(id_)
        return entry

    def __contains__(self, id_: object) -> bool:
        return id_ in self._made

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


@dataclass(frozen=True)
class Catalogue:
    """All entries by kind and id, in the order of their ids.

    `sources` also knows the entries whose file has problems, so that references to them are not
    reported as broken. `mention` gives a service as far as others mention it, if that is known without
    reading all of it.
    """

    entries: Mapping[str, Mapping[str, Entry]]
    sources: Mapping[tuple[str, str], Source] = field(repr=False)
    mention: Callable[[str], Service] | None = field(default=None, repr=False, compare=False)

    def _of(self, kind: str, _type: type[E]) -> Mapping[str, E]:
        return cast(Mapping[str, E], self.entries.get(kind, {}))

    @property
    def services(self) -> Mapping[str, Service]:
        """Services by id."""
        return self._of("service", Service)

    @property
    def categories(self) -> Mapping[str, Category]:
        """Categories by id."""
        return self._of("category", Category)

    @property
    def audiences(self) -> Mapping[str, ServiceAudience]:
        """Audiences by id."""
        return self._of("audience", ServiceAudience)

    @property
    def teams(self) -> Mapping[str, Team]:
        """Teams by id."""
        return self._of("team", Team)

    @property
    def customers(self) -> Mapping[str, Customer]:
        """Customers by id."""
        return self._of("customer", Customer)

    @property
    def suppliers(self) -> Mapping[str, Supplier]:
        """Suppliers by id."""
        return self._of("supplier", Supplier)

    @property
    def agreements(self) -> Mapping[str, Agreement]:
        """Agreements by id."""
        return self._of("agreement", Agreement)

    @property
    def calendars(self) -> Mapping[str, Calendar]:
        """Calendars by id."""
        return self._of("calendar", Calendar)

    @property
    def business_cases(self) -> Mapping[str, BusinessCase]:
        """Business cases by id."""
        return self._of("business-case", BusinessCase)

    @property
    def processes(self) -> Mapping[str, Process]:
        """Processes by id."""
        return self._of("process", Process)

    @property
    def comparisons(self) -> Mapping[str, Comparison]:
        """Comparisons by id."""
        return self._of("comparison", Comparison)

    @property
    def terms(self) -> Mapping[str, Term]:
        """Terms by id."""
        return self._of("term", Term)

    @property
    def questions(self) -> Mapping[str, Question]:
        """Questions by id."""
        return self._of("question", Question)

    @property
    def publications(self) -> Mapping[str, Publication]:
        """Sources by id."""
        return self._of("source", Publication)

    @property
    def tombstones(self) -> Mapping[str, Tombstone]:
        """Tombstones by id."""
        return self._of("tombstone", Tombstone)

    @cached_property
    def policy(self) -> Policy:
        """The portfolio policy. Raises StopIteration in a catalogue without one."""
        return next(iter(self._of("policy", Policy).values()))

    @property
    def organisation(self) -> Organisation:
        """The provider. Raises StopIteration in a catalogue without one."""
        return next(iter(self._of("organisation", Organisation).values()))

    def all(self) -> Iterator[tuple[str, Entry]]:
        """Every entry with its kind."""
        for kind, entries in self.entries.items():
            for entry in entries.values():
                yield kind, entry

    def name(self, kind: str, id_: str) -> Text:
        """What an entry is called where it is shown. Raises KeyError for one that is not there."""
        entry: Any = self.mentioned(id_) if kind == "service" else self.entries[kind][id_]
        return cast(Text, getattr(entry, _TITLE.get(kind, "name")))

    def mentioned(self, id_: str) -> Service:
        """A service of which only its name, and what it rests on, is asked.

        Raises KeyError for one that is not there.
        """
        if self.mention is None or id_ not in self.services:
            return self.services[id_]
        return self.mention(id_)

    def knows(self, kind: str, id_: str) -> bool:
        """Whether there is such an entry, sound or not."""
        return (kind, id_) in self.sources

    def section(self, service: Service) -> Section:
        """The portfolio section of a service: computed from its status by the policy."""
        return self.policy.sections[service.status]

    def is_announced(self, service: Service) -> bool:
        """Whether customers are told of a service that is released but still in the pipeline."""
        return (
            service.status == "release"
            and self.section(service) == "pipeline"
            and self._may_announce(service)
        )

    def _may_announce(self, service: Service) -> bool:
        checked = service.due_diligence
        return (
            self.policy.announce_released
            and service.available_from is not None
            and checked is not None
            and checked.result == "passed"
        )

    def never_offered(self, service: Service) -> bool:
        """Whether a service ends straight out of the pipeline, without customers knowing of it.

        One whose history begins with its end is taken as having been offered.
        """
        past = {step.status for step in service.status_history} - {"retiring", "retired"}
        sections = {self.policy.sections[status] for status in past}
        return (
            service.status in ("retiring", "retired")
            and sections == {"pipeline"}
            and not ("release" in past and self._may_announce(service))
        )

    def at(self, kind: str, id_: str, *keys: Key) -> Location:
        """Where a field of an entry stands."""
        return self.sources[kind, id_].at(*keys)
