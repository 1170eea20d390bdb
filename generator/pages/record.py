"""The staff record of a service: everything the portfolio knows about it. Staff only."""

from __future__ import annotations

from dataclasses import dataclass

from generator.languages import BY_CODE, Phrase
from generator.model.business_case import BusinessCase
from generator.model.service import Assessment, Risk, Service
from generator.pages.addresses import record_url
from generator.pages.page import Code, Heading, Link, Page, Prose, Sentence, Value
from generator.pages.portfolio import record_link, warnings, whole
from generator.pages.reader import Reader
from generator.pages.service import OfferingView, Said, offering

Pair = tuple[str, tuple[Said | Link | Code | Prose, ...]]


@dataclass(frozen=True, slots=True)
class GridView:
    """A table: heads and rows of cells, each cell a tuple of things; `numeric` columns align at the end."""

    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[Said | Link | Code, ...], ...], ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of a record: a heading over pairs and tables."""

    id: str
    title: str
    pairs: tuple[Pair, ...] = ()
    grids: tuple[GridView, ...] = ()
    prose: tuple[tuple[str, Prose], ...] = ()
    offerings: tuple[OfferingView, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordView:
    """Everything on a staff record."""

    name: Phrase
    summary: Phrase
    id: Code
    section: str
    section_name: str
    status: str
    type: str
    public: Link | None
    warnings: tuple[Sentence | str, ...]
    parts: tuple[PartView, ...]


def record_page(r: Reader, id_: str) -> Page:
    """The staff record of one service."""
    catalogue = whole(r)
    service = catalogue.services[id_]
    url = record_url(r.language, id_)
    section = catalogue.section(service)
    parts = tuple(part for part in _parts(r, service, url) if _has_content(part))
    public = r.link("service", id_, url).href if r.edition.has_page("service", id_) else None
    view = RecordView(
        name=r.pick(service.name),
        summary=r.pick(service.summary),
        id=Code(id_),
        section=section,
        section_name=r.t(f"section.{section}"),
        status=r.t(f"status.{service.status}"),
        type=r.t(f"type.{service.type}"),
        public=Link(public, r.t("record.public")) if public else None,
        warnings=tuple(warnings(r, service)),
        parts=parts,
    )
    return Page(
        url, r.language, "portfolio", "record", view.name, view.summary, view,
        r.alternates(lambda lang: record_url(lang, id_)),
        tuple(Heading(part.id, part.title) for part in parts), staff_only=True,
    )  # fmt: skip


def _has_content(part: PartView) -> bool:
    return bool(part.pairs or part.prose or part.offerings or any(g.rows for g in part.grids))


def _parts(r: Reader, s: Service, url: str) -> list[PartView]:
    cases = [case for case in (s.business_case, s.special_business_case) if case]
    return [
        PartView("summary", r.t("record.summary"), tuple(_summary(r, s))),
        PartView("description", r.t("service.about"), prose=(("", Prose(r.pick(s.description))),)),
        PartView("status", r.t("record.status"), grids=(_history(r, s),)),
        PartView("dependencies", r.t("record.dependencies"), grids=(_needs(r, s, url), _needed(r, s, url)),
                 pairs=pairs(r, ("record.no_dependencies", r.maybe(s.no_dependencies_reason)))),
        PartView("due-diligence", r.t("record.due-diligence"), tuple(_due_diligence(r, s))),
        PartView("risks", r.t("record.risks"), grids=(_risks(r, s.risks),)),
        PartView("finance", r.t("record.finance"), tuple(_finance(r, s)), grids=(_cost(r, s),)),
        *(case_part(r, whole(r).business_cases[case], url) for case in cases),
        PartView("levels", r.t("service.levels"),
                 offerings=tuple(offering(r, o, url) for o in s.offerings)),
        PartView("demand", r.t("record.demand"), grids=(_demand(r, s),)),
        PartView("customers", r.t("record.customers"), grids=(_customers(r, s, url),)),
        PartView("suppliers", r.t("record.suppliers"), grids=(_suppliers(r, s, url),),
                 pairs=pairs(r, ("record.components", tuple(Code(c) for c in s.components)))),
        PartView("changes", r.t("service.changes"), grids=(_changes(r, s),)),
    ]  # fmt: skip


def pairs(r: Reader, *labelled: tuple[str, object]) -> tuple[Pair, ...]:
    """Label and value, for the values that are there."""
    found: list[Pair] = []
    for key, value in labelled:
        if value:
            found.append((r.t(key), value if isinstance(value, tuple) else (value,)))
    return tuple(found)


def _team(r: Reader, id_: str | None) -> Phrase | None:
    return r.pick(whole(r).teams[id_].name) if id_ else None


def _summary(r: Reader, s: Service) -> tuple[Pair, ...]:
    publish = s.publish
    window = None
    if publish:
        window = r.say("record.publish_from", date=r.day(publish.from_))
        if publish.until:
            window = r.say("record.publish_window", first=r.day(publish.from_), last=r.day(publish.until))  # fmt: skip
    return pairs(
        r,
        ("record.owner", _team(r, s.roles.owner)),
        ("record.manager", _team(r, s.roles.manager)),
        ("record.brm", _team(r, s.roles.brm)),
        ("record.slm", _team(r, s.roles.slm)),
        ("record.delegate", _team(r, s.roles.delegate)),
        ("record.criticality", r.t(f"criticality.{s.criticality}")),
        ("record.package_role", r.t(f"package.{s.package_role}") if s.package_role else None),
        ("record.publish", window),
        ("record.classification",
         r.t(f"classification.{s.data.classification}") if s.data else None),
        ("record.last_review", r.day(s.review.last)),
        ("record.next_review", r.day(s.review.next)),
        ("record.closed_to_new", r.day(s.closed_to_new_on) if s.closed_to_new_on else None),
        ("record.ends", r.day(s.ends_on) if s.ends_on else None),
        ("record.translation", tuple(
            r.say("record.translation_line", language=BY_CODE[code].name, state=r.t(f"translation.{x.state}"))
            for code, x in s.translation.items())),
    )  # fmt: skip


def _history(r: Reader, s: Service) -> GridView:
    return GridView(
        tuple(r.t(key) for key in ("record.date", "record.status", "record.by", "record.note")),
        tuple(
            (
                (r.day(step.on),),
                (r.t(f"status.{step.status}"),),
                (r.pick(whole(r).teams[step.by].name),),
                (r.pick(step.note),) if step.note else (),
            )
            for step in s.status_history
        ),
    )


def _needs(r: Reader, s: Service, url: str) -> GridView:
    services = whole(r).services
    return GridView(
        (r.t("record.rests_on"), r.t("record.how"), r.t("record.note")),
        tuple(
            (
                (record_link(r, services[d.service], url),),
                (r.t(f"how.{d.how}"), *((r.t("how.critical"),) if d.critical else ())),
                (r.pick(d.note),) if d.note else (),
            )
            for d in s.depends_on
        ),
    )


def _needed(r: Reader, s: Service, url: str) -> GridView:
    services = whole(r).services
    users = [
        (other, d) for id_ in dependants(r).get(s.id, ()) for other in (services[id_],)
        for d in other.depends_on if d.service == s.id
    ]  # fmt: skip
    return GridView(
        (r.t("record.supports"), r.t("record.how"), r.t("record.note")),
        tuple(
            (
                (record_link(r, other, url),),
                (r.t(f"how.{d.how}"), *((r.t("how.critical"),) if d.critical else ())),
                (r.pick(d.note),) if d.note else (),
            )
            for other, d in users
        ),
    )


def dependants(r: Reader) -> dict[str, list[str]]:
    """Which services rest on which: computed, never written (V07)."""
    found: dict[str, list[str]] = r.memo.get("dependants", {})
    if not found:
        for service in whole(r).services.values():
            for dependency in service.depends_on:
                found.setdefault(dependency.service, []).append(service.id)
        r.memo["dependants"] = found
    return found


def _due_diligence(r: Reader, s: Service) -> tuple[Pair, ...]:
    found = s.due_diligence
    if found is None:
        return ()
    return pairs(
        r,
        ("record.result", r.t(f"due_diligence.{found.result}")),
        ("record.cost_assessed", _assessment(r, found.cost)),
        ("record.risk_assessed", _assessment(r, found.risk)),
        ("record.valid_until", r.deadline(found.valid_until) if found.valid_until else None),
    )


def _assessment(r: Reader, found: Assessment | None) -> Sentence | None:
    if found is None:
        return None
    by = r.pick(whole(r).teams[found.by].name)
    return r.say("record.assessment", date=r.day(found.on), by=by, ref=Code(found.ref))


def _risks(r: Reader, risks: tuple[Risk, ...]) -> GridView:
    keys = ("risk", "probability", "impact", "exposure", "response", "risk_owner", "review")
    return GridView(
        tuple(r.t(f"record.{key}") for key in keys),
        tuple(
            (
                (r.pick(risk.title),),
                (r.number(risk.probability),),
                (r.number(risk.impact),),
                (r.number(risk.probability * risk.impact),),
                (r.pick(risk.response),),
                (r.pick(whole(r).teams[risk.owner].name),),
                (r.day(risk.review_on),),
            )
            for risk in sorted(risks, key=lambda x: -x.probability * x.impact)
        ),
        frozenset({1, 2, 3}),
    )


def _finance(r: Reader, s: Service) -> tuple[Pair, ...]:
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


def _cost(r: Reader, s: Service) -> GridView:
    heads = ("element", "cost_type", "nature", "behaviour", "class", "amount")
    cost = s.cost
    return GridView(
        tuple(r.t(f"record.{head}") for head in heads),
        tuple(
            (
                (r.pick(e.name),), (r.t(f"cost.{e.type}"),), (r.t(f"cost.{e.nature}"),),
                (r.t(f"cost.{e.behaviour}"),), (r.t(f"cost.{e.class_}"),),
                (r.money(e.amount, cost.currency),),
            )
            for e in cost.elements
        )
        if cost
        else (),
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
    years = GridView(
        tuple(r.t(f"record.{k}") for k in ("year", "investment_amount", "running_cost", "benefit", "balance")),
        tuple(
            (
                (Value(r.format.plain(y.year)),),
                *((r.money(amount, money.currency),) for amount in (
                    y.investment, y.running_cost, y.benefit, y.benefit - y.investment - y.running_cost)),
            )
            for y in money.years
        ) if money else (),
        frozenset({1, 2, 3, 4}),
    )  # fmt: skip
    return PartView(
        f"case-{case.id.removeprefix('case-')}",
        r.t("record.case"),
        pairs(
            r,
            ("record.case_name", r.pick(case.name)),
            ("record.decision", r.t(f"case.{case.status}")),
            ("record.decided", r.day(case.decided_on) if case.decided_on else None),
            ("record.by", _team(r, case.decided_by)),
            ("record.charter", r.say("record.charter_line", date=r.day(charter.on),
                                     budget=r.money(charter.budget.amount, charter.budget.currency))
             if charter else None),
            ("record.charter_scope", r.maybe(charter.scope) if charter else None),
            ("record.other_impacts", r.all(case.non_financial_impacts)),
        ),
        (years,),
        tuple((r.t(f"case.{name}"), Prose(r.pick(getattr(case, name)))) for name in sections),
    )  # fmt: skip


def _demand(r: Reader, s: Service) -> GridView:
    return GridView(
        tuple(r.t(f"record.{key}") for key in ("pattern", "user_profile", "volume")),
        tuple(
            ((r.pick(d.pattern),), (r.pick(d.user_profile),),
             (r.say("record.volume_line", value=r.number(d.volume), unit=r.pick(d.unit),
                    period=r.duration(d.period)),))
            for d in s.demand
        ),
    )  # fmt: skip


def _customers(r: Reader, s: Service, url: str) -> GridView:
    names = {o.id: r.pick(o.name) for o in s.offerings}
    catalogue = whole(r)
    return GridView(
        tuple(r.t(f"record.{key}") for key in ("customer", "offering", "since", "agreement")),
        tuple(
            (
                (Link(f"{r.list_link('customers', url)}#{c.customer}",
                      r.pick(catalogue.customers[c.customer].name)),),
                (names.get(c.offering, c.offering),),
                (r.day(c.since),),
                (agreement_link(r, c.agreement, url),) if c.agreement else (),
            )
            for c in s.customers
        ),
    )  # fmt: skip


def agreement_link(r: Reader, id_: str, url: str) -> Link:
    """A link to an agreement in the staff list."""
    name = r.pick(whole(r).agreements[id_].name)
    return Link(f"{r.list_link('agreements', url)}#{id_}", name)


def _suppliers(r: Reader, s: Service, url: str) -> GridView:
    suppliers = whole(r).suppliers
    return GridView(
        tuple(r.t(f"record.{key}") for key in ("supplier", "part", "agreement")),
        tuple(
            (
                (Link(f"{r.list_link('suppliers', url)}#{x.supplier}",
                      r.pick(suppliers[x.supplier].name)),),
                (r.pick(x.part),),
                (agreement_link(r, x.agreement, url),) if x.agreement else (),
            )
            for x in s.suppliers
        ),
    )  # fmt: skip


def _changes(r: Reader, s: Service) -> GridView:
    return GridView(
        (r.t("record.date"), r.t("record.note"), r.t("record.seen_by")),
        tuple(
            ((r.day(c.on),), (r.pick(c.note),), (r.t(f"record.seen_by_{c.who}"),))
            for c in sorted(s.changes, key=lambda c: c.on, reverse=True)
        ),
    )
