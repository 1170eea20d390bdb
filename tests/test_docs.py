"""The manual says what the program does, and what `fihrist new` writes is right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from generator import reference
from generator.build import gather
from generator.cli import main
from generator.codes import CODES
from generator.explain import reference as problem_reference
from generator.load import load
from generator.model import KINDS
from generator.model.fields import sentences
from generator.scaffold import STARTER, folder_of, new_entry, new_site, schema_of

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
TODAY = date(2026, 11, 21)
PAGES = (*sorted(DOCS.rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md")


# ── what is generated ──────────────────────────────────────────────────────────────────────────


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def test_model_reference_is_up_to_date() -> None:
    assert read(DOCS / "model.md") == reference.model_reference()


def test_command_reference_is_up_to_date() -> None:
    assert read(DOCS / "commands.md") == reference.command_reference()


def test_problem_reference_is_up_to_date() -> None:
    assert read(DOCS / "problems.md") == problem_reference()


def test_every_problem_is_in_the_manual() -> None:
    headings = set(re.findall(r"^## (\S+)", read(DOCS / "problems.md"), re.M))
    assert headings == set(CODES)


def test_every_command_is_in_the_manual() -> None:
    headings = set(re.findall(r"^## (\S+)", read(DOCS / "commands.md"), re.M))
    assert headings == set(main.commands)


def test_every_field_has_a_sentence_and_every_sentence_a_field() -> None:
    fields = {
        (model.__name__, name)
        for model in reference.records()
        for name, _, _ in reference.fields_of(model)
    }
    entries = {model.__name__ for model in KINDS.values()}
    written = {(model, name) for model, names in sentences().items() for name in names}
    shared = {(model, name) for model in entries for name in sentences()["Entry"]}
    assert fields - shared == {one for one in written if one[0] != "Entry"}


def test_model_reference_says_who_sees_a_field() -> None:
    rows = reference.model_reference().split("## service\n")[1].split("\n## ")[0]
    assert re.search(r"^\| `summary` \|.*\| customers \| yes \|$", rows, re.M)
    assert re.search(r"^\| `cost` \|.*\| staff \| no \|$", rows, re.M)
    groups = reference.model_reference().split("### Money\n")[1].split("\n### ")[0]
    assert "customers" not in groups, "money stands in charters only, which are for staff"


# ── links ──────────────────────────────────────────────────────────────────────────────────────


def links() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        if page.name != "problems.md":
            prose = re.sub(r"^\s*```.*?^\s*```|`[^`\n]*`", "", read(page), flags=re.M | re.S)
            for target in re.findall(r"\]\(([^)\s]+)\)", prose):
                if not re.match(r"[a-z]+:", target):
                    yield page, target


def anchors(page: Path) -> set[str]:
    """The ids on a page as GitHub makes them from headings, and those given explicitly."""
    text = read(page)
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    slugs = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
    return slugs | set(re.findall(r'<a id="([^"]+)">', text))


@pytest.mark.parametrize(
    ("page", "target"), sorted(set(links())), ids=lambda v: getattr(v, "name", v)
)
def test_link_resolves(page: Path, target: str) -> None:
    path, _, anchor = target.partition("#")
    file = (page.parent / path).resolve() if path else page
    assert file.exists(), f"{page.name} links to {target}"
    if anchor:
        assert anchor in anchors(file), f"{page.name} links to {target}"


def test_nothing_names_a_place_on_a_machine() -> None:
    for page in (*PAGES, *(STARTER / "site").rglob("*.yaml"), *(STARTER / "entries").glob("*")):
        assert not re.search(r"/(?:work|tmp|home|root)/", read(page)), page


# ── what `fihrist new` writes ──────────────────────────────────────────────────────────────────


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return new_site(tmp_path / "my-services")


def problems(site: Path) -> list[str]:
    return [f"{p.where} {p.code} {p.message}" for p in gather(site, TODAY, 1).problems]


def test_a_new_site_has_no_problems(site: Path) -> None:
    assert problems(site) == []


def test_a_new_site_has_a_schema_for_each_kind(site: Path) -> None:
    assert {file.stem for file in (site / "schema").iterdir()} == set(KINDS)
    for file in (site / "catalogue").rglob("*.yaml"):
        assert schema_of_file(file).is_file(), file


def schema_of_file(file: Path) -> Path:
    match = re.match(r"# yaml-language-server: \$schema=(\S+)\n", read(file))
    assert match is not None, f"{file} names no schema"
    return file.parent / match[1]


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_entry_has_no_problems(site: Path, kind: str) -> None:
    if folder_of(kind) == ".":
        (site / "catalogue" / f"{kind}.yaml").unlink()
    path = new_entry(site, kind, "sample", TODAY)
    assert schema_of_file(path).stem == kind
    assert schema_of_file(path).is_file()
    assert problems(site) == []
    assert "sample" in load(site)[0].entries[kind]


def test_a_new_service_can_be_brought_into_the_catalogue(site: Path) -> None:
    bring_into_catalogue(new_entry(site, "service", "sample", TODAY))
    assert problems(site) == []
    catalogue, _ = load(site)
    assert catalogue.section(catalogue.services["sample"]) == "catalogue"


def bring_into_catalogue(path: Path) -> None:
    """What the tour tells to do: write the status it has, take away the `# ` of the lower half."""
    head, rest = read(path).split("# Before the service may")
    rest = re.sub(r"^# ", "", rest.partition("\n")[2], flags=re.M)
    path.write_text(head.replace("status: requirements", "status: operational") + rest, "utf-8")


def test_a_bad_id_is_refused(site: Path) -> None:
    with pytest.raises(ValueError, match="not an id"):
        new_entry(site, "service", "Bad Id", TODAY)


def test_nothing_is_overwritten(site: Path) -> None:
    new_entry(site, "team", "sample", TODAY)
    with pytest.raises(FileExistsError):
        new_entry(site, "team", "sample", TODAY)
    with pytest.raises(FileExistsError):
        new_site(site)


class CoreLoader(yaml.CSafeLoader):
    """YAML 1.2's core schema, as editors read it: numbers and booleans are typed, days are not."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    CoreLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), first
    )


def schema_faults(text: str) -> list[str]:
    value = yaml.load(text, Loader=CoreLoader)
    schema = schema_of(value["kind"], KINDS[value["kind"]])
    faults = Draft202012Validator(schema).iter_errors(value)
    return [f"{list(fault.absolute_path)}: {fault.message}" for fault in faults]


@pytest.mark.parametrize("kind", KINDS)
def test_schema_is_valid(kind: str) -> None:
    Draft202012Validator.check_schema(schema_of(kind, KINDS[kind]))


@pytest.mark.parametrize("kind", KINDS)
def test_schema_accepts_a_new_entry(kind: str) -> None:
    text = read(STARTER / "entries" / f"{kind}.yaml").replace("ID", "sample")
    assert schema_faults(text) == []


def test_schema_accepts_a_service_of_the_catalogue(site: Path) -> None:
    path = new_entry(site, "service", "sample", TODAY)
    bring_into_catalogue(path)
    assert schema_faults(read(path)) == []


def test_schema_accepts_the_new_site(site: Path) -> None:
    for file in (site / "catalogue").rglob("*.yaml"):
        assert schema_faults(read(file)) == [], file


def test_schema_refuses_a_typing_mistake() -> None:
    text = read(STARTER / "entries" / "team.yaml").replace("ID", "sample")
    assert schema_faults(text.replace("description:", "descripton:", 1)) != []


# ── the tour ───────────────────────────────────────────────────────────────────────────────────


def told(number: int) -> tuple[list[str], str]:
    """The commands and the output of a console block of the tour."""
    blocks = re.findall(r"```console\n(.*?)```", read(DOCS / "tour.md"), re.S)
    lines = blocks[number].splitlines()
    return [line[2:] for line in lines if line.startswith("$ ")], "\n".join(
        line for line in lines if not line.startswith("$ ")
    )


def run(command: str) -> str:
    words = command.split()[1:]
    day = ["--today", TODAY.isoformat()] if words[0] in ("check", "build") else []
    return CliRunner().invoke(main, [*words, *day]).output.rstrip("\n")


def replace(path: str, old: str, new: str) -> None:
    file = Path(path)
    assert old in read(file)
    file.write_text(read(file).replace(old, new, 1), encoding="utf-8")


def test_tour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printing = "catalogue/services/printing.yaml"
    monkeypatch.chdir(tmp_path)
    assert run(told(0)[0][0]) == told(0)[1]
    monkeypatch.chdir("my-services")
    assert told(1)[0][0] == "cd my-services"
    assert run(told(1)[0][1]) == told(1)[1]
    assert run(told(2)[0][0]).replace(f"{Path.cwd()}/", "") == told(2)[1]
    replace(printing, "owner: service-desk", "owner: servicedesk")
    assert run(told(3)[0][0]) == told(3)[1]
    replace(printing, "owner: servicedesk", "owner: service-desk")
    replace(printing, "status: requirements", "status: operational")
    replace(printing, "{status: requirements", "{status: operational")
    assert run(told(4)[0][0]).startswith(told(4)[1].removesuffix("…"))


def test_tour_ends_with_a_site(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site)
    bring_into_catalogue(new_entry(site, "service", "printing", TODAY))
    assert run(told(5)[0][0]) == told(5)[1]
    assert without_numbers(run(told(6)[0][0])) == without_numbers(told(6)[1])
    for code in ("ar", "fa", "en"):
        assert (site / "site" / "customer" / code / "services/printing/index.html").is_file()


def without_numbers(text: str) -> str:
    return re.sub(r"\d+", "0", re.sub(r"\[ *", "[", text))
