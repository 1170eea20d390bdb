"""The registers beside the portfolio: customers, agreements, suppliers, business cases. Staff only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from generator.languages import Phrase, sort_key
from generator.model.agreement import Agreement
from generator.model.customer import Contact, Customer
from generator.model.supplier import Supplier
from generator.pages.addresses import list_url
from generator.pages.finance import case_part
from generator.pages.offering import target_view
from generator.pages.page import Heading, Link, Page, Sentence
from generator.pages.parts import GridView, PartView, agreement_link, pairs
from generator.pages.portfolio import record_link, whole
from generator.pages.reader import Reader

Parts = tuple[PartView, PartView | None]
"""What an entry shows at once, and what it folds away."""


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One entry of a register; `id` is its anchor, `folded` what one opens to read."""

    id: str
    name: Phrase
    text: Phrase | Sentence | None
    part: PartView
    folded: PartView | None = None


@dataclass(frozen=True, slots=True)
class RegisterView:
    """A register."""

    title: str
    lead: str
    entries: tuple[RegisterEntry, ...]


def register_pages() -> list[Callable[[Reader], Page]]:
    """The four registers."""
    return [customers_page, agreements_page, suppliers_page, cases_page]


def customers_page(r: Reader) -> Page:
    """Customers with their layers, agreements and satisfaction."""
    url = list_url(r.language, "customers")
    return _register(
        r, "customers",
        ((c.id, c.name, c.business, _customer(r, c, url)) for c in whole(r).customers.values()),
    )  # fmt: skip


def _customer(r: Reader, c: Customer, url: str) -> Parts:
    taken = [s for s in whole(r).services.values() if any(x.customer == c.id for x in s.customers)]
    layers = (
        ("strategic", c.layers.strategic),
        ("tactical", c.layers.tactical),
        ("operational", c.layers.operational),
    )
    score = c.satisfaction
    contacts = tuple(_contact(r, layer, contact) for layer, found in layers for contact in found)
    heads = (r.t("register.layer"), r.t("register.role"), r.t("register.topics"))
    summary = PartView(
        c.id, "",
        pairs(
            r,
            ("register.type", r.t(f"customer.{c.type}")),
            ("record.brm", r.pick(whole(r).teams[c.brm].name)),
            ("register.outcomes", r.all(c.outcomes)),
            ("register.satisfaction", r.say("register.score", score=r.number(score.score),
             of=r.number(score.of), date=r.day(score.on)) if score else None),
            ("register.complaints", r.say("register.complaints_count", count=c.complaints_open)),
            ("register.agreements", tuple(agreement_link(r, a, url) for a in c.agreements)),
            ("register.services", tuple(record_link(r, s, url) for s in taken)),
        ),
    )  # fmt: skip
    return summary, _folded(r, "register.contacts", GridView(heads, contacts))


def _folded(r: Reader, title: str, grid: GridView) -> PartView | None:
    """A table that one opens to read."""
    return PartView("", r.t(title, count=len(grid.rows)), grids=(grid,)) if grid.rows else None


def _contact(r: Reader, layer: str, contact: Contact) -> tuple[tuple[Any, ...], ...]:
    return (r.t(f"layer.{layer}"),), (r.pick(contact.role),), (r.pick(contact.topics),)


def agreements_page(r: Reader) -> Page:
    """Service level agreements, operational level agreements and underpinning contracts."""
    url = list_url(r.language, "agreements")
    return _register(
        r, "agreements",
        ((a.id, a.name, None, _agreement(r, a, url)) for a in whole(r).agreements.values()),
    )  # fmt: skip


def _agreement(r: Reader, a: Agreement, url: str) -> Parts:
    catalogue, p = whole(r), a.parties
    parties = [catalogue.teams[p.provider].name]
    parties += [catalogue.customers[p.customer].name] if p.customer else []
    parties += [catalogue.teams[p.team].name] if p.team else []
    parties += [catalogue.suppliers[p.supplier].name] if p.supplier else []
    rows = tuple(target_view(r, target) for target in a.targets)
    heads = ("metric", "target", "window", "basis")
    targets = GridView(
        tuple(r.t(f"levels.{head}") for head in heads),
        tuple(
            ((t.metric, t.applies) if t.applies else (t.metric,), (t.target,), (t.window,),
             (t.basis,) if t.basis else ())
            for t in rows
        ),
    )  # fmt: skip
    summary = PartView(
        a.id, "",
        pairs(
            r,
            ("register.type", r.t(f"agreement.{a.type}")),
            ("register.structure", r.t(f"structure.{a.structure}")),
            ("register.parties", tuple(r.pick(name) for name in parties)),
            ("register.services",
             tuple(record_link(r, catalogue.services[s], url) for s in a.services)),
            ("register.starts", r.day(a.starts_on)),
            ("record.next_review", r.day(a.review_on)),
            ("record.ends", r.day(a.ends_on) if a.ends_on else None),
        ),
    )  # fmt: skip
    return summary, _folded(r, "register.targets", targets)


def suppliers_page(r: Reader) -> Page:
    """Suppliers with their contracts and what they contribute to."""
    url = list_url(r.language, "suppliers")
    return _register(
        r, "suppliers",
        ((s.id, s.name, s.role, _supplier(r, s, url)) for s in whole(r).suppliers.values()),
    )  # fmt: skip


def _supplier(r: Reader, supplier: Supplier, url: str) -> Parts:
    catalogue = whole(r)
    used = [
        s
        for s in catalogue.services.values()
        if any(x.supplier == supplier.id for x in s.suppliers)
    ]
    contracts = [a.id for a in catalogue.agreements.values() if a.parties.supplier == supplier.id]
    summary = PartView(
        supplier.id, "",
        pairs(
            r,
            ("register.evaluated", r.day(supplier.evaluated_on)),
            ("register.contact", r.channel(supplier.contact).address if supplier.contact else None),
            ("register.agreements", tuple(agreement_link(r, a, url) for a in contracts)),
            ("register.services", tuple(record_link(r, s, url) for s in used)),
        ),
    )  # fmt: skip
    return summary, None


def cases_page(r: Reader) -> Page:
    """Business cases with the services that rest on them."""
    url = list_url(r.language, "cases")
    services = whole(r).services
    entries = []
    for case in whole(r).business_cases.values():
        part = case_part(r, case, url)
        links: tuple[Link, ...] = tuple(record_link(r, services[s], url) for s in case.services)
        found = (*part.pairs[1:], *pairs(r, ("register.services", links)))
        summary = PartView(part.id, "", found, part.grids)
        text = PartView("", r.t("register.case_text"), prose=part.prose)
        entries.append((case.id, case.name, None, (summary, text)))
    return _register(r, "cases", entries)


def _register(r: Reader, name: str, entries: Iterable[tuple[str, Any, Any, Parts]]) -> Page:
    found = sorted(
        (
            RegisterEntry(id_, r.pick(text), r.maybe(line), *parts)
            for id_, text, line, parts in entries
        ),
        key=lambda entry: sort_key(entry.name.text, r.language),
    )
    title, lead = r.t(f"portfolio.{name}"), r.t(f"portfolio.{name}_lead")
    return Page(
        list_url(r.language, name), r.language, "portfolio", "register", title, lead,
        RegisterView(title, lead, tuple(found)), r.alternates(lambda lang: list_url(lang, name)),
        tuple(Heading(entry.id, entry.name) for entry in found), single=True,
    )  # fmt: skip
