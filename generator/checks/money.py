"""Prices that are exact (V21) and that agree with what is known of costs (V22, V22b)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.model.catalogue import Catalogue
from generator.model.money import Cost, Price
from generator.model.service import Service
from generator.model.text import Text
from generator.model.walk import Keys
from generator.problems import Problem, Related, quote

_RECOVERING = ("cost-recovery", "cost-plus")


def prices(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V21: an amount has a currency, what is free says so, and notional prices say it too."""
    for id_, service in catalogue.services.items():
        for keys, price in _prices(service):
            for key, message, expected, hint in _faults(price):
                where = catalogue.at("service", id_, *keys, key)
                yield Problem(where, "V21", message, expected, hint)


def _prices(service: Service) -> Iterator[tuple[Keys, Price]]:
    if service.price is not None:
        yield ("price",), service.price
    for i, offering in enumerate(service.offerings):
        yield ("offerings", i, "price"), offering.price


_Fault = tuple[str, str, str, str]


def _faults(price: Price) -> Iterator[_Fault]:
    if price.policy == "free":
        yield from _free_faults(price)
    else:
        yield from _amount_faults(price)
        yield from _explanation_faults(price)


def _free_faults(price: Price) -> Iterator[_Fault]:
    if price.amount is not None:
        message = f"the price is free, and yet {price.amount}"
        yield "amount", message, "no amount", "remove it, or name another `policy`"
    elif price.currency is not None:
        yield "currency", f"the price is free, and yet in {price.currency}", "no currency", ""
    elif price.model != "none":
        yield "model", f"the price is free, and yet {quote(price.model)}", '"none"', ""


def _amount_faults(price: Price) -> Iterator[_Fault]:
    if price.amount is None and price.currency is not None:
        yield "currency", f"the currency {price.currency} has no amount", "`amount`", ""
    elif price.amount is not None and price.currency is None:
        message = f"the amount {price.amount} has no currency"
        yield "amount", message, "`currency` with a code of ISO 4217 such as OMR", ""
    if price.amount is not None and price.amount < 0:
        yield "amount", f"the amount is {price.amount}", "an amount above 0", ""
    elif price.amount == 0:
        hint = "if customers pay nothing, write `policy: free` and `model: none` without an amount"
        yield (
            "amount",
            f"the policy is {quote(price.policy)}, and the amount 0",
            "an amount above 0",
            hint,
        )


def _explanation_faults(price: Price) -> Iterator[_Fault]:
    explained = price.text is not None
    if price.policy == "notional":
        if not explained:
            yield "policy", "the price is notional", "a `text` that says that no money moves", ""
    elif price.model == "quote":
        if not explained:
            yield "model", "the price is on quotation", "a `text` that says how one gets it", ""
    elif price.model == "none":
        message = f'the policy is {quote(price.policy)}, and the model "none"'
        yield "model", message, "how the price is counted, such as per-unit", ""
    elif price.amount is None and price.currency is None:
        hint = "if the price depends on the order, write `model: quote` with a `text`"
        yield (
            "model",
            f"the price {quote(price.model)} has no amount",
            "`amount` and `currency`",
            hint,
        )


def dated_costs(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V22: a price that recovers costs knows as of when the costs were."""
    for id_, service in catalogue.services.items():
        if service.cost is None or service.cost.as_of is None:
            for keys, price in _prices(service):
                if price.policy == "cost-recovery":
                    yield _undated(catalogue, id_, keys)
                    break


def _undated(catalogue: Catalogue, id_: str, keys: Keys) -> Problem:
    known = catalogue.services[id_].cost is not None
    policy = catalogue.at("service", id_, *keys, "policy")
    return Problem(
        catalogue.at("service", id_, "cost") if known else policy,
        "V22",
        "`cost.as_of` is missing" if known else "the price recovers a cost that is not known",
        "the day of the costs" if known else "`cost` with its day, `as_of`",
        related=(Related(policy, "the price recovers costs"),) if known else (),
    )


def below_cost(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V22b: under cost recovery or cost plus, a price is not below the unit cost."""
    for id_, service in catalogue.services.items():
        if service.cost is not None:
            for keys, price in _prices(service):
                if price.policy in _RECOVERING and _is_below(price, service.cost):
                    yield _below_cost(catalogue, id_, keys, price, service.cost)


def _below_cost(catalogue: Catalogue, id_: str, keys: Keys, price: Price, cost: Cost) -> Problem:
    where = catalogue.at("service", id_, *keys, "amount")
    unit = Related(catalogue.at("service", id_, "cost", "unit_cost"), "the unit cost")
    message = f"the price is {price.amount} {price.currency}"
    return Problem(where, "V22b", message, f"at least {cost.unit_cost}, the unit cost", "", (unit,))


def _is_below(price: Price, cost: Cost) -> bool:
    """Whether a price is less than a cost in the same currency, for the same unit and period."""
    return (
        price.amount is not None
        and 0 < price.amount < cost.unit_cost
        and price.currency == cost.currency
        and price.period == cost.period
        and _same(price.per, cost.unit)
    )


def _same(one: Text | None, other: Text) -> bool:
    return one is not None and any(other.get(language) == text for language, text in one.items())
