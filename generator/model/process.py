"""An ITIL process or function, described well enough to study and to link to."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from generator.model.base import (
    NonEmpty,
    ProcessId,
    Public,
    Record,
    Slug,
    SourceId,
    TermId,
)
from generator.model.evidence import Evidence
from generator.model.text import Text
from generator.model.translated import Translated

Stage = Literal["strategy", "design", "transition", "operation", "improvement"]
"""The five stages of the ITIL 2011 service lifecycle."""

Form = Literal["process", "function"]
"""A process is a way of working; a function is a unit of people and tools that works in many."""

Raci = Annotated[str, StringConstraints(pattern=r"^[RACI](/[RACI])*$")]
"""Responsible, accountable, consulted, informed; `A/R` when one role is both."""

Block = Literal[
    "purpose",
    "questions",
    "objectives",
    "scope",
    "value",
    "concepts",
    "activities",
    "triggers",
    "inputs",
    "outputs",
    "interfaces",
    "roles",
    "measures",
    "challenges",
    "risks",
    "also_known_as",
]
"""The parts of a process page that make claims."""


class Scope(Record):
    """What belongs to the process and what does not."""

    in_: Annotated[Public[tuple[Text, ...]], Field(alias="in")] = ()
    out: Public[tuple[Text, ...]] = ()


class Concept(Record):
    """A notion the process works with."""

    id: Public[Slug]
    name: Public[Text]
    text: Public[Text]


class ProcessRole(Record):
    """A role in the process."""

    id: Public[Slug]
    name: Public[Text]
    description: Public[Text]


class Activity(Record):
    """A numbered part of the work, with who does it: role id → RACI letters."""

    id: Public[Slug]
    name: Public[Text]
    steps: Public[tuple[Text, ...]] = ()
    raci: Public[dict[Slug, Raci]] = Field(default_factory=dict)


class Flow(Record):
    """Something that comes in or goes out, and its counterpart."""

    what: Public[Text]
    process: Public[ProcessId | None] = None
    term: Public[TermId | None] = None
    party: Public[Text | None] = None

    @model_validator(mode="after")
    def _one_counterpart(self) -> Flow:
        if sum(x is not None for x in (self.process, self.term, self.party)) != 1:
            raise PydanticCustomError(
                "flow_counterpart", "expected exactly one of `process`, `term`, `party`"
            )
        return self


class Interface(Record):
    """How the process works with another one."""

    process: Public[ProcessId | None] = None
    term: Public[TermId | None] = None
    direction: Public[Literal["in", "out", "both"]]
    what: Public[Text]

    @model_validator(mode="after")
    def _one_counterpart(self) -> Interface:
        if (self.process is None) == (self.term is None):
            raise PydanticCustomError(
                "interface_counterpart", "expected exactly one of `process`, `term`"
            )
        return self


class Measure(Record):
    """A key performance indicator under its critical success factor."""

    id: Public[Slug | None] = None
    csf: Public[Text]
    measure: Public[Text]
    unit: Public[Text]
    better: Public[Literal["up", "down"]]
    every: Public[Text]


class OtherNames(Record):
    """What the process is called elsewhere."""

    itil4: Public[Text | None] = None
    iso: Public[Text | None] = None
    fitsm: Public[Text | None] = None


class Process(Translated):
    """A process of the ITIL 2011 service lifecycle, or a function."""

    kind: Literal["process"]
    form: Public[Form] = "process"
    name: Public[Text]
    abbreviation: Public[NonEmpty | None] = None
    stage: Public[Stage]
    edition: Public[NonEmpty] = "ITIL 2011"
    summary: Public[Text]
    purpose: Public[Text]
    questions: Public[tuple[Text, ...]] = ()
    objectives: Public[tuple[Text, ...]] = ()
    scope: Public[Scope] = Scope()
    value: Public[tuple[Text, ...]] = ()
    concepts: Public[tuple[Concept, ...]] = ()
    activities: Public[tuple[Activity, ...]] = ()
    triggers: Public[tuple[Text, ...]] = ()
    inputs: Public[tuple[Flow, ...]] = ()
    outputs: Public[tuple[Flow, ...]] = ()
    interfaces: Public[tuple[Interface, ...]] = ()
    roles: Public[tuple[ProcessRole, ...]] = ()
    measures: Public[tuple[Measure, ...]] = ()
    challenges: Public[tuple[Text, ...]] = ()
    risks: Public[tuple[Text, ...]] = ()
    also_known_as: Public[OtherNames] = OtherNames()
    note: Public[Text | None] = None
    evidence: Public[dict[Block, Evidence]] = Field(default_factory=dict)
    sources: Public[tuple[SourceId, ...]] = ()
