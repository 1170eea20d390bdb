"""What is brought up to date after a change is, byte for byte, what building it from nothing gives."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import count, product
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from benchmarks.catalogue import TODAY, make_site
from generator import publishing
from generator import refresh as refreshing
from generator import renewal as renewing
from generator import values as reading
from generator.audiences import Audience
from generator.build import gather
from generator.delivery import CACHE, carry_out
from generator.editions import editions
from generator.languages import EN
from generator.load import load
from generator.model.text import Text
from generator.model.translation import source_hash
from generator.orders import LostError, Order, Outcome
from generator.pages import paging
from generator.press import Press, Shown
from generator.publish import folder as folders
from generator.values import COMPARED, TOLD, outline
from tests.conftest import Built

Change = Callable[[Path, random.Random], None]
Tree = dict[str, bytes]


def quiet(line: str) -> None:
    """Nothing is said."""


BOTH, STAFF = tuple(Audience), (Audience.STAFF,)


def publish(
    root: Path, out: str, caching: bool = True, audiences: Sequence[Audience] = BOTH
) -> Outcome:
    order = Order(root, root / out, audiences, TODAY, 2, caching)
    return carry_out(order, quiet)


def tree(out: Path, audiences: Sequence[Audience] = BOTH) -> Tree:
    return {
        file.relative_to(out).as_posix(): file.read_bytes()
        for audience in audiences
        for file in (out / audience).rglob("*")
        if file.is_file()
    }


def stamps(out: Path) -> dict[str, tuple[int, int]]:
    return {
        file.relative_to(out).as_posix(): (file.stat().st_ino, file.stat().st_mtime_ns)
        for audience in Audience
        for file in (out / audience).rglob("*")
        if file.is_file()
    }


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that was built once."""
    root = tmp_path_factory.mktemp("warm") / "site"
    make_site(root, 48)
    fall_behind(root)
    with pytest.MonkeyPatch.context() as patched:
        take_copies_for_originals(patched)
        assert publish(root, "site").sites
    return root


def fall_behind(root: Path) -> None:
    """Say of what text each translation is, and let reviews fall due, so that there are warnings."""
    for service in load(root)[0].services.values():
        file = root / "catalogue/services" / f"{service.id}.yaml"
        text = file.read_text(encoding="utf-8")
        if service.id.endswith("-1"):
            of = source_hash(service, EN)
            text += f"translation:\n  fa: {{state: reviewed, of: {of}}}\n  ar: {{state: draft}}\n"
            file.write_text(re.sub(r"next: 20\d\d", "next: 2026", text), encoding="utf-8")


def take_copies_for_originals(patch: pytest.MonkeyPatch) -> None:
    for module in (publishing, refreshing):
        patch.setattr(module, "identity", lambda folder: int(folder.is_dir()))


@pytest.fixture
def root(pristine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of it that is taken for the original."""
    take_copies_for_originals(monkeypatch)
    root = tmp_path / "site"
    shutil.copytree(pristine, root)
    yield root
    shutil.rmtree(root)


def service(root: Path, choose: random.Random) -> Path:
    return choose.choice(sorted((root / "catalogue/services").glob("*-[0-9].yaml")))


def insert(file: Path, field: str, code: str, word: str) -> None:
    """Put a word at the beginning of the text of a field in a language."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if line.startswith(f"{field}:"))
    at = next(i for i in range(at, len(lines)) if lines[i].startswith(f"  {code}: "))
    start = f"  {code}: "
    if lines[at].rstrip().endswith(("|", ">-", ">", "|-")):
        at, start = at + 1, "    "
    rest = lines[at].removeprefix(start)
    quote = rest[0] if rest[0] in "'\"" else ""
    lines[at] = f"{start}{quote}{word} {rest.removeprefix(quote)}"
    file.write_text("".join(lines), encoding="utf-8")


WORDS = {"ar": "سريعًا", "fa": "اکنون", "en": "Promptly"}


def describe(root: Path, choose: random.Random) -> None:
    code = choose.choice(sorted(WORDS))
    insert(service(root, choose), "description", code, WORDS[code])


def summarise(root: Path, choose: random.Random) -> None:
    code = choose.choice(sorted(WORDS))
    insert(service(root, choose), "summary", code, WORDS[code])


def stated(root: Path, choose: random.Random) -> Path:
    return choose.choice(sorted((root / "catalogue/services").glob("*-1.yaml")))


def outdate(root: Path, choose: random.Random) -> None:
    """The Persian is a translation of what this was before; the lines below it move."""
    file = stated(root, choose)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("  en: |\n", "  en: |\n    Promptly.\n\n", 1), encoding="utf-8")


def misspell(root: Path, choose: random.Random) -> None:
    insert(stated(root, choose), "description", "fa", "12")


def rename(root: Path, choose: random.Random) -> None:
    code = choose.choice(sorted(WORDS))
    insert(service(root, choose), "name", code, f"{choose.choice(ELSEWHERE[code])}{next(NUMBERS)}")


def retell(root: Path, choose: random.Random) -> None:
    """Something that is told of a service on other pages, or by which search finds it."""
    while True:
        file = service(root, choose)
        text = file.read_text(encoding="utf-8")
        field, code = choose.choice(TOLD[1:]), choose.choice(sorted(WORDS))
        inside = re.search(rf"^{field}:.*\n(?:[ -].*\n)*", text, re.M)
        if inside and (found := re.search(rf"\b{code}: (\[|- )?['\"]?", inside[0])):
            at = inside.start() + found.end()
            file.write_text(f"{text[:at]}{WORDS[code]} {next(NUMBERS)} {text[at:]}", "utf-8")
            return


ELSEWHERE = {"ar": ("أ", "ب", "ي"), "fa": ("آ", "ب", "ی"), "en": ("A", "b", "Z")}
"""Letters that move a name to another place in lists."""
NUMBERS = count()


def describe_two(root: Path, choose: random.Random) -> None:
    describe(root, choose)
    describe(root, choose)


def remove(root: Path, choose: random.Random) -> None:
    service(root, choose).unlink()


def add(root: Path, choose: random.Random) -> None:
    model = service(root, choose)
    id_ = model.stem.rpartition("-")[0]
    text = model.read_text(encoding="utf-8").replace(f"id: {model.stem}", f"id: {id_}-9")
    other = model.with_name(f"{id_}-9.yaml")
    other.write_text(text, encoding="utf-8")
    for code, word in WORDS.items():
        insert(other, "name", code, word)


def price(root: Path, choose: random.Random) -> None:
    for file in sorted((root / "catalogue/services").glob("*-[0-9].yaml")):
        text = file.read_text(encoding="utf-8")
        if match := re.search(r"^( *)amount: '?([\d.]+)", text, re.M):
            raised = str(float(match[2]) + 10)
            file.write_text(text.replace(f"amount: '{match[2]}", f"amount: '{raised}", 1), "utf-8")
            return


def categorise(root: Path, choose: random.Random) -> None:
    file = choose.choice(sorted((root / "catalogue/categories").glob("*.yaml")))
    insert(file, "description", "en", WORDS["en"])


def guide(root: Path, choose: random.Random) -> Path:
    return choose.choice(sorted((root / "content").rglob("*.md")))


def append(file: Path, text: str) -> None:
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")


def write_guide(root: Path, choose: random.Random) -> None:
    code = choose.choice(sorted(WORDS))
    append(choose.choice(sorted((root / "content" / code).rglob("*.md"))), f"{WORDS[code]}.")


def divide_guides(root: Path, choose: random.Random) -> None:
    path, id_ = guide(root, choose).relative_to(root / "content"), f"part-{choose.randrange(10**6)}"
    for code, word in WORDS.items():
        append(root / "content" / code / Path(*path.parts[1:]), f"## {word} {{#{id_}}}")


def redescribe_guide(root: Path, choose: random.Random) -> None:
    file = guide(root, choose)
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"^description: ", "description: 1 ", text, flags=re.M), "utf-8")


def add_guide(root: Path, choose: random.Random) -> None:
    for code, word in WORDS.items():
        text = f"---\ntitle: {word}\ndescription: {word}\n---\n\n{word}\n"
        (root / "content" / code / "guides" / "another.md").write_text(text, encoding="utf-8")


def write_both(root: Path, choose: random.Random) -> None:
    write_guide(root, choose)
    summarise(root, choose)


def set_up(root: Path, choose: random.Random) -> None:
    file = root / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"^site_url: .*$", "site_url: https://other.example/", text, flags=re.M))


def touch_settings(root: Path) -> None:
    os.utime(root / "mkdocs.yml")


def touch(root: Path, choose: random.Random) -> None:
    os.utime(service(root, choose))


SMALL: tuple[Change, ...] = (
    describe, summarise, describe_two, touch, outdate, misspell, write_guide, divide_guides,
    redescribe_guide, write_both, rename, retell,
)  # fmt: skip
GREAT: tuple[tuple[Change, ...], ...] = (
    (price,), (add, categorise), (remove, add_guide, set_up),
)  # fmt: skip


@pytest.mark.parametrize("great", GREAT, ids=lambda changes: changes[0].__name__)
def test_warm_is_cold(root: Path, great: tuple[Change, ...]) -> None:
    choose = random.Random(great[0].__name__)
    for change in great:
        change(root, choose)
    assert publish(root, "site").sites
    for small in choose.sample(SMALL, 6):
        small(root, choose)
        warm = publish(root, "site")
        assert warm.written is not None, small
    cold = publish(root, "cold", caching=False)
    assert warm.problems == cold.problems
    found, expected = tree(root / "site"), tree(root / "cold")
    assert found.keys() == expected.keys()
    assert [name for name in found if found[name] != expected[name]] == []


def test_names_are_told_wherever_they_stand(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In lists that are split, too; and where search takes them for other words."""
    monkeypatch.setattr(paging, "LIMIT", 10)
    choose = random.Random(4)
    touch_settings(root)
    assert publish(root, "site", audiences=STAFF).written is None
    for _ in range(3):
        before = tree(root / "site", STAFF)
        rename(root, choose)
        warm = publish(root, "site", audiences=STAFF)
        found = tree(root / "site", STAFF)
        assert warm.written == sum(before.get(name) != found[name] for name in found)
    publish(root, "cold", caching=False, audiences=STAFF)
    expected = tree(root / "cold", STAFF)
    assert found.keys() == expected.keys()
    assert [name for name in found if found[name] != expected[name]] == []


POISON = "⚠ a text that only its own page shows"


def poisoned(value: Any, whole: frozenset[str]) -> Any:
    """A value in which all texts are poison, but for those of some fields."""
    if isinstance(value, Text):
        return Text(**{language.code: POISON for language, _ in value.items()})
    if isinstance(value, BaseModel):
        fields = {
            name: part if name in whole else poisoned(part, whole)
            for name, part in value.__dict__.items()
        }
        return value.model_copy(update=fields)
    if isinstance(value, tuple):
        return tuple(poisoned(part, whole) for part in value)
    return value


def test_pages_show_no_other_text_of_services_they_did_not_look_up(built: Built) -> None:
    """What `refresh` relies on, for those that name a service, and for those that show its summary too."""
    whole = built.material.catalogue
    levels: dict[frozenset[str], Callable[[Shown], bool]] = {
        frozenset(): lambda shown: not any(shown),
        frozenset(TOLD) | COMPARED: lambda shown: not shown.asked and not shown.told,
        frozenset(TOLD) | COMPARED | {"summary"}: lambda shown: not shown.asked,
    }
    for audience, (known, knows) in product(Audience, levels.items()):
        services = {id_: poisoned(s, known) for id_, s in whole.services.items()}
        catalogue = replace(whole, entries={**whole.entries, "service": services})
        shown = editions(catalogue, audience, TODAY)
        press = Press(shown, built.results[audience].host)
        for edition, makers in enumerate(press.makers):
            for number in range(len(makers)):
                made = press.page(edition, number)
                if knows(made.shown):
                    assert POISON not in "".join(text for _, text in made.files), made.files[0][0]


def test_a_translation_that_falls_behind_is_told_wherever_it_stands(root: Path) -> None:
    before, choose = tree(root / "site"), random.Random(23)
    outdate(root, choose)
    warm = publish(root, "site")
    assert warm.written
    file = stated(root, random.Random(23))
    lines = file.read_text(encoding="utf-8").splitlines()
    told = {(p.code, lines[p.where.line - 1]) for p in warm.problems if file.name in p.where.file}
    assert {(code, line.split("{")[0]) for code, line in told} == {
        ("V10", "review: "), ("V25", "  fa: "), ("V25", "  ar: ")
    }  # fmt: skip
    after = tree(root / "site")
    changed = {name for name in after if after[name] != before.get(name)}
    assert f"customer/fa/services/{file.stem}/index.html" in changed
    assert f"customer/ar/services/{file.stem}/index.html" not in changed
    assert {f"staff/{code}/portfolio/translations/index.html" for code in WORDS} <= changed


def test_nothing_is_written_after_no_change(root: Path) -> None:
    before = stamps(root / "site")
    assert publish(root, "site").written == 0
    assert stamps(root / "site") == before


def test_only_what_a_text_reaches_is_written(root: Path) -> None:
    choose = random.Random(3)
    before = stamps(root / "site")
    file = service(root, choose)
    insert(file, "description", "fa", WORDS["fa"])
    outcome = publish(root, "site")
    after = stamps(root / "site")
    changed = {name for name in after if after[name] != before.get(name)}
    assert outcome.written == len(changed)
    beside = re.compile(
        r"[a-z]+/(?:sw\.js|assets/search/fa/(?:m|files|f\.\w+|[td]\d+\.\w+)\.js(?:on)?)"
    )
    pages = {name for name in changed if not beside.fullmatch(name)}
    assert (
        pages
        == {
            f"customer/fa/services/{file.stem}/index.html",
            f"staff/fa/services/{file.stem}/index.html",
            f"staff/fa/portfolio/service/{file.stem}/index.html",
        }
        & pages
    )
    assert f"customer/fa/services/{file.stem}/index.html" in pages


def test_it_is_noted_that_nothing_rests_on_a_service(root: Path) -> None:
    for file in (root / "catalogue/services").glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        reason = "no_dependencies_reason: {ar: قائمة بذاتها, fa: مستقل است, en: It stands alone}\n"
        file.write_text(re.sub(r"^depends_on:\n(?:[ -].*\n)*", reason, text, flags=re.M), "utf-8")
    staff = Order(root, root / "site", (Audience.STAFF,), TODAY, 1)
    assert not any(s.depends_on for s in load(root)[0].services.values())
    assert carry_out(staff, quiet).sites
    describe(root, random.Random(2))
    assert carry_out(staff, quiet).written


def test_an_audience_that_was_left_out_catches_up(root: Path) -> None:
    choose = random.Random(11)
    describe(root, choose)
    customers = Order(root, root / "site", (Audience.CUSTOMER,), TODAY, 2)
    assert carry_out(customers, quiet).written
    summarise(root, choose)
    assert publish(root, "site").written
    publish(root, "cold", caching=False)
    assert tree(root / "site") == tree(root / "cold")


class KilledError(BaseException):
    """Stands for the end of the process."""


@pytest.mark.parametrize("field", sorted(COMPARED))
def test_what_checks_compare_is_in_the_outline(field: str) -> None:
    one, other = ({"costs": [{field: {"en": word}}]} for word in ("a mailbox", "a seat"))
    assert outline(one) != outline(other)


@contextmanager
def killed_after(writes: int) -> Iterator[None]:
    """A refresh that dies before it writes one file more."""
    left = [writes]

    def dying(*args: object) -> None:
        if left[0] == 0:
            raise KilledError
        left[0] -= 1
        folders.rewrite(*args)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(renewing, "rewrite", dying)
        with pytest.raises(KilledError):
            yield


@pytest.mark.parametrize("undone", [False, True])
def test_a_build_that_was_killed_over_hand_written_pages_is_completed(
    root: Path, undone: bool
) -> None:
    before = {file: file.read_text(encoding="utf-8") for file in (root / "content").rglob("*.md")}
    divide_guides(root, random.Random(5))
    with killed_after(8):
        carry_out(Order(root, root / "site", tuple(Audience), TODAY, 1), quiet)
    if undone:
        for file, text in before.items():
            file.write_text(text, encoding="utf-8")
    assert publish(root, "site").sites
    publish(root, "cold", caching=False)
    assert tree(root / "site") == tree(root / "cold")


@pytest.mark.parametrize("writes", [0, 3, 6])
def test_a_build_that_was_killed_is_completed(root: Path, writes: int) -> None:
    file = service(root, random.Random(5))
    original = file.read_text(encoding="utf-8")
    for code, word in WORDS.items():
        insert(file, "description", code, word)
    with killed_after(writes):
        carry_out(Order(root, root / "site", tuple(Audience), TODAY, 1), quiet)
    if writes % 2:
        file.write_text(original, encoding="utf-8")
    assert publish(root, "site").sites
    publish(root, "cold", caching=False)
    assert tree(root / "site") == tree(root / "cold")


def test_a_name_that_was_half_told_is_told_or_taken_back(root: Path) -> None:
    file = service(root, random.Random(5))
    original = file.read_text(encoding="utf-8")
    insert(file, "name", "en", "Another")
    with killed_after(9):
        carry_out(Order(root, root / "site", STAFF, TODAY, 1), quiet)
    file.write_text(original, encoding="utf-8")
    assert publish(root, "site", audiences=STAFF).sites
    publish(root, "cold", caching=False, audiences=STAFF)
    assert tree(root / "site", STAFF) == tree(root / "cold", STAFF)


def test_a_name_is_taken_back(root: Path) -> None:
    before, file = tree(root / "site"), service(root, random.Random(5))
    original = file.read_text(encoding="utf-8")
    insert(file, "name", "fa", "دیگر")
    assert publish(root, "site").written
    file.write_text(original, encoding="utf-8")
    assert publish(root, "site").written
    assert tree(root / "site") == before


def test_names_that_services_share_are_told(root: Path) -> None:
    customers = Order(root, root / "site", (Audience.CUSTOMER,), TODAY, 2)
    services = load(root)[0].services.values()
    one, other = [s for s in services if s.audiences == ("provider-teams",)][:2]
    file = root / "catalogue/services" / f"{one.id}.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        re.sub(r"^  en: .*$", f"  en: {other.name.en}", text, count=1, flags=re.M), "utf-8"
    )
    assert [p.code for p in carry_out(customers, quiet).problems if p.code == "V16"]
    file.write_text(text, encoding="utf-8")
    assert not [p for p in carry_out(customers, quiet).problems if p.code == "V16"]


def test_a_torn_cache_counts_as_nothing(root: Path) -> None:
    choose = random.Random(7)
    for _ in range(3):
        cache = root / "site" / CACHE
        file = choose.choice(sorted(f for f in cache.rglob("*") if f.is_file()))
        data = file.read_bytes()
        file.write_bytes(data[: choose.randrange(len(data) or 1)] + b"torn")
        describe(root, choose)
        assert publish(root, "site").sites
    publish(root, "cold", caching=False)
    assert tree(root / "site") == tree(root / "cold")


def test_another_program_builds_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.cache.program", lambda: b"another")
    assert publish(root, "site").written is None


def test_a_mistake_leaves_the_site_and_is_told(root: Path) -> None:
    before = tree(root / "site")
    file = service(root, random.Random(9))
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("summary:", "sumary:", 1), encoding="utf-8")
    outcome = publish(root, "site")
    assert not outcome.sites
    assert {problem.code for problem in outcome.problems if problem.is_error} == {"M02", "M03"}
    assert tree(root / "site") == before
    file.write_text(good, encoding="utf-8")
    assert publish(root, "site").written == 0


def spell_in_arabic(root: Path, choose: random.Random) -> None:
    insert(stated(root, choose), "description", "fa", "كتاب")


def head_without_id(root: Path, choose: random.Random) -> None:
    append(guide(root, choose), "## Another part")


@pytest.mark.parametrize("mistake", [spell_in_arabic, head_without_id])
def test_errors_in_texts_are_told_without_building_anything(
    root: Path, mistake: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(root / "site")
    monkeypatch.setattr(publishing, "publish", None)
    mistake(root, random.Random(13))
    outcome = publish(root, "site")
    assert not outcome.sites
    assert any(problem.is_error for problem in outcome.problems)
    assert outcome.problems == gather(root, TODAY, 1).problems
    assert tree(root / "site") == before


def test_what_editors_leave_beside_a_file_changes_nothing(root: Path) -> None:
    services, guides = root / "catalogue/services", root / "content/en/guides"
    (services / ".#email.yaml").symlink_to("somebody@somewhere.17")
    (guides / ".#about.md").symlink_to("somebody@somewhere.17")
    (guides / ".about.md.swp").write_bytes(b"\0")
    assert publish(root, "site").written == 0
    write_guide(root, random.Random(2))
    assert publish(root, "site").written


def test_another_site_that_stands_beside_is_no_input(root: Path) -> None:
    elsewhere = Order(root, root / "elsewhere", (Audience.CUSTOMER,), TODAY, 1)
    assert carry_out(elsewhere, quiet).sites
    append(root / "site/customer/en/index.html", "Changed by hand")
    assert carry_out(elsewhere, quiet).written == 0


def test_values_are_kept_through_many_changes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = root / "site" / CACHE / "values.data"
    kept.write_bytes(kept.read_bytes() + bytes(2 * kept.stat().st_size))
    describe(root, random.Random(4))
    assert publish(root, "site").written
    set_up(root, random.Random(4))
    assert publish(root, "site").written is None
    monkeypatch.setattr(reading, "parse", None)
    monkeypatch.setattr(reading, "parse_bytes", None)
    touch_settings(root)
    assert publish(root, "site").sites


def test_a_heading_that_is_lost_is_told_after_a_change(root: Path) -> None:
    record = Order(root, root / "site", tuple(Audience), TODAY, 2, recording=True)
    divide_guides(root, random.Random(6))
    assert carry_out(record, quiet).sites
    before = tree(root / "site")
    for file in (root / "content").rglob("*.md"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("{#part-", "{#other-part-"), encoding="utf-8")
    with pytest.raises(LostError, match="has lost"):
        publish(root, "site")
    assert tree(root / "site") == before


def test_an_address_that_is_lost_is_told_again(root: Path) -> None:
    (root / "published.txt").write_text("customer en /gone/\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(LostError):
            publish(root, "site")
