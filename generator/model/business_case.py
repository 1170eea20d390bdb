"""The business case: why money should be spent on a service. Staff only."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.model.base import Amount, Currency, Day, Entry, Record, ServiceId, TeamId
from generator.model.money import Money
from generator.model.text import Text


class FinancialYear(Record):
    """Money of one year, in the currency of the case."""

    year: int
    investment: Amount
    running_cost: Amount
    benefit: Amount


class Financials(Record):
    """The financial table of a business case."""

    currency: Currency
    years: tuple[FinancialYear, ...] = ()


class Charter(Record):
    """The order to build what was approved: when, by whom, with which budget (ITIL SPM)."""

    on: Day
    by: TeamId
    budget: Money
    scope: Text | None = None


class BusinessCase(Entry):
    """A decision paper in five parts (ITIL 2011, Service Strategy)."""

    kind: Literal["business-case"]
    name: Text
    services: tuple[ServiceId, ...] = Field(min_length=1)
    status: Literal["draft", "submitted", "approved", "rejected"]
    decided_on: Day | None = None
    decided_by: TeamId | None = None
    introduction: Text
    methods_and_assumptions: Text
    business_impacts: Text
    risks_and_contingencies: Text
    recommendations: Text
    financials: Financials | None = None
    charter: Charter | None = None
    non_financial_impacts: tuple[Text, ...] = ()
