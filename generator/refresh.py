"""A site brought up to date after some services say something else: only the pages that it reaches.

That is possible while nothing else has changed, and nothing that is told of a service where it is not
looked up by its id: its names, its state, what it refers to (`values.outline`). Otherwise the whole
site is built. Either way gives the same files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from generator.audiences import Audience
from generator.cache import Cache, Stamp, stamps
from generator.notes import Notes, Site
from generator.orders import Order, Outcome, Published, Tell
from generator.problems import arrange
from generator.source import is_entry, is_page
from generator.standing import News, UnknownError, UnsoundError, identity, inputs
from generator.values import Known


def refresh(order: Order, cache: Cache, tell: Tell) -> Outcome | None:
    """Bring the sites of an order up to date; nothing if they have to be built."""
    try:
        sites = [_site(order, audience, cache) for audience in order.audiences]
        news = _news(order, sites)
        written = 0
        if news.files or news.pages:
            sites, written = _carry(order, sites, news, cache, tell)
    except UnknownError:
        return None
    except UnsoundError as error:
        return Outcome(error.problems)
    shown = (Published(s.folder, s.standing.pages, s.standing.size) for s in sites)
    problems = (problem for s in sites for problem in s.since.findings.all)
    return Outcome(arrange(problems), tuple(shown), written)


def _carry(
    order: Order, sites: list[Site], news: News, cache: Cache, tell: Tell
) -> tuple[list[Site], int]:
    """The sites after a change was carried to all that it reaches, and the number of files written."""
    from generator.change import Change

    return Change(order, sites, news, cache, tell).publish()


def _site(order: Order, audience: Audience, cache: Cache) -> Site:
    """The site of an audience, if it was made for the same day.

    A change that is pending may have reached a file, but not its companions; and nothing tells then where a
    service with another name stood in lists meanwhile.
    """
    notes, folder = Notes(cache, audience), order.out / audience
    standing, since = notes.read()
    if (standing.folder, standing.day) != (identity(folder), order.today):
        raise UnknownError
    compressing = order.compressing
    if standing.compressed != compressing or (compressing and since.pending) or since.is_retelling:
        raise UnknownError
    return Site(folder, notes, standing, since)


def _news(order: Order, sites: Sequence[Site]) -> News:
    """What was written since some sites were made. Raises UnknownError if it may reach all of them."""
    files = {path: s for path, s in stamps(order.root, "catalogue").items() if is_entry(path)}
    others = inputs(order.root, order.out)
    return News(
        frozenset(chain.from_iterable(_written(files, site.files, site) for site in sites)),
        frozenset(chain.from_iterable(_rewritten(others, site) for site in sites)),
        others,
    )


def _written(now: Mapping[str, Stamp], known: Mapping[str, Known], site: Site) -> Iterator[str]:
    """The files of the catalogue that were written since they were read, or whose change is pending."""
    if now.keys() != known.keys():
        raise UnknownError
    for path, stamp in now.items():
        if known[path].stamp != stamp or path in site.since.pending:
            yield path


def _rewritten(now: Mapping[str, Stamp], site: Site) -> Iterator[str]:
    """The hand-written pages that were written; nothing else may be another, and none pending."""
    if now.keys() != site.inputs.keys() or any(map(is_page, site.since.pending)):
        raise UnknownError
    for path, stamp in now.items():
        if site.inputs[path] != stamp:
            if not is_page(path):
                raise UnknownError
            yield path
