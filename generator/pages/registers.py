"""The registers beside the portfolio: customers, agreements, suppliers, business cases. Staff only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.editions import Edition
from generator.languages import Phrase
from generator.model.agreement import Agreement
from generator.model.business_case import BusinessCase
from generator.model.customer import Contact, Customer
from generator.model.supplier import Supplier
from generator.pages import paging
from generator.pages.addresses import further_url, list_url, page_url
from generator.pages.finance import case_part
from generator.pages.holdings import whole
from generator.pages.listing import services_of
from generator.pages.offering import target_view
from generator.pages.page import Heading, Page, Sentence
from generator.pages.paging import Pager
from generator.pages.parts import (
    KINDS_OF,
    GridView,
    PartView,
    agreement_link,
    in_register,
    pairs,
)
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
    """A register, or a page of it."""

    title: Phrase | Sentence | str
    lead: str
    entries: tuple[RegisterEntry, ...]
    pager: Pager | None = None


def _customer(r: Reader, c: Customer, url: str) -> Parts:
    """Layers, agreements and satisfaction of a customer."""
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
            ("register.services", services_of(r, "customer", c.id, url)),
        ),
    )  # fmt: skip
    return summary, _folded(r, "register.contacts", GridView(heads, contacts))


def _folded(r: Reader, title: str, grid: GridView) -> PartView | None:
    """A table that one opens to read."""
    return PartView("", r.t(title, count=len(grid.rows)), grids=(grid,)) if grid.rows else None


def _contact(r: Reader, layer: str, contact: Contact) -> tuple[tuple[Any, ...], ...]:
    return (r.t(f"layer.{layer}"),), (r.pick(contact.role),), (r.pick(contact.topics),)


def _agreement(r: Reader, a: Agreement, url: str) -> Parts:
    """A service level agreement, operational level agreement or underpinning contract."""
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
            ("register.services", services_of(r, "agreement", a.id, url)),
            ("register.starts", r.day(a.starts_on)),
            ("record.next_review", r.day(a.review_on)),
            ("record.ends", r.day(a.ends_on) if a.ends_on else None),
        ),
    )  # fmt: skip
    return summary, _folded(r, "register.targets", targets)


def _supplier(r: Reader, supplier: Supplier, url: str) -> Parts:
    """Contracts of a supplier, and what it contributes to."""
    catalogue = whole(r)
    contracts = [a.id for a in catalogue.agreements.values() if a.parties.supplier == supplier.id]
    summary = PartView(
        supplier.id, "",
        pairs(
            r,
            ("register.evaluated", r.day(supplier.evaluated_on)),
            ("register.contact", r.channel(supplier.contact).address if supplier.contact else None),
            ("register.agreements", tuple(agreement_link(r, a, url) for a in contracts)),
            ("register.services", services_of(r, "supplier", supplier.id, url)),
        ),
    )  # fmt: skip
    return summary, None


def _case(r: Reader, case: BusinessCase, url: str) -> Parts:
    """A business case with the services that rest on it."""
    part = case_part(r, case, url)
    links = services_of(r, "case", case.id, url)
    found = (*part.pairs[1:], *pairs(r, ("register.services", links)))
    summary = PartView(part.id, "", found, part.grids)
    return summary, PartView("", r.t("register.case_text"), prose=part.prose)


_PARTS: dict[str, Callable[[Reader, Any, str], Parts]] = {
    "customers": _customer,
    "agreements": _agreement,
    "suppliers": _supplier,
    "cases": _case,
}
_LINES = {"customers": "business", "suppliers": "role"}
"""The field that says in a line what an entry is."""


def register_pages(edition: Edition) -> Iterator[tuple[str, int]]:
    """Names and numbers of the pages of the four registers."""
    for name in _PARTS:
        pages = paging.page_count(len(in_register(edition, name)), paging.REGISTERED)
        yield from ((name, number) for number in range(1, pages + 1))


def register_page(r: Reader, name: str, number: int) -> Page:
    """A page of a register; the first one leads on to entries that stand on others."""
    first = list_url(r.language, name)
    url, ids = page_url(first, number), in_register(r.edition, name)
    shown = paging.part(ids, number, paging.REGISTERED)
    found = tuple(_entry(r, name, id_, url) for id_ in shown)
    pages = paging.page_count(len(ids), paging.REGISTERED)
    title = paging.titled(r, r.t(f"portfolio.{name}"), number)
    lead = r.t(f"portfolio.{name}_lead")
    view = RegisterView(title, lead, found, paging.pager(r, first, number, pages))
    later = ids[paging.REGISTERED :] if number == 1 else ()
    return Page(
        url, r.language, "portfolio", "register", title, lead, view,
        r.alternates(lambda lang: list_url(lang, name)),
        tuple(Heading(entry.id, entry.name) for entry in found), single=True,
        like=further_url(r.language, "register") if number > 1 else "",
        former=tuple((id_, f"page/{i // paging.REGISTERED + 2}/#{id_}") for i, id_ in enumerate(later)),
    )  # fmt: skip


def _entry(r: Reader, name: str, id_: str, url: str) -> RegisterEntry:
    entry: Any = whole(r).entries[KINDS_OF[name]][id_]
    line = r.maybe(getattr(entry, _LINES[name])) if name in _LINES else None
    return RegisterEntry(id_, r.pick(entry.name), line, *_PARTS[name](r, entry, url))
