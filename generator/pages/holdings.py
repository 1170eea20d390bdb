"""The whole portfolio as staff lists see it: a short row for each service. Staff only.

Only `holdings` goes through the services themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from generator.editions import Edition
from generator.languages import sort_key
from generator.model.catalogue import Catalogue
from generator.model.service import Service
from generator.pages.reader import Reader
from generator.pages.shelf import elsewhere

Holdings = tuple["Holding", ...]


class Holding(NamedTuple):
    """What lists know of a service in the portfolio; `worries` are the reasons to look after it."""

    id: str
    key: tuple[str, str]
    section: str
    status: str
    worries: int
    customers: tuple[str, ...]
    suppliers: tuple[str, ...]
    rests_on: tuple[str, ...]


class Portfolio:
    """The services of a portfolio by what they belong to, in the order of their ids."""

    def __init__(self, catalogue: Catalogue, rows: Holdings) -> None:
        self.catalogue, self.rows = catalogue, rows

    @cached_property
    def groups(self) -> dict[tuple[str, str], Holdings]:
        """Services by kind and id of what they belong to."""
        found: dict[tuple[str, str], dict[str, Holding]] = defaultdict(dict)
        for row in self.rows:
            for group in _groups(row):
                found[group][row.id] = row
        by_id = {row.id: row for row in self.rows}
        for kind, of in (("agreement", "agreement"), ("case", "business-case")):
            for id_, entry in self.catalogue.entries.get(of, {}).items():
                found[kind, id_] = {s: by_id[s] for s in getattr(entry, "services", ())}
        return {group: tuple(members.values()) for group, members in found.items()}

    def within(self, kind: str, id_: str) -> Holdings:
        """The services of a status, a customer, a supplier, an agreement or a business case, those
        that rest on a service, or those that need attention.
        """
        return self.groups.get((kind, id_), ())


def users(edition: Edition) -> dict[str, tuple[str, ...]]:
    """The ids of the services that rest on a service, by its id, in their order."""
    if "users" not in edition.rows:
        holdings(edition)
    found: dict[str, tuple[str, ...]] = edition.rows["users"]
    return found


def _users(rows: Holdings) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        for id_ in row.rests_on:
            found[id_][row.id] = None
    return {id_: tuple(ids) for id_, ids in found.items()}


def _groups(row: Holding) -> list[tuple[str, str]]:
    found = [("status", f"{row.section}-{row.status}")]
    found += (("customer", id_) for id_ in row.customers)
    found += (("supplier", id_) for id_ in row.suppliers)
    found += (("rests-on", id_) for id_ in row.rests_on)
    return [*found, ("attention", "all")] if row.worries else found


def whole(r: Reader) -> Catalogue:
    """The whole catalogue; only a staff edition has one."""
    assert r.edition.portfolio is not None
    return r.edition.portfolio


def portfolio(edition: Edition) -> Portfolio:
    """The portfolio of a staff edition: made once."""
    assert edition.portfolio is not None
    whole = edition.portfolio
    return edition.once("portfolio", lambda: Portfolio(whole, holdings(edition)))


def holdings(edition: Edition) -> Holdings:
    """A row for each service of the portfolio, by id."""
    assert edition.portfolio is not None
    if "portfolio" not in edition.rows:
        services = edition.portfolio.services.values()
        rows = tuple(_holding(edition, s) for s in services)
        edition.rows.update(portfolio=rows, users=_users(rows))
    found: Holdings = edition.rows["portfolio"]
    return found


def with_names(edition: Edition, found: Holdings, ids: Iterable[str]) -> Holdings:
    """Rows of an edition in which some services have other names now."""
    assert edition.portfolio is not None
    services = edition.portfolio.services
    fresh = {id_: _holding(edition, services[id_]) for id_ in ids}
    return tuple(fresh.get(row.id, row) for row in found)


def moved(before: Edition, now: Edition) -> set[str]:
    """The services that stand elsewhere than before in lists that are in the order of names."""
    old, new = ([row.id for row in sorted(holdings(e), key=_by_name)] for e in (before, now))
    return elsewhere(old, new)


def _by_name(row: Holding) -> tuple[str, str]:
    return row.key


def _holding(edition: Edition, s: Service) -> Holding:
    assert edition.portfolio is not None
    name = s.name.pick(edition.language).text
    return Holding(
        s.id, sort_key(name, edition.language), edition.portfolio.section(s), s.status,
        len(worries(edition, s)), tuple(x.customer for x in s.customers),
        tuple(x.supplier for x in s.suppliers), tuple(x.service for x in s.depends_on),
    )  # fmt: skip


def worries(edition: Edition, s: Service) -> list[tuple[str, date | None]]:
    """What needs attention soon, with its day: review, due diligence, publication (V10, V11)."""
    assert edition.portfolio is not None
    today, policy = edition.today, edition.portfolio.policy
    found: list[tuple[str, date | None]] = []
    if s.review.next < today:
        found.append(("review", s.review.next))
    until = s.due_diligence.valid_until if s.due_diligence else None
    if until and until <= today + timedelta(seconds=policy.due_diligence_notice.total_seconds):
        found.append(("due_diligence", until))
    if s.ends_on and s.status == "retiring":
        found.append(("ends", s.ends_on))
    listed = s.id in edition.availability
    if s.type == "customer-facing" and s.status == "operational" and not listed:
        found.append(("unlisted", None))
    return found
