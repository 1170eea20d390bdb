"""What customers are told of the status of a service."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from generator.model.catalogue import Catalogue
from generator.model.service import Service


class Availability(StrEnum):
    """What a customer is told about the status of a service."""

    AVAILABLE = "available"
    ANNOUNCED = "announced"
    CLOSING = "closing"
    CLOSED = "closed"


def availabilities(catalogue: Catalogue, today: date) -> dict[str, Availability]:
    """What customers are told of each service that they may know of, by its id."""
    found = {id_: availability_of(catalogue, s, today) for id_, s in catalogue.services.items()}
    return {id_: availability for id_, availability in found.items() if availability is not None}


def availability_of(catalogue: Catalogue, service: Service, today: date) -> Availability | None:
    """What customers are told of a service, or None for one they may not know of (model 4.3)."""
    if service.type == "supporting":
        return None
    window = service.publish
    if window and (today < window.from_ or (window.until and today > window.until)):
        return None
    if catalogue.never_offered(service):
        return None
    section = catalogue.section(service)
    if service.status == "retiring":
        ended = service.ends_on is not None and service.ends_on < today
        return Availability.CLOSED if ended else Availability.CLOSING
    if section == "retired":
        lifetime = timedelta(seconds=catalogue.policy.retired_page_lifetime.total_seconds)
        since = service.ends_on or service.status_history[-1].on
        return Availability.CLOSED if today <= since + lifetime else None
    if section == "catalogue":
        later = service.available_from is not None and service.available_from > today
        return Availability.ANNOUNCED if later else Availability.AVAILABLE
    return Availability.ANNOUNCED if catalogue.is_announced(service) else None
