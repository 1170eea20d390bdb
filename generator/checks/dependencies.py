"""What services rest on: that it is there, is used, and does not run in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from generator.checks.portfolio import offered
from generator.languages import Language, fold
from generator.model.catalogue import Catalogue
from generator.model.service import Service
from generator.problems import Location, Problem, Related, quote


def named(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V12: a customer-facing service of the catalogue says what it rests on."""
    for service in offered(catalogue):
        explained = service.depends_on or service.no_dependencies_reason is not None
        if service.type == "customer-facing" and not explained:
            where = catalogue.at("service", service.id, "depends_on")
            message = "the service names nothing it rests on"
            yield Problem(where, "V12", message, "`depends_on` or `no_dependencies_reason`")


def itself(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V14: no service rests on itself or is replaced by itself."""
    for id_, service in catalogue.services.items():
        for i, dependency in enumerate(service.depends_on):
            if dependency.service == id_:
                where = catalogue.at("service", id_, "depends_on", i, "service")
                yield Problem(where, "V14", f"{quote(id_)} rests on itself", "another service")
        if id_ in service.replaced_by:
            where = catalogue.at("service", id_, "replaced_by", service.replaced_by.index(id_))
            yield Problem(where, "V14", f"{quote(id_)} replaces itself", "another service")


def circles(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V14: `requires` does not run in a circle (ISO/IEC 20000-1:2018, 8.2.2)."""
    services = catalogue.services
    requires = {
        id_: [d.service for d in service.depends_on
              if d.how == "requires" and d.service in services and d.service != id_]
        for id_, service in services.items()
    }  # fmt: skip
    for circle in _circles(requires):
        steps = [*zip(circle, [*circle[1:], circle[0]], strict=True)]
        places = [_required_at(catalogue, *step) for step in steps]
        related = tuple(
            Related(where, f"{quote(a)} requires {quote(b)}")
            for where, (a, b) in zip(places[1:], steps[1:], strict=True)
        )
        way = " → ".join([*circle, circle[0]])
        yield Problem(places[0], "V14", f"`requires` runs in a circle: {way}", "no way back",
                      "remove one of these, or write `how: enhances`", related)  # fmt: skip


def _required_at(catalogue: Catalogue, service: str, required: str) -> Location:
    found = catalogue.services[service].depends_on
    i = next(i for i, d in enumerate(found) if d.service == required and d.how == "requires")
    return catalogue.at("service", service, "depends_on", i, "service")


def _circles(graph: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """A circle for each edge that leads back to where a walk in depth came from."""
    done: set[str] = set()
    for start in graph:
        way = {} if start in done else {start: iter(graph[start])}
        while way:
            here, rest = next(reversed(way.items()))
            there = next(rest, None)
            if there is None:
                done.add(here)
                del way[here]
            elif there in way:
                nodes = list(way)
                yield nodes[nodes.index(there) :]
            elif there not in done:
                way[there] = iter(graph[there])


def available(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V15: a published service requires only services that are there and stay."""
    for service in catalogue.services.values():
        if catalogue.section(service) != "catalogue":
            continue
        for i, dependency in enumerate(service.depends_on):
            target = catalogue.services.get(dependency.service)
            if dependency.how == "requires" and target is not None:
                yield from _unavailable(catalogue, service, i, target)


def _unavailable(
    catalogue: Catalogue, service: Service, i: int, target: Service
) -> Iterator[Problem]:
    if catalogue.section(target) == "pipeline":
        why = "is still in the pipeline"
    elif target.status == "retired":
        why = "is retired"
    elif target.status == "retiring" and not target.replaced_by:
        why = "is retiring without a replacement"
    else:
        return
    yield Problem(
        catalogue.at("service", service.id, "depends_on", i, "service"),
        "V15",
        f"the service requires {quote(target.id)}, which {why}",
        "a service of the catalogue",
        f"it is replaced by {quote(target.replaced_by[0])}" if target.replaced_by else "",
        (Related(catalogue.at("service", target.id, "status"), f"its status is {target.status}"),),
    )


def unused(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V16: something rests on every supporting service (ISO/IEC 20000-1:2018, 8.2.2)."""
    if any(kind == "service" and id_ not in catalogue.services for kind, id_ in catalogue.sources):
        return
    used = {
        dependency.service
        for id_, service in catalogue.services.items()
        if service.status not in ("retired", "rejected")
        for dependency in service.depends_on
        if dependency.service != id_
    }
    for service in offered(catalogue):
        if service.type == "supporting" and service.id not in used:
            where = catalogue.at("service", service.id, "id")
            message = f"no service rests on {quote(service.id)}"
            yield Problem(where, "V16", message, "a service that names it in `depends_on`")


def duplicates(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V16: no two services have the same name for the same audience."""
    first: dict[tuple[str, str], list[Service]] = {}
    told: set[tuple[str, str]] = set()
    for service in offered(catalogue):
        for language, spelt in names_of(service):
            namesakes = first.setdefault((language.code, spelt), [])
            for other in namesakes:
                if _same_audience(service, other) and (service.id, other.id) not in told:
                    told.add((service.id, other.id))
                    yield _duplicate(catalogue, service, other, language)
            namesakes.append(service)


def names_of(service: Service) -> Iterator[tuple[Language, str]]:
    """The names of a service as they are compared, each with its language."""
    return ((language, fold(name, language)) for language, name in service.name.items())


def bearers(catalogue: Catalogue) -> dict[tuple[str, str], tuple[str, ...]]:
    """The ids of the services with a name, by language and name as names are compared."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for id_, service in catalogue.services.items():
        for language, name in names_of(service):
            key = language.code, name
            found[key] = (*found.get(key, ()), id_)
    return found


def _same_audience(one: Service, other: Service) -> bool:
    return one.audiences == other.audiences or not set(one.audiences).isdisjoint(other.audiences)


def _duplicate(
    catalogue: Catalogue, service: Service, other: Service, language: Language
) -> Problem:
    return Problem(
        catalogue.at("service", service.id, "name", language.code),
        "V16",
        f"{quote(other.id)} has the same name, {quote(service.name.get(language))}",
        "a name of its own for each service of an audience",
        "merge the two, or rename one",
        (Related(catalogue.at("service", other.id, "name", language.code), "the other service"),),
    )


def repeated(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V17: dependencies and offerings of a service stand once."""
    for id_, service in catalogue.services.items():
        targets = [dependency.service for dependency in service.depends_on]
        yield from _repeated(catalogue, id_, "depends_on", "service", targets)
        offerings = [offering.id for offering in service.offerings]
        yield from _repeated(catalogue, id_, "offerings", "id", offerings)


def _repeated(
    catalogue: Catalogue, id_: str, field: str, key: str, values: list[str]
) -> Iterator[Problem]:
    if len(set(values)) == len(values):
        return
    for i, value in enumerate(values):
        if value in values[:i]:
            where = catalogue.at("service", id_, field, i, key)
            first = catalogue.at("service", id_, field, values.index(value), key)
            message = f"{quote(value)} stands twice in `{field}`"
            related = (Related(first, "first given here"),)
            yield Problem(where, "V17", message, "each once", "", related)
