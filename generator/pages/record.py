"""The staff record of a service: everything the portfolio knows about it. Staff only."""

from __future__ import annotations

from dataclasses import dataclass

from generator.languages import Phrase
from generator.model.service import Assessment, Risk, Service
from generator.model.translation import Freshness, freshness
from generator.pages import paging
from generator.pages.addresses import record_url
from generator.pages.finance import case_part, cost_grid, finance
from generator.pages.holdings import users, whole
from generator.pages.listing import all_of
from generator.pages.offering import offering
from generator.pages.page import Code, Heading, Link, Page, Prose, Sentence
from generator.pages.parts import (
    GridView,
    Pair,
    PartView,
    agreement_link,
    pairs,
    register_link,
    team,
)
from generator.pages.portfolio import record_link, warnings
from generator.pages.reader import Reader


@dataclass(frozen=True, slots=True)
class RecordView:
    """Everything on a staff record."""

    name: Phrase
    summary: Phrase
    id: Code
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
        tuple(Heading(part.id, part.title) for part in parts),
    )  # fmt: skip


def _has_content(part: PartView) -> bool:
    return bool(part.pairs or part.prose or part.offerings or any(g.rows for g in part.grids))


def _parts(r: Reader, s: Service, url: str) -> list[PartView]:
    cases = [case for case in (s.business_case, s.special_business_case) if case]
    return [
        PartView("summary", r.t("record.summary"), tuple(_summary(r, s))),
        PartView("description", r.t("service.about"), prose=(("", "", Prose(r.pick(s.description))),)),
        PartView("status", r.t("record.status"), grids=(_history(r, s),)),
        PartView("dependencies", r.t("record.dependencies"), grids=(_needs(r, s, url), _needed(r, s, url)),
                 pairs=pairs(r, ("record.no_dependencies", r.maybe(s.no_dependencies_reason)))),
        PartView("due-diligence", r.t("record.due-diligence"), tuple(_due_diligence(r, s))),
        PartView("risks", r.t("record.risks"), grids=(_risks(r, s.risks),)),
        PartView("finance", r.t("record.finance"), tuple(finance(r, s)), grids=(cost_grid(r, s),)),
        *(case_part(r, whole(r).business_cases[case], url) for case in cases),
        PartView("levels", r.t("service.levels"),
                 offerings=tuple(offering(r, o, url) for o in s.offerings)),
        PartView("demand", r.t("record.demand"), grids=(_demand(r, s),)),
        PartView("customers", r.t("record.customers"), grids=(_customers(r, s, url),)),
        PartView("suppliers", r.t("record.suppliers"), grids=(_suppliers(r, s, url),),
                 pairs=pairs(r, ("record.components", tuple(Code(c) for c in s.components)))),
        PartView("changes", r.t("service.changes"), grids=(_changes(r, s),)),
    ]  # fmt: skip


def _summary(r: Reader, s: Service) -> tuple[Pair, ...]:
    publish = s.publish
    window = None
    if publish:
        window = r.say("record.publish_from", date=r.day(publish.from_))
        if publish.until:
            window = r.say("record.publish_window", first=r.day(publish.from_), last=r.day(publish.until))  # fmt: skip
    return pairs(
        r,
        ("record.owner", team(r, s.roles.owner)),
        ("record.manager", team(r, s.roles.manager)),
        ("record.brm", team(r, s.roles.brm)),
        ("record.slm", team(r, s.roles.slm)),
        ("record.delegate", team(r, s.roles.delegate)),
        ("record.criticality", r.t(f"criticality.{s.criticality}")),
        ("record.package_role", r.t(f"package.{s.package_role}") if s.package_role else None),
        ("record.publish", window),
        ("record.classification",
         r.t(f"classification.{s.data.classification}") if s.data else None),
        ("record.last_review", r.day(s.review.last)),
        ("record.next_review", r.day(s.review.next)),
        ("record.closed_to_new", r.day(s.closed_to_new_on) if s.closed_to_new_on else None),
        ("record.ends", r.day(s.ends_on) if s.ends_on else None),
        ("record.translation", _translations(r, s)),
    )  # fmt: skip


def _translations(r: Reader, s: Service) -> tuple[Sentence, ...]:
    """How far each language is, for an entry that says something of it."""
    if not s.translation:
        return ()
    stated = freshness(s, r.all_languages, r.edition.source)
    return tuple(
        r.say("record.translation_line", language=r.t(f"language.{language.code}"),
              state=r.t(f"translation.{state}"))
        for language, state in stated.items() if state is not Freshness.SOURCE
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
    return GridView(
        (r.t("record.rests_on"), r.t("record.how"), r.t("record.note")),
        tuple(
            (
                (record_link(r, whole(r).mentioned(d.service), url),),
                (r.t(f"how.{d.how}"), *((r.t("how.critical"),) if d.critical else ())),
                (r.pick(d.note),) if d.note else (),
            )
            for d in s.depends_on
        ),
    )


def _needed(r: Reader, s: Service, url: str) -> GridView:
    """The services that rest on this one: computed, never written (V07)."""
    uses = [
        (other, d)
        for id_ in users(r.edition).get(s.id, ())[: paging.LIMIT]
        for other in (whole(r).mentioned(id_),)
        for d in other.depends_on
        if d.service == s.id
    ]
    return GridView(
        (r.t("record.supports"), r.t("record.how"), r.t("record.note")),
        tuple(
            (
                (record_link(r, other, url),),
                (r.t(f"how.{d.how}"), *((r.t("how.critical"),) if d.critical else ())),
                (r.pick(d.note),) if d.note else (),
            )
            for other, d in uses
        ),
        more=all_of(r, "rests-on", s.id, url),
    )


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
    return GridView(
        tuple(r.t(f"record.{key}") for key in ("customer", "offering", "since", "agreement")),
        tuple(
            (
                (register_link(r, "customers", c.customer, url),),
                (names.get(c.offering, c.offering),),
                (r.day(c.since),),
                (agreement_link(r, c.agreement, url),) if c.agreement else (),
            )
            for c in s.customers
        ),
    )  # fmt: skip


def _suppliers(r: Reader, s: Service, url: str) -> GridView:
    return GridView(
        tuple(r.t(f"record.{key}") for key in ("supplier", "part", "agreement")),
        tuple(
            (
                (register_link(r, "suppliers", x.supplier, url),),
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
