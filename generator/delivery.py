"""An order is carried out: the sites are brought up to date where that suffices, or else built."""

from __future__ import annotations

from collections.abc import Callable

from generator import parallel
from generator.cache import Cache, program
from generator.orders import Order, Outcome
from generator.refresh import refresh

CACHE = ".cache"
"""Where what is kept for the next build stands, beside the sites."""


@parallel.keeping()
def carry_out(order: Order, say: Callable[[str], None]) -> Outcome:
    """Bring the sites up to date, or build them; those that stand stay if that is not possible.

    Raises LostError if the ledger has an address that a new site has not.
    """
    program.cache_clear()
    cache = Cache(order.out / CACHE) if order.caching else None
    if cache is not None and not order.recording and (found := refresh(order, cache)) is not None:
        return found
    from generator.publishing import publish

    return publish(order, cache, say)
