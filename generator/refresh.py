"""A site brought up to date after some services say something else: only the pages that it reaches.

That is possible while nothing else has changed, and nothing that is told of a service where it is not
looked up by its id: its names, its state, what it refers to (`values.outline`). Otherwise the whole
site is built. Either way gives the same files.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.audiences import Audience
from generator.cache import Cache, Stamp, stamps
from generator.orders import Order, Outcome, Published, Tell
from generator.problems import arrange
from generator.source import is_entry
from generator.standing import Notes, Site, UnknownError, identity, inputs


def refresh(order: Order, cache: Cache, tell: Tell) -> Outcome | None:
    """Bring the sites of an order up to date; nothing if they have to be built."""
    try:
        sites = [_site(order, audience, cache) for audience in order.audiences]
        settings = inputs(order.root, order.out)
        if any(site.standing.inputs != settings for site in sites):
            return None
        now = {path: s for path, s in stamps(order.root, "catalogue").items() if is_entry(path)}
        changed = {path for site in sites for path in _changed(now, site)}
        written = 0
        if changed:
            sites, written = _carry(order, sites, changed, cache, tell)
    except UnknownError:
        return None
    shown = (Published(s.folder, s.standing.pages, s.standing.size) for s in sites)
    problems = (problem for s in sites for problem in s.since.findings.all)
    return Outcome(arrange(problems), tuple(shown), written)


def _carry(
    order: Order, sites: list[Site], changed: set[str], cache: Cache, tell: Tell
) -> tuple[list[Site], int]:
    """The sites after a change was carried to all that it reaches, and the number of files written."""
    from generator.change import Change

    change = Change(order, sites, changed, cache, tell)
    written = change.publish()
    return change.sites, written


def _site(order: Order, audience: Audience, cache: Cache) -> Site:
    """The site of an audience, if it was made for the same day.

    A change that is pending may have reached a file, but not its companions.
    """
    notes, folder = Notes(cache, audience), order.out / audience
    standing, since = notes.read()
    if (standing.folder, standing.day) != (identity(folder), order.today):
        raise UnknownError
    compressing = order.compressing
    if standing.compressed != compressing or (compressing and since.pending):
        raise UnknownError
    return Site(folder, notes, standing, since)


def _changed(now: Mapping[str, Stamp], site: Site) -> set[str]:
    """The files of the catalogue that were written since they were read, or whose change is pending."""
    files = site.files
    if now.keys() != files.keys():
        raise UnknownError
    written = {path for path, stamp in now.items() if files[path].stamp != stamp}
    return written | site.since.pending
