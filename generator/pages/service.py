"""The page of one service, in the order in which customers ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from generator.availability import Availability
from generator.languages import Phrase
from generator.model.calendar import Calendar
from generator.model.service import Request, Service
from generator.pages.addresses import entry_url
from generator.pages.citations import Sources, SourceView
from generator.pages.hours import WeekView, week
from generator.pages.offering import OfferingView, Said, offering, price_line
from generator.pages.page import Code, Heading, Link, Page, Prose, Sentence, Value
from generator.pages.reader import ChannelView, Reader


@dataclass(frozen=True, slots=True)
class RequestView:
    """How one gets the service."""

    mode: str
    button: Link | None
    steps: tuple[Phrase, ...]
    prerequisites: tuple[Phrase, ...]
    lead_time: Sentence | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One cell of the facts strip; `icon` names a symbol of the theme."""

    icon: str
    label: str
    values: tuple[Said | Link, ...]


@dataclass(frozen=True, slots=True)
class ServiceView:
    """Everything on a service page."""

    id: str
    availability: Availability
    badge: Said
    name: Phrase
    summary: Phrase
    staff_record: str | None
    category: Link | None
    notices: tuple[Said, ...]
    replacements: tuple[Link, ...]
    no_replacement: Phrase | None
    migration: Prose | None
    description: Prose | None
    facts: tuple[Fact, ...]
    outcomes: tuple[Phrase, ...]
    business_processes: tuple[Phrase, ...]
    utility: Phrase | None
    warranty: Phrase | None
    audiences: tuple[Link, ...]
    request: RequestView | None
    price: Said | None
    price_policy: str
    price_note: Phrase | None
    offerings: tuple[OfferingView, ...]
    service_hours: WeekView | None
    support_hours: WeekView | None
    maintenance: Said | None
    channels: tuple[ChannelView, ...]
    escalation: ChannelView | None
    complaints: ChannelView | None
    in_scope: tuple[Phrase, ...]
    out_of_scope: tuple[Phrase, ...]
    rests_on: tuple[Link, ...]
    related: tuple[Link, ...]
    data_location: Phrase | None
    data_personal: str
    privacy: Code | None
    links: tuple[Link, ...]
    changes: tuple[tuple[Value, Phrase], ...]
    owner: Phrase
    aliases: tuple[str, ...]
    keywords: tuple[str, ...]
    reviewed: Value | None
    sources: tuple[SourceView, ...]
    heading: dict[str, str]


def service_page(reader: Reader, id_: str) -> Page:
    """The page of a service that customers may see."""
    service = reader.edition.public.services[id_]
    url = entry_url(reader.language, "service", id_)
    view = _view(reader, service, url)
    return Page(
        url=url,
        language=reader.language,
        section="services",
        template="service",
        title=view.name,
        description=view.summary,
        view=view,
        alternates=reader.entry_alternates("service", id_),
        toc=tuple(Heading(key, title) for key, title in view.heading.items()),
    )


def _view(r: Reader, s: Service, url: str) -> ServiceView:
    availability = r.edition.availability[s.id]
    closed = availability is Availability.CLOSED
    maintenance = s.maintenance_window
    links = () if closed else s.links
    price = price_line(r, s.price) if s.price else None
    view = ServiceView(
        id=s.id,
        availability=availability,
        badge=badge(r, s, availability, r.deadline),
        name=r.pick(s.name),
        summary=r.pick(s.summary),
        staff_record=r.record(s.id, url) if r.edition.portfolio else None,
        category=r.link("category", s.categories[0], url) if s.categories else None,
        notices=tuple(_notices(r, s, availability)),
        replacements=r.links("service", s.replaced_by, url),
        no_replacement=r.maybe(s.no_replacement_reason),
        migration=Prose(r.pick(s.migration)) if s.migration else None,
        description=None if closed else Prose(r.pick(s.description)),
        facts=() if closed else tuple(_facts(r, s, url, price)),
        outcomes=r.all(s.outcomes),
        business_processes=r.all(s.business_processes),
        utility=r.maybe(s.utility),
        warranty=r.maybe(s.warranty),
        audiences=r.links("audience", s.audiences, url),
        request=_request(r, s.request),
        price=price,
        price_policy=r.t(f"policy.{s.price.policy}") if s.price else "",
        price_note=r.maybe(s.price.text) if s.price else None,
        offerings=tuple(offering(r, o, url) for o in s.offerings),
        service_hours=week(r, _calendar(r, s.hours.service)) if s.hours else None,
        support_hours=week(r, _calendar(r, s.hours.support)) if s.hours else None,
        maintenance=r.say(
            "hours.maintenance_line",
            calendar=r.calendar(maintenance.calendar),
            notice=r.duration(maintenance.notice),
        )
        if maintenance
        else None,
        channels=tuple(r.channel(c) for c in s.support.channels),
        escalation=r.channel(s.support.escalation) if s.support.escalation else None,
        complaints=r.channel(s.support.complaints) if s.support.complaints else None,
        in_scope=r.all(s.in_scope),
        out_of_scope=r.all(s.out_of_scope),
        rests_on=r.links("service", tuple(d.service for d in s.depends_on), url),
        related=r.links("service", s.related, url),
        data_location=r.pick(s.data.location) if s.data else None,
        data_personal=r.t(f"data.personal.{str(s.data.personal).lower()}") if s.data else "",
        privacy=Code(s.data.privacy_url, s.data.privacy_url)
        if s.data and s.data.privacy_url
        else None,
        links=tuple(Link(link.url, r.pick(link.label)) for link in links),
        changes=tuple(
            (r.day(c.on), r.pick(c.note))
            for c in sorted(s.changes, key=lambda c: c.on, reverse=True)
            if c.on <= r.edition.today
        ),
        owner=r.pick(r.edition.public.teams[s.roles.owner].name),
        aliases=s.aliases.get(r.language),
        keywords=s.keywords.get(r.language),
        reviewed=r.day(s.review.last) if s.review else None,
        sources=Sources(r, s.sources).views(),
        heading={},
    )
    view.heading.update(_headings(r, view))
    return view


def _headings(r: Reader, v: ServiceView) -> dict[str, str]:
    """The sections that have something to say, in the order of the page."""
    present = {
        "leaving": bool(v.replacements or v.no_replacement or v.migration),
        "about": bool(v.description),
        "outcomes": bool(v.outcomes or v.business_processes or v.utility or v.warranty),
        "audience": bool(v.audiences),
        "request": bool(v.request),
        "price": bool(v.price),
        "levels": bool(v.offerings),
        "hours": bool(v.service_hours),
        "help": bool(v.channels or v.escalation or v.complaints),
        "scope": bool(v.in_scope or v.out_of_scope),
        "related": bool(v.related or v.rests_on),
        "data": bool(v.data_location),
        "links": bool(v.links),
        "changes": bool(v.changes),
        "entry": True,
    }
    found = {key: r.t(f"service.{key}") for key, shown in present.items() if shown}
    return found | ({"sources": r.t("sources")} if v.sources else {})


def badge(
    r: Reader, s: Service, availability: Availability, written: Callable[[date], Value]
) -> Said:
    """The status in plain words, with its day as `written`."""
    if availability is Availability.ANNOUNCED and s.available_from:
        return r.say("availability.announced", date=written(s.available_from))
    if availability is Availability.CLOSING and s.ends_on:
        return r.say("availability.closing", date=written(s.ends_on))
    return r.t("availability.available" if availability is Availability.AVAILABLE
               else "availability.closed")  # fmt: skip


def _notices(r: Reader, s: Service, availability: Availability) -> list[Said]:
    if availability is Availability.CLOSING:
        found: list[Said] = []
        if s.closed_to_new_on:
            found.append(r.say("service.closed_to_new", date=r.deadline(s.closed_to_new_on)))
        if s.ends_on:
            found.append(r.say("service.ends", date=r.deadline(s.ends_on)))
        return found
    if availability is Availability.CLOSED:
        return [r.say("service.ended", date=r.deadline(s.ends_on))] if s.ends_on else [
            r.t("service.ended_undated")
        ]  # fmt: skip
    if availability is Availability.ANNOUNCED and s.available_from:
        return [r.say("service.announced", date=r.deadline(s.available_from))]
    return []


def _facts(r: Reader, s: Service, url: str, price: Said | None) -> list[Fact]:
    facts = []
    if price:
        facts.append(Fact("price", r.t("fact.price"), (price,)))
    if s.hours:
        facts.append(Fact("hours", r.t("fact.hours"), (r.calendar(s.hours.service),)))
    if s.request and s.request.lead_time:
        facts.append(Fact("lead-time", r.t("fact.lead_time"), (r.duration(s.request.lead_time),)))
    if s.audiences:
        facts.append(Fact("audience", r.t("fact.who"), r.links("audience", s.audiences, url)))
    return facts


def _request(r: Reader, request: Request | None) -> RequestView | None:
    if request is None:
        return None
    return RequestView(
        mode=r.t(f"request.mode.{request.mode}"),
        button=Link(request.url, r.t(f"request.button.{request.mode}")) if request.url else None,
        steps=r.all(request.steps),
        prerequisites=r.all(request.prerequisites),
        lead_time=r.say("request.lead_time", time=r.duration(request.lead_time))
        if request.lead_time
        else None,
    )


def _calendar(r: Reader, id_: str) -> Calendar:
    return r.edition.public.calendars[id_]
