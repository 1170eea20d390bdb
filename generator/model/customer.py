"""A customer of the provider, by layers (ITIL: customer portfolio). Staff only."""

from __future__ import annotations

from typing import Literal

from generator.model.base import AgreementId, Amount, Day, Entry, Record, TeamId
from generator.model.text import Text


class Contact(Record):
    """A role on the customer's side and what it is asked about."""

    role: Text
    topics: Text


class Layers(Record):
    """The customer's strategic, tactical and operational contacts."""

    strategic: tuple[Contact, ...] = ()
    tactical: tuple[Contact, ...] = ()
    operational: tuple[Contact, ...] = ()


class Satisfaction(Record):
    """A measured score, out of `of`, on a day."""

    score: Amount
    of: Amount
    on: Day


class Customer(Entry):
    """A group that takes services: inside the provider's organisation, or outside it."""

    kind: Literal["customer"]
    name: Text
    type: Literal["internal", "external"]
    business: Text
    outcomes: tuple[Text, ...] = ()
    layers: Layers
    brm: TeamId
    agreements: tuple[AgreementId, ...] = ()
    satisfaction: Satisfaction | None = None
    complaints_open: int = 0
