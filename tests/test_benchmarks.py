"""The benchmark runs, on a sound site, and its tables can be read; nothing is judged by the clock."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.__main__ import CHART, PAGE, write
from benchmarks.catalogue import REPOSITORY, TODAY, make_site
from benchmarks.hugo import TEMPLATES, words
from benchmarks.tables import tables
from benchmarks.trial import COLD, DESCRIPTION, NOTHING, SUMMARY, Bench, Trial
from generator.audiences import Audience
from generator.build import gather
from generator.editions import editions


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("benchmark")
    make_site(root, 90)
    return root


def test_the_site_has_no_problems_and_as_many_services_as_asked_for(site: Path) -> None:
    material = gather(site, TODAY, 1)
    assert material.problems == ()
    shown = editions(material.catalogue, Audience.CUSTOMER, TODAY)
    assert {len(edition.public.services) for edition in shown} == {90}


def test_the_site_is_the_same_every_time(site: Path, tmp_path: Path) -> None:
    make_site(tmp_path, 90)
    files = [f.relative_to(site) for f in site.rglob("*") if f.is_file()]
    assert all((site / f).read_bytes() == (tmp_path / f).read_bytes() for f in files)


def test_hugo_knows_every_word_of_its_templates(site: Path) -> None:
    templates = "".join(f.read_text(encoding="utf-8") for f in TEMPLATES.rglob("*.*"))
    keys = set(re.findall(r'\bT "([^"]+)"', templates))
    prefixes = set(re.findall(r'\bT \(printf "([^"%]+)%', templates))
    for edition in editions(gather(site, TODAY, 1).catalogue, Audience.CUSTOMER, TODAY):
        known = words(edition)
        assert keys <= set(known)
        assert all(any(k.startswith(prefix) for k in known) for prefix in prefixes)


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return Bench(tmp_path_factory.mktemp("bench"), 60, (), lambda line: None).go(1)


def test_a_change_rewrites_some_files_and_no_change_none(trial: Trial) -> None:
    assert trial.written[NOTHING] == 0
    assert 0 < trial.written[DESCRIPTION] < trial.written[SUMMARY] < trial.made[COLD].files / 2


def test_every_table_can_be_read(trial: Trial) -> None:
    shown = [*tables([trial])]
    assert {len(row) - len(table.heads) for table in shown for row in table.rows} == {0}
    for table in shown:
        rows = [line.split("|") for line in table.markdown().splitlines()[2:]]
        assert {len(row) for row in rows} == {len(table.heads) + 2}
        assert len(table.text().splitlines()) == len(table.rows) + 2


def test_figures_take_the_place_of_the_old_ones(trial: Trial, tmp_path: Path) -> None:
    (tmp_path / CHART).parent.mkdir(parents=True)
    before = (REPOSITORY / PAGE).read_text(encoding="utf-8")
    (tmp_path / PAGE).write_text(before, encoding="utf-8")
    for number in (1, 2):
        write(tmp_path, f"machine {number}", [trial], [*tables([trial])])
    page = (tmp_path / PAGE).read_text(encoding="utf-8")
    assert "machine 1" not in page
    assert page.count("machine 2") == 1
    assert page.partition("<!--")[0] == before.partition("<!--")[0]
    drawn = ElementTree.parse(tmp_path / CHART).getroot()
    assert {"title", "desc"} <= {element.tag.rpartition("}")[2] for element in drawn}


def test_the_manual_has_the_figures_of_every_table(trial: Trial) -> None:
    page = (REPOSITORY / PAGE).read_text(encoding="utf-8")
    assert all(f"### {table.title}\n" in page for table in tables([trial]))
