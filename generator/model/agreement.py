"""Agreements about services: SLA, OLA and underpinning contract. Staff only."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.model.base import (
    CustomerId,
    Day,
    Entry,
    Record,
    ServiceId,
    SupplierId,
    TeamId,
)
from generator.model.offering import Target
from generator.model.text import Text


class Parties(Record):
    """Who agreed: the provider's team, and a customer (SLA), team (OLA) or supplier (UC)."""

    provider: TeamId
    customer: CustomerId | None = None
    team: TeamId | None = None
    supplier: SupplierId | None = None


class Agreement(Entry):
    """A documented agreement on service levels (ITIL: SLA, OLA, UC)."""

    kind: Literal["agreement"]
    name: Text
    type: Literal["SLA", "OLA", "UC"]
    structure: Literal["service-based", "customer-based", "multi-level"]
    parties: Parties
    services: tuple[ServiceId, ...] = Field(min_length=1)
    targets: tuple[Target, ...] = ()
    starts_on: Day
    review_on: Day
    ends_on: Day | None = None
