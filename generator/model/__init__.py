"""What a catalogue is made of: one concept a file, all of them frozen."""

from generator.model.agreement import Agreement
from generator.model.audience import ServiceAudience
from generator.model.base import Entry
from generator.model.business_case import BusinessCase
from generator.model.calendar import Calendar
from generator.model.category import Category
from generator.model.comparison import Comparison
from generator.model.customer import Customer
from generator.model.organisation import Organisation
from generator.model.policy import Policy
from generator.model.process import Process
from generator.model.question import Question
from generator.model.service import Service
from generator.model.source import Publication
from generator.model.supplier import Supplier
from generator.model.team import Team
from generator.model.term import Term
from generator.model.tombstone import Tombstone

KINDS: dict[str, type[Entry]] = {
    "organisation": Organisation,
    "policy": Policy,
    "service": Service,
    "category": Category,
    "audience": ServiceAudience,
    "team": Team,
    "customer": Customer,
    "supplier": Supplier,
    "agreement": Agreement,
    "calendar": Calendar,
    "business-case": BusinessCase,
    "process": Process,
    "comparison": Comparison,
    "term": Term,
    "question": Question,
    "source": Publication,
    "tombstone": Tombstone,
}
"""Every kind of entry, by the word that stands under `kind`."""
