"""Prices customers see and costs staff see."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from generator.model.base import Amount, Currency, Day, Duration, Public, Record
from generator.model.text import Text


class Money(Record):
    """An amount with its currency (ISO 4217)."""

    amount: Public[Amount]
    currency: Public[Currency]


class Price(Record):
    """What a customer pays, and by which policy (ITIL: charging)."""

    policy: Public[
        Literal[
            "free",
            "cost-recovery",
            "cost-plus",
            "going-rate",
            "market-price",
            "fixed-price",
            "notional",
            "cross-subsidised",
        ]
    ]
    model: Public[
        Literal[
            "none",
            "per-unit",
            "per-user",
            "subscription",
            "tiered",
            "metered",
            "peak",
            "per-request",
            "quote",
        ]
    ]
    amount: Public[Amount | None] = None
    currency: Public[Currency | None] = None
    per: Public[Text | None] = None
    period: Public[Duration | None] = None
    text: Public[Text | None] = None


class CostElement(Record):
    """One part of what a service costs its provider (ITIL: cost type and classification)."""

    name: Text
    type: Literal["hardware", "software", "people", "accommodation", "external-service", "transfer"]
    nature: Literal["direct", "indirect"]
    behaviour: Literal["fixed", "variable"]
    class_: Annotated[Literal["capital", "operational"], Field(alias="class")]
    amount: Amount


class Cost(Record):
    """What a service costs its provider; never published."""

    model: Literal["by-organisation", "by-service", "by-customer", "by-location", "hybrid"]
    elements: tuple[CostElement, ...] = ()
    currency: Currency
    unit_cost: Amount
    unit: Text
    period: Duration
    as_of: Day | None = None
