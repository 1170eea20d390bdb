"""The benchmark measures a sound site, and Hugo's templates find every word they print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.catalogue import TODAY, make_site
from benchmarks.hugo import TEMPLATES, words
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
