"""An order is carried out: the sites are brought up to date where that suffices, or else built."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator import parallel
from generator.audiences import Audience
from generator.cache import Cache, program
from generator.orders import Order, Outcome, Tell
from generator.refresh import refresh

CACHE = ".cache"
"""Where what is kept for the next build stands, beside the sites."""


def _untold(audience: Audience, names: Sequence[str] | None) -> None:
    """Nobody wants to know."""


@parallel.keeping()
def carry_out(order: Order, say: Callable[[str], None], tell: Tell = _untold) -> Outcome:
    """Bring the sites up to date, or build them; those that stand stay if that is not possible.

    Raises LostError if the ledger has an address that a new site has not.
    """
    program.cache_clear()
    cache = Cache(order.out / CACHE) if order.caching else None
    if (
        cache is not None
        and not order.recording
        and (found := refresh(order, cache, tell)) is not None
    ):
        return found
    from generator.publishing import publish

    outcome = publish(order, cache, say)
    if outcome.sites:
        for audience in order.audiences:
            tell(audience, None)
    return outcome
