"""A change of some services and hand-written pages on its way to all that it reaches, and no further."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from generator import parallel
from generator.altered import Altered
from generator.cache import Cache
from generator.content import check_all, read_content
from generator.notes import Site
from generator.orders import Order, Tell
from generator.press import Made
from generator.problems import Findings, arrange
from generator.renewal import Renewal, Written
from generator.source import forget
from generator.standing import News, UnsoundError
from generator.values import Values

if TYPE_CHECKING:
    from generator.rewritten import Rewritten

T = TypeVar("T")

FEW = 40
"""Pages that are made in one process: what they load first, the processes that come after have too."""


class Change:
    """A change of some services and hand-written pages, on its way to all that it reaches."""

    def __init__(
        self, order: Order, sites: Sequence[Site], news: News, cache: Cache, tell: Tell
    ) -> None:
        forget()
        self.news, self.jobs = news, order.jobs
        reaches = [site.notes.reach() for site in sites]
        self.now = Altered(order.root, sites, reaches[0].entries, news.files, Values(cache))
        self.content = read_content(order.root) if news.pages else ()
        self.renewals = [
            Renewal(site, reach, self.now, findings, cache, tell)
            for site, reach, findings in zip(sites, reaches, self._findings(sites), strict=True)
        ]

    def _findings(self, sites: Sequence[Site]) -> list[Findings]:
        """What is wrong now, by site. Raises UnsoundError if no site can be built from that."""
        found = [self.now.findings(site) for site in sites]
        if self.news.pages:
            wrong = tuple(check_all(self.now.root, self.content, self.now.catalogue))
            found = [findings._replace(content=wrong) for findings in found]
        problems = arrange(chain.from_iterable(findings.all for findings in found))
        if any(problem.is_error for problem in problems):
            raise UnsoundError(problems)
        return found

    def publish(self) -> tuple[list[Site], int]:
        """Make and write what differs; gives the sites as they are then, and the number of files."""
        written = self._carry() if self.now.services or self.news.pages else 0
        return [renewal.note_done(self.news.inputs) for renewal in self.renewals], written

    def _carry(self) -> int:
        """All pages are made before the first is written: one of them may need the site to be built."""
        dressed, made = self._dressed(), self._made()
        for renewal in self.renewals:
            renewal.note_pending(self.news.files | self.news.pages)
        written = sum(renewal.write(edition, pages) for renewal, edition, pages in made)
        written += sum(renewal.write_rewritten(pages) for renewal, pages in dressed)
        work: list[tuple[Renewal, Callable[[], Written]]] = []
        for tasks in (Renewal.searches, Renewal.lists, Renewal.others):
            work += ((renewal, task) for renewal in self.renewals for task in tasks(renewal))
        written += sum(renewal.take(found) for renewal, found in self._done(work))
        return written + sum(renewal.finish() for renewal in self.renewals)

    def _done(self, work: Sequence[tuple[Renewal, Callable[[], T]]]) -> Iterator[tuple[Renewal, T]]:
        """What came of some work for the sites."""
        done = parallel.each(lambda number: work[number][1](), range(len(work)), self.jobs, 1)
        return ((renewal, found) for (renewal, _), found in zip(work, done, strict=True))

    def _dressed(self) -> list[tuple[Renewal, Rewritten]]:
        """The hand-written pages of each site, if they say something else."""
        renewals = self.renewals if self.news.pages else []
        numbers = range(len(renewals))
        found = parallel.each(lambda i: renewals[i].rewritten(self.content), numbers, self.jobs, 1)
        return list(zip(renewals, found, strict=True))

    def _made(self) -> list[tuple[Renewal, int, list[Made]]]:
        """The pages for which a changed service was looked up, some of an edition at a time."""
        retold = [(renewal, task) for renewal in self.renewals for task in renewal.retold()]
        for renewal, (edition, reached) in self._done(retold):
            renewal.take_retold(edition, reached)
        work = [(renewal, *pages) for renewal in self.renewals for pages in renewal.pages(FEW)]
        jobs = self.jobs if sum(len(numbers) for *_, numbers in work) > FEW else 1

        def made(at: int) -> list[Made]:
            renewal, edition, numbers = work[at]
            return renewal.made(edition, numbers)

        found = parallel.each(made, range(len(work)), jobs, 1)
        return [
            (renewal, edition, pages)
            for (renewal, edition, _), pages in zip(work, found, strict=True)
        ]
