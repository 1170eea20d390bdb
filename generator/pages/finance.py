"""Money on staff pages: cost, investment, business cases. Staff only."""

from __future__ import annotations

from generator.model.business_case import BusinessCase, Financials
from generator.model.service import Service
from generator.pages.page import Prose, Value
from generator.pages.parts import GridView, Pair, PartView, pairs, team
from generator.pages.reader import Reader


def finance(r: Reader, s: Service) -> tuple[Pair, ...]:
    """Cost model, unit cost and investment decision of a service."""
    cost = s.cost
    return pairs(
        r,
        ("record.cost_model", r.t(f"cost_model.{cost.model}") if cost else None),
        ("record.unit_cost", r.say("record.unit_cost_line", amount=r.money(cost.unit_cost, cost.currency),
                                   unit=r.pick(cost.unit), period=r.duration(cost.period)) if cost else None),
        ("record.as_of", r.day(cost.as_of) if cost and cost.as_of else None),
        ("record.investment", (r.t(f"investment.{s.investment.kind}"),
                               r.t(f"decision.{s.investment.decision}")) if s.investment else None),
    )  # fmt: skip


def cost_grid(r: Reader, s: Service) -> GridView:
    """The cost elements of a service."""
    heads = tuple(
        r.t(f"record.{head}") for head in ("element", "cost_type", "nature", "behaviour", "class")
    )
    cost = s.cost
    if cost is None:
        return GridView(heads, ())
    amounts = r.amounts((e.amount for e in cost.elements), cost.currency)
    return GridView(
        (*heads, r.in_currency("record.amount", cost.currency)),
        tuple(
            (
                (r.pick(e.name),), (r.t(f"cost.{e.type}"),), (r.t(f"cost.{e.nature}"),),
                (r.t(f"cost.{e.behaviour}"),), (r.t(f"cost.{e.class_}"),), (amount,),
            )
            for e, amount in zip(cost.elements, amounts, strict=True)
        ),
        frozenset({5}),
    )  # fmt: skip


def case_part(r: Reader, case: BusinessCase, url: str) -> PartView:
    """A business case: decision, five sections, money by year, other impacts."""
    charter = case.charter
    money = case.financials
    sections = (
        "introduction", "methods_and_assumptions", "business_impacts", "risks_and_contingencies",
        "recommendations",
    )  # fmt: skip
    id_ = f"case-{case.id.removeprefix('case-')}"
    return PartView(
        id_,
        r.t("record.case"),
        pairs(
            r,
            ("record.case_name", r.pick(case.name)),
            ("record.decision", r.t(f"case.{case.status}")),
            ("record.decided", r.day(case.decided_on) if case.decided_on else None),
            ("record.by", team(r, case.decided_by)),
            ("record.charter", r.say("record.charter_line", date=r.day(charter.on),
                                     budget=r.money(charter.budget.amount, charter.budget.currency))
             if charter else None),
            ("record.charter_scope", r.maybe(charter.scope) if charter else None),
            ("record.other_impacts", r.all(case.non_financial_impacts)),
        ),
        (_years(r, money),) if money else (),
        tuple((f"{id_}-{name.replace('_', '-')}", r.t(f"case.{name}"),
               Prose(r.pick(getattr(case, name)))) for name in sections),
    )  # fmt: skip


def _years(r: Reader, money: Financials) -> GridView:
    """The money of a business case by year, with the balance of each."""
    heads = ("investment_amount", "running_cost", "benefit", "balance")
    columns = (
        (y.investment for y in money.years),
        (y.running_cost for y in money.years),
        (y.benefit for y in money.years),
        (y.benefit - y.investment - y.running_cost for y in money.years),
    )
    written = [r.amounts(column, money.currency) for column in columns]
    return GridView(
        (r.t("record.year"), *(r.in_currency(f"record.{head}", money.currency) for head in heads)),
        tuple(
            ((Value(r.format.plain(y.year)),), *((amount,) for amount in amounts))
            for y, *amounts in zip(money.years, *written, strict=True)
        ),
        frozenset({1, 2, 3, 4}),
    )
