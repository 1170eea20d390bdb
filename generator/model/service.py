"""The service: one entry of the portfolio."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from generator.model.base import (
    AgreementId,
    Amount,
    AudienceId,
    BusinessCaseId,
    CalendarId,
    CategoryId,
    CustomerId,
    Day,
    Duration,
    NonEmpty,
    Public,
    Record,
    ServiceId,
    Slug,
    SourceId,
    SupplierId,
    TeamId,
    Url,
)
from generator.model.channel import Channel
from generator.model.money import Cost, Price
from generator.model.offering import Offering
from generator.model.text import Text, Words
from generator.model.translated import Translated

Status = Literal[
    "requirements",
    "definition",
    "analysis",
    "approved",
    "chartered",
    "design",
    "development",
    "build",
    "test",
    "release",
    "operational",
    "retiring",
    "retired",
    "rejected",
]
"""The statuses of ITIL 2011's service portfolio, and `rejected` as an end of the pipeline."""

Section = Literal["pipeline", "catalogue", "retired"]
"""The three parts of the service portfolio (ITIL 2011, Service Strategy)."""


class StatusChange(Record):
    """A step in the life of a service."""

    status: Status
    on: Day
    by: TeamId
    note: Text | None = None


class PublishWindow(Record):
    """The days on which a service may be published."""

    from_: Annotated[Day, Field(alias="from")]
    until: Day | None = None


class Roles(Record):
    """Who answers for a service. Customers see the owning team."""

    owner: Public[TeamId]
    manager: TeamId | None = None
    brm: TeamId | None = None
    slm: TeamId | None = None
    delegate: TeamId | None = None


class Support(Record):
    """Where users get help, and how they go further."""

    channels: Public[tuple[Channel, ...]] = ()
    escalation: Public[Channel | None] = None
    complaints: Public[Channel | None] = None


class Request(Record):
    """How one gets the service."""

    mode: Public[Literal["open", "sign-in", "order", "contact"]]
    url: Public[Url | None] = None
    steps: Public[tuple[Text, ...]] = ()
    prerequisites: Public[tuple[Text, ...]] = ()
    lead_time: Public[Duration | None] = None


class Hours(Record):
    """When the service runs and when people answer."""

    service: Public[CalendarId]
    support: Public[CalendarId]


class Maintenance(Record):
    """When planned work may interrupt the service, and how early it is announced."""

    calendar: Public[CalendarId]
    notice: Public[Duration]


class Dependency(Record):
    """A service this one rests on. Customers see it only if the target is a service for them."""

    service: Public[ServiceId]
    how: Public[Literal["requires", "enhances"]]
    critical: bool = False
    note: Text | None = None


class SuppliedPart(Record):
    """What a supplier contributes."""

    supplier: SupplierId
    agreement: AgreementId | None = None
    part: Text


class Assessment(Record):
    """One dated half of due diligence."""

    on: Day
    by: TeamId
    ref: NonEmpty


class DueDiligence(Record):
    """The gate into the catalogue: cost and risk looked at, dated, passed."""

    cost: Assessment | None = None
    risk: Assessment | None = None
    result: Literal["passed", "failed", "pending"] = "pending"
    valid_until: Day | None = None


class Risk(Record):
    """What may go wrong; probability and impact from 1 (low) to 5 (high)."""

    title: Text
    probability: int = Field(ge=1, le=5)
    impact: int = Field(ge=1, le=5)
    response: Text
    owner: TeamId
    review_on: Day


class Investment(Record):
    """What the money is for, and what portfolio management decided (ITIL SPM)."""

    kind: Literal["run", "grow", "transform"]
    decision: Literal["retain", "replace", "rationalise", "refactor", "renew", "retire"]


class Demand(Record):
    """A pattern of business activity that uses the service."""

    pattern: Text
    user_profile: Text
    volume: Amount
    unit: Text
    period: Duration


class Subscription(Record):
    """A customer that takes an offering."""

    customer: CustomerId
    offering: Slug
    since: Day
    agreement: AgreementId | None = None


class DataHandling(Record):
    """Which data the service keeps, and where."""

    classification: Literal["public", "internal", "confidential", "restricted"]
    location: Public[Text]
    personal: Public[bool]
    privacy_url: Public[Url | None] = None


class Link(Record):
    """A further page about the service."""

    rel: Public[Literal["terms", "docs", "training", "status", "feedback"]]
    url: Public[Url]
    label: Public[Text]


class Review(Record):
    """When the entry was looked over and when it will be."""

    last: Public[Day]
    next: Day


class Change(Record):
    """A line of the service's history, for customers or for staff only."""

    on: Public[Day]
    note: Public[Text]
    who: Literal["customers", "staff"]


class Service(Translated):
    """A service in the portfolio: planned, offered or withdrawn."""

    kind: Literal["service"]
    name: Public[Text]
    aliases: Public[Words] = Words()
    summary: Public[Text]
    description: Public[Text]
    outcomes: Public[tuple[Text, ...]] = ()
    business_processes: Public[tuple[Text, ...]] = ()
    utility: Public[Text | None] = None
    warranty: Public[Text | None] = None
    in_scope: Public[tuple[Text, ...]] = ()
    out_of_scope: Public[tuple[Text, ...]] = ()
    type: Literal["customer-facing", "supporting"]
    package_role: Literal["core", "enabling", "enhancing"] | None = None
    status: Status
    status_history: tuple[StatusChange, ...] = Field(min_length=1)
    publish: PublishWindow | None = None
    available_from: Public[Day | None] = None
    closed_to_new_on: Public[Day | None] = None
    ends_on: Public[Day | None] = None
    replaced_by: Public[tuple[ServiceId, ...]] = ()
    no_replacement_reason: Public[Text | None] = None
    migration: Public[Text | None] = None
    categories: Public[tuple[CategoryId, ...]] = Field(min_length=1)
    audiences: Public[tuple[AudienceId, ...]] = ()
    keywords: Public[Words] = Words()
    roles: Public[Roles]
    support: Public[Support] = Support()
    request: Public[Request | None] = None
    hours: Public[Hours | None] = None
    maintenance_window: Public[Maintenance | None] = None
    offerings: Public[tuple[Offering, ...]] = ()
    depends_on: Public[tuple[Dependency, ...]] = ()
    no_dependencies_reason: Text | None = None
    related: Public[tuple[ServiceId, ...]] = ()
    suppliers: tuple[SuppliedPart, ...] = ()
    components: tuple[NonEmpty, ...] = ()
    price: Public[Price | None] = None
    cost: Cost | None = None
    due_diligence: DueDiligence | None = None
    risks: tuple[Risk, ...] = ()
    no_risks_found: bool = False
    business_case: BusinessCaseId | None = None
    special_business_case: BusinessCaseId | None = None
    investment: Investment | None = None
    demand: tuple[Demand, ...] = ()
    customers: tuple[Subscription, ...] = ()
    criticality: Literal["low", "medium", "high", "vital"]
    data: Public[DataHandling | None] = None
    links: Public[tuple[Link, ...]] = ()
    review: Public[Review]
    changes: Public[tuple[Change, ...]] = ()
    sources: Public[tuple[SourceId, ...]] = ()
