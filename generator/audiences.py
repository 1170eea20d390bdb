"""Who reads a site."""

from enum import StrEnum


class Audience(StrEnum):
    """Who reads an edition."""

    CUSTOMER = "customer"
    STAFF = "staff"
