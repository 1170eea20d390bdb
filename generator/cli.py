"""The command `fihrist`, for the site whose `mkdocs.yml` stands in the current folder."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator import __version__, parallel
from generator.audiences import Audience
from generator.delivery import carry_out
from generator.languages import BY_CODE
from generator.orders import LostError, Order, Outcome, Tell, today
from generator.problems import Location, Problem, arrange, count
from generator.reports import FORMS, as_text, summary

# What only some commands need, they import themselves: it takes longer than to see that nothing changed.
if TYPE_CHECKING:
    from generator.build import Material
    from generator.coverage import Coverage
    from generator.search.synonyms import Synonyms

AUDIENCES = ("customer", "staff", "all")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="fihrist")
def main() -> None:
    """Turn a folder of YAML into a service catalogue and ITIL knowledge site.

    Every command works on the site whose mkdocs.yml stands in the current folder.
    """


_today = click.option(
    "--today",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day to build for (ISO 8601); dates are compared with it.",
    metavar="DATE",
)
_jobs = click.option(
    "--jobs", type=click.IntRange(min=1), help="Processes to use; all cores by default."
)
_audience = click.option(
    "--audience",
    type=click.Choice(AUDIENCES),
    default="all",
    show_default=True,
    help="Whom to build for.",
)


@main.command("build")
@_audience
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("site"),
    show_default=True,
    help="Folder that gets one site per audience.",
)
@_today
@_jobs
@click.option(
    "--cache/--no-cache",
    "caching",
    default=True,
    help="Make only what has changed since the last build; or everything.",
)
@click.option(
    "--record", "recording", is_flag=True, help="Add what is new to the ledger of addresses."
)
@click.option(
    "--compress",
    "compressing",
    is_flag=True,
    help="Write .br and .gz beside every text, for web servers that send them.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
def build_command(
    audience: str,
    out: Path,
    day: datetime | None,
    jobs: int | None,
    caching: bool,
    recording: bool,
    compressing: bool,
    quiet: bool,
) -> None:
    """Check everything and build the site, or leave the previous one as it is.

    After a change, only what it reaches is made anew: `--no-cache` makes everything.
    """
    started = time.perf_counter()
    order = Order(
        _root(), out, _audiences(audience), _day(day), jobs or parallel.available(),
        caching, recording, compressing,
    )  # fmt: skip
    try:
        outcome = carry_out(order, _say(quiet))
    except LostError as error:
        click.echo(as_text(error.problems), err=True)
        click.echo("Nothing was published; the previous site is untouched.", err=True)
        sys.exit(1)
    if outcome.problems:
        click.echo(as_text(outcome.problems), err=True)
    if not outcome.sites:
        click.echo("Nothing was built; the previous site is untouched.", err=True)
        sys.exit(1)
    if not quiet:
        click.echo(_report(outcome, time.perf_counter() - started))


def _audiences(name: str) -> tuple[Audience, ...]:
    return tuple(Audience) if name == "all" else (Audience(name),)


def _report(outcome: Outcome, seconds: float) -> str:
    """What was built and where."""
    lines = []
    for result in outcome.sites:
        pages = ", ".join(f"{code} {number}" for code, number in result.pages.items())
        total = sum(result.pages.values())

        lines.append(
            f"{result.folder}/  {total} pages ({pages}), {result.bytes / 1e6:.1f} MB of data pages"
        )
    if outcome.written is not None:
        lines.append(f"brought up to date: {outcome.written} files written")
    lines.append(f"problems: {summary(outcome.problems)}")
    lines.append(f"time: {seconds:.1f} s")
    return "\n".join(lines)


@main.command()
@_audience
@click.option("--port", type=int, default=8000, show_default=True, help="First port to use.")
@_jobs
def serve(audience: str, port: int, jobs: int | None) -> None:
    """Serve the sites on localhost and rebuild on every change."""
    from generator.publish.server import serve_sites

    import_module("generator.change")  # so that the first change need not wait for it
    root = _root()
    processes = jobs or parallel.available()

    def rebuild(out: Path, tell: Tell) -> tuple[str, bool]:
        started = time.perf_counter()
        try:
            order = Order(root, out, _audiences(audience), today(), processes)
            outcome = carry_out(order, _say(True), tell)
        except LostError as error:
            return as_text(error.problems), False
        found = [as_text(outcome.problems)] if outcome.problems else []
        if outcome.sites:
            found.append(_report(outcome, time.perf_counter() - started))
        return "\n".join(found), bool(outcome.sites)

    try:
        serve_sites(root, _audiences(audience), port, rebuild, click.echo)
    except (OSError, OverflowError) as error:
        raise click.ClickException(f"cannot serve on port {port}: {error}") from None


@main.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(FORMS)),
    default="text",
    show_default=True,
    help="How problems are written.",
)
@_today
@_jobs
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option(
    "--fix", "mending", is_flag=True, help="First mend the spelling that is surely wrong."
)
def check(form: str, day: datetime | None, jobs: int | None, strict: bool, mending: bool) -> None:
    """Check the catalogue and the hand-written pages; exit 1 if there are errors."""
    from generator.fixing import fix

    if mending:
        click.echo(str(fix(_root())), err=form != "text")
    material = _gather(_day(day), jobs or parallel.available())
    click.echo(FORMS[form](material.problems))
    errors, warnings = count(material.problems)
    sys.exit(1 if errors or (strict and warnings) else 0)


@main.command("explain")
@click.argument("code", required=False)
@click.option("--all", "all_codes", is_flag=True, help="The whole reference, as Markdown.")
def explain_command(code: str | None, all_codes: bool) -> None:
    """Explain a problem by its CODE (V02) or name (no-due-diligence), with an example."""
    from generator.codes import CODES
    from generator.explain import explain, reference

    if all_codes:
        click.echo(reference(), nl=False)
        return
    if code is None:
        for known in CODES.values():
            click.echo(f"{known.code:5} {known.severity:8} {known.name}")
        return
    found = CODES.get(code) or next((c for c in CODES.values() if c.name == code.lower()), None)
    found = found or CODES.get(code[:1].upper() + code[1:].lower())
    if found is None:
        raise click.ClickException(
            f"there is no problem {code!r}; `fihrist explain` lists them all"
        )
    click.echo(explain(found))


class _Kind(click.ParamType):  # type: ignore[type-arg]
    """A kind of entry, or a whole site."""

    name = "KIND"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """The kind, or an error that names all."""
        from generator.model import KINDS

        return click.Choice((*KINDS, "site")).convert(value, param, ctx)


@main.command()
@click.argument("kind", type=_Kind(), metavar="KIND")
@click.argument("id_", metavar="ID")
def new(kind: str, id_: str) -> None:
    """Start a new entry of a KIND under its ID, or a whole site: `fihrist new site DIR`.

    KIND is one of the kinds of the model: service, term, process, team and so on.
    """
    from generator.scaffold import new_entry, new_site

    try:
        path = new_site(Path(id_)) if kind == "site" else new_entry(_root(), kind, id_, today())
    except (FileExistsError, ValueError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"wrote {path if kind == 'site' else path.relative_to(_root())}")


@main.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("schema"),
    show_default=True,
    help="Folder for the schemas.",
)
def schema(out: Path) -> None:
    """Write the JSON Schema of every kind, for completion in an editor."""
    from generator.scaffold import write_schemas

    for path in write_schemas(out):
        click.echo(f"wrote {path}")


@main.command("search-eval")
@click.option(
    "--documents",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="JSON: {documents: {LANGUAGE: [{id, title, text, alias}]}}.",
)
@click.option(
    "--queries",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="JSON: {queries: [{lang, class, query, relevant: [id]}]}.",
)
@click.option("--browser", is_flag=True, help="Ask the script that readers get, in Chromium.")
def search_eval(documents: Path, queries: Path, browser: bool) -> None:
    """Measure search on labelled queries: how often the first answer is right, and one of five.

    Prints `LANGUAGE FIRST FIVE` in per cent, then each class of queries, then the queries whose first
    answer is wrong. The site's own catalogue says which words mean the same.
    """
    from generator.search import evaluate
    from generator.search.synonyms import Synonyms

    try:
        labelled = evaluate.read_documents(documents)
        labels = evaluate.read_labels(queries, labelled)
        known = _synonyms()
        words = {language: known.get(language, Synonyms((), language)) for language in labelled}
        ask = evaluate.ask_browser if browser else evaluate.ask_here
        outcomes = ask(evaluate.index(labelled, words, parallel.available()), labels)
    except evaluate.LabelError as error:
        raise click.ClickException(str(error)) from None
    for line in evaluate.report(outcomes):
        click.echo(line)


def _synonyms() -> dict[str, Synonyms]:
    """What words mean the same to readers of the site in the current folder, by language."""
    from generator.editions import editions
    from generator.search.documents import synonyms

    if not Path("mkdocs.yml").is_file():
        return {}
    material = _gather(today(), parallel.available())
    if not material.is_sound:
        click.echo(as_text(material.problems), err=True)
        sys.exit(1)
    shown = editions(material.catalogue, Audience.CUSTOMER, today())
    return {edition.language.code: synonyms(edition) for edition in shown}


@main.command()
@click.option("--language", type=click.Choice(tuple(BY_CODE)), help="Only this language.")
@click.option("--list", "listed", is_flag=True, help="Name each translation that needs work.")
@click.option(
    "--at-most", type=click.IntRange(min=0), metavar="N", help="Fail if more than N need work."
)
@_jobs
def translations(language: str | None, listed: bool, at_most: int | None, jobs: int | None) -> None:
    """Say how far each language has come: missing, stale, partly translated, draft or done."""
    from generator.coverage import lines, table

    coverage = _coverage(jobs or parallel.available())
    chosen = [x for x in coverage.languages if language in (None, x.code)]
    work = [one for one in coverage.work if one.language in chosen]
    for line in (*table(coverage, chosen), *(lines(coverage, work) if listed else ())):
        click.echo(line)
    click.echo(f"need work: {len(work)}")
    sys.exit(1 if at_most is not None and len(work) > at_most else 0)


def _coverage(jobs: int) -> Coverage:
    """How far the catalogue is translated; exits with its problems if it cannot be read."""
    from generator.coverage import Coverage
    from generator.load import load

    catalogue, problems = load(_root(), jobs)
    if count(problems)[0]:
        click.echo(as_text(arrange(problems)), err=True)
        sys.exit(1)
    return Coverage(catalogue)


def _root() -> Path:
    root = Path.cwd()
    if not (root / "mkdocs.yml").is_file():
        where = Location("mkdocs.yml")
        problem = Problem(
            where,
            "S01",
            "there is no mkdocs.yml in this folder",
            "the settings of a site",
            "change to the folder of your site, or start one with `fihrist new site DIR`",
        )
        click.echo(as_text([problem]), err=True)
        sys.exit(2)
    return root


def _gather(today: date, jobs: int) -> Material:
    from generator.build import gather

    return gather(_root(), today, jobs)


def _day(chosen: datetime | None) -> date:
    return today() if chosen is None else chosen.date()


def _say(quiet: bool) -> Callable[[str], None]:
    started = time.perf_counter()

    def say(line: str) -> None:
        if not quiet:
            click.echo(f"[{time.perf_counter() - started:5.1f} s] {line}", err=True)

    return say
