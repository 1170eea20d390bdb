"""Single rules in the cases that their examples do not show."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import checks
from generator.checks import CHECKS, CHECKS_WITHOUT_POLICY, check
from generator.checks.hours import WEEKDAYS, first_minute, week_of
from generator.checks.portfolio import APPROVED, CHARTERED
from generator.languages import EN
from generator.load import load
from generator.model.calendar import Calendar
from generator.model.translation import source_hash
from generator.problems import Problem, arrange
from tests import marked

BASE = Path(__file__).parent.parent / "generator" / "examples" / "base"
TODAY = date(2026, 11, 21)
EMAIL, DIRECTORY = "services/email.yaml", "services/directory.yaml"
CASE, OFFICE = "business-cases/case-email.yaml", "calendars/office.yaml"
SLM = "processes/service-level-management.yaml"
BRM = "processes/business-relationship-management.yaml"
COMPARISON, CATEGORY = "comparisons/slm-brm.yaml", "categories/communication.yaml"
CATALOGUE, AGREEMENT = "terms/service-catalogue.yaml", "terms/service-level-agreement.yaml"

CHAT = """\
kind: service
id: chat
name: {ar: المحادثة, fa: گفت‌وگو, en: Chat}
summary: {ar: رسائل قصيرة., fa: پیام‌های کوتاه., en: Short messages.}
description: {ar: رسائل فورية., fa: پیام فوری., en: Instant messages.}
type: customer-facing
status: requirements
status_history:
  - {status: requirements, on: 2026-10-01, by: management}
categories: [communication]
roles: {owner: service-desk}
criticality: low
review: {last: 2026-10-01, next: 2027-04-01}
"""
RETIRING = (
    CHAT.replace("status: requirements", "status: retiring")
    .replace("on: 2026-10-01", "on: 2026-10-01, note: {en: No, ar: لا, fa: نه}")
    .replace(
        "categories:",
        "closed_to_new_on: 2026-05-01\nends_on: 2027-05-01\n"
        "migration: {ar: انتقل, fa: بروید, en: Move}\nreplaced_by: [email]\ncategories:",
    )
)


class Site:
    """The base catalogue with changes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(BASE, root, dirs_exist_ok=True)

    def edit(self, path: str, *changes: tuple[str, str]) -> Site:
        file = self.root / "catalogue" / path
        text = file.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        return self.write(path, text)

    def write(self, path: str, text: str) -> Site:
        file = self.root / "catalogue" / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return self

    def remove(self, path: str) -> Site:
        (self.root / "catalogue" / path).unlink()
        return self

    @property
    def problems(self) -> tuple[Problem, ...]:
        catalogue, found = load(self.root)
        return arrange([*found, *check(catalogue, TODAY).all])

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.problems]

    @property
    def said(self) -> list[str]:
        return [f"{p.code} {p.message}" for p in self.problems]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


Edit = tuple[str, str]


def cut(text: str, start: str, end: str) -> str:
    return text[: text.index(start)] + text[text.index(end) :]


# The list


def test_every_check_says_in_its_first_line_which_rule_it_keeps() -> None:
    for one in CHECKS:
        first = (one.__doc__ or "").splitlines()[0]
        assert re.match(r"[VC]\d\d|Every rule", first), one


def test_a_catalogue_is_told_the_same_twice(site: Site) -> None:
    site.edit(EMAIL, ("depends_on:", "related: [nothing]\ndepends_on:"))
    assert site.problems == site.problems


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**9))
def test_no_catalogue_breaks_a_check(seed: int) -> None:
    assert check(marked.catalogue(seed), TODAY).all


def test_many_entries_are_checked_by_several_processes_alike(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    catalogue = marked.catalogue(2011)
    alone = check(catalogue, TODAY).all
    monkeypatch.setattr(checks, "SLICE", 3)
    assert alone
    assert check(catalogue, TODAY, jobs=2).all == alone


def test_without_a_policy_the_other_checks_run(site: Site) -> None:
    site.remove("policy.yaml").edit(EMAIL, ("{service: directory", "{service: directry"))
    assert site.codes == ["M08", "V14"]
    assert set(CHECKS_WITHOUT_POLICY) < set(CHECKS)


def test_a_policy_with_problems_is_one_problem(site: Site) -> None:
    site.edit("policy.yaml", ("  test: pipeline\n", ""))
    assert site.said == ["M05 `sections` is a mapping"]
    assert "none for test" in site.problems[0].expected


def test_an_empty_catalogue_has_no_further_problems(tmp_path: Path) -> None:
    catalogue, problems = load(tmp_path)
    assert [p.code for p in problems] == ["M08", "M08"]
    assert check(catalogue, TODAY).all == ()


# No consequences


@pytest.mark.parametrize(
    "path",
    [EMAIL, DIRECTORY, CASE, OFFICE, SLM, CATALOGUE, CATEGORY, "audiences/employees.yaml"],
)
@pytest.mark.parametrize(
    ("change", "code"), [(("name: {", "nme: {"), "M02"), (("name: {", "name: {{"), "Y02")]
)
def test_a_broken_file_is_not_reported_where_it_is_named(
    site: Site, path: str, change: Edit, code: str
) -> None:
    site.edit(path, change)
    assert set(site.codes) <= {code, "M03"}
    assert {problem.where.file for problem in site.problems} == {f"catalogue/{path}"}


def test_a_service_without_offerings_has_one_problem(site: Site) -> None:
    text = (BASE / "catalogue" / EMAIL).read_text(encoding="utf-8")
    site.write(EMAIL, cut(text, "offerings:", "depends_on:"))
    assert site.codes == ["V03"]


# Portfolio


def test_what_is_announced_is_checked_as_if_it_were_offered(site: Site) -> None:
    chat = CHAT.replace("status: requirements", "status: release") + (
        "available_from: 2027-01-01\nbusiness_case: case-email\ndue_diligence: {result: passed}\n"
    )
    site.write("services/chat.yaml", chat)
    assert set(site.codes) == {"V02", "V03", "V04", "V12"}
    site.edit("policy.yaml", ("source_language", "announce_released: false\nsource_language"))
    assert site.codes == []


@pytest.mark.parametrize("path", [EMAIL, DIRECTORY])
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("result: passed", "result: failed"), 'the result of due diligence is "failed"'),
        (("no_risks_found: true\n", ""), "no risk is named"),
        (("valid_until: 2028-12-31", "valid_until: 2026-11-20"),
         "due diligence was valid until 2026-11-20"),
    ],
)  # fmt: skip
def test_due_diligence(site: Site, path: str, change: Edit, message: str) -> None:
    assert site.edit(path, change).said == [f"V02 {message}"]


def test_due_diligence_holds_on_its_last_day(site: Site) -> None:
    site.edit(EMAIL, ("valid_until: 2028-12-31", "valid_until: 2026-11-21"))
    assert site.codes == ["V10"]


def test_no_due_diligence_is_one_problem(site: Site) -> None:
    text = (BASE / "catalogue" / DIRECTORY).read_text(encoding="utf-8")
    site.write(DIRECTORY, cut(text, "due_diligence:", "no_risks_found"))
    assert site.said == ["V02 `due_diligence` is missing"]


def test_of_a_supporting_service_only_the_hours_are_asked(site: Site) -> None:
    site.edit(DIRECTORY, ("hours: {service: always, support: office}\n", ""))
    assert site.said == ["V04 `hours` is missing"]


def test_a_service_with_customers_names_who_keeps_the_relationship(site: Site) -> None:
    site.edit(EMAIL, (", brm: management", ""))
    assert site.said == ["V04 `roles.brm` is missing"]


def test_a_complete_withdrawal(site: Site) -> None:
    assert site.write("services/chat.yaml", RETIRING).codes == []


def test_nothing_ends_before_it_closes(site: Site) -> None:
    site.write("services/chat.yaml", RETIRING.replace("ends_on: 2027-05-01", "ends_on: 2026-04-01"))
    assert site.said == ["V05 the service ends on 2026-04-01, before it closes to new customers"]


@pytest.mark.parametrize(
    ("status", "codes"), [("approved", []), ("submitted", ["V06"]), ("draft", ["V06"])]
)
def test_a_special_business_case_lets_customers_in(
    site: Site, status: str, codes: list[str]
) -> None:
    case = (BASE / "catalogue" / CASE).read_text(encoding="utf-8")
    site.write(
        "business-cases/special.yaml",
        case.replace("id: case-email", "id: special").replace(
            "status: approved", f"status: {status}"
        ),
    ).write(
        "services/chat.yaml",
        RETIRING + "special_business_case: special\n"
        "customers:\n  - {customer: sales, offering: any, since: 2026-06-01}\n",
    )
    assert site.codes == codes
    assert not codes or site.problems[0].hint == f'the case "special" is "{status}"'


def history(site: Site, *steps: str, status: str = "") -> list[str]:
    lines = [f"  - {{status: {step}, by: management}}" for step in steps]
    last = status or steps[-1].split(",")[0]
    text = CHAT.replace("status: requirements\n", f"status: {last}\n")
    written = text.replace(
        "  - {status: requirements, on: 2026-10-01, by: management}", "\n".join(lines)
    )
    site.write("services/chat.yaml", written)
    return [said for said in site.said if said.startswith("V08")]


NOTE = "note: {ar: لأن, fa: زیرا, en: because}"


@pytest.mark.parametrize(
    "steps",
    [
        ("design, on: 2026-10-01", "build, on: 2026-10-01"),
        ("development, on: 2026-10-01", "test, on: 2026-10-02"),
        ("definition, on: 2026-10-01", f"rejected, on: 2026-10-02, {NOTE}"),
        ("test, on: 2026-10-01", f"retiring, on: 2026-10-02, {NOTE}"),
        ("rejected, on: 2026-10-01", f"requirements, on: 2026-10-02, {NOTE}"),
        ("retired, on: 2026-10-01", f"requirements, on: 2026-10-02, {NOTE}"),
        ("operational, on: 2026-10-01", "retiring, on: 2026-10-02", "retired, on: 2026-10-03"),
    ],
)
def test_steps_that_the_lifecycle_allows(site: Site, steps: tuple[str, ...]) -> None:
    assert history(site, *steps) == []


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        (("definition, on: 2026-10-01", "rejected, on: 2026-10-02"),
         'the step from "definition" to "rejected" has no note'),
        (("test, on: 2026-10-01", f"design, on: 2026-10-02, {NOTE}"),
         'the step from "test" to "design" is not one of the lifecycle'),
        (("test, on: 2026-10-01", "test, on: 2026-10-02"),
         'the step from "test" to "test" is not one of the lifecycle'),
        (("operational, on: 2026-10-01", f"requirements, on: 2026-10-02, {NOTE}"),
         'the step from "operational" to "requirements" is not one of the lifecycle'),
        (("analysis, on: 2026-10-02", "approved, on: 2026-10-01"),
         'the step to "approved" is dated 2026-10-01'),
    ],
)  # fmt: skip
def test_steps_that_it_does_not(site: Site, steps: tuple[str, ...], message: str) -> None:
    assert history(site, *steps) == [f"V08 {message}"]


def test_a_history_ends_in_the_status(site: Site) -> None:
    said = history(site, "definition, on: 2026-10-01", status="analysis")
    assert said == ['V08 the status is "analysis"']
    (problem,) = site.problems
    assert problem.related[0].where.line == 9


def test_which_statuses_rest_on_a_business_case() -> None:
    assert APPROVED[0] == "approved"
    assert APPROVED[1:] == CHARTERED
    assert CHARTERED[-1] == "operational"


def test_an_approved_service_names_its_case(site: Site) -> None:
    site.write("services/chat.yaml", CHAT.replace("status: requirements", "status: approved"))
    assert site.said == ['V09 the status is "approved", and no business case is named']


def test_a_charter_is_needed_only_later(site: Site) -> None:
    case = (BASE / "catalogue" / CASE).read_text(encoding="utf-8")
    text = case[: case.index("charter:")].replace("id: case-email", "id: case-chat")
    chat = CHAT.replace("status: requirements", "status: approved") + "business_case: case-chat\n"
    site.write("business-cases/case-chat.yaml", text).write("services/chat.yaml", chat)
    assert site.codes == []
    site.write("services/chat.yaml", chat.replace("status: approved", "status: chartered"))
    assert site.said == ['V09 the business case "case-chat" has no charter']


@pytest.mark.parametrize(
    ("path", "change", "line"),
    [
        ("agreements/sla-sales.yaml", ("review_on: 2027-02-01", "review_on: 2026-11-20"), 9),
        (EMAIL, ("no_risks_found: true", "risks:\n  - {title: &t {ar: خطر, fa: خطر, en: Risk}, "
                 "probability: 1, impact: 1, response: *t, owner: management, "
                 "review_on: 2026-11-20}"), 58),
        (EMAIL, ("next: 2027-06-01", "next: 2027-06-02"), 62),
        (DIRECTORY, ("next: 2027-06-01", "next: 2026-11-20"), 37),
    ],
)  # fmt: skip
def test_what_is_overdue(site: Site, path: str, change: Edit, line: int) -> None:
    (problem,) = site.edit(path, change).problems
    assert (problem.code, problem.where.line) == ("V10", line)


def test_a_year_is_a_year_of_the_calendar(site: Site) -> None:
    site.edit(
        EMAIL, ("{last: 2026-06-01, next: 2027-06-01}", "{last: 2026-08-31, next: 2029-02-28}")
    )
    site.edit("policy.yaml", ("source_language", "review_interval: P2Y6M\nsource_language"))
    assert site.codes == []
    site.edit(EMAIL, ("next: 2029-02-28", "next: 2029-03-01"))
    assert site.codes == ["V10"]


def test_an_agreement_that_has_ended_needs_no_review(site: Site) -> None:
    site.edit("agreements/sla-sales.yaml",
              ("review_on: 2027-02-01", "review_on: 2026-05-01\nends_on: 2026-06-01"))  # fmt: skip
    assert site.codes == []


@pytest.mark.parametrize(
    ("window", "codes"),
    [
        ("{from: 2026-11-21, until: 2026-11-21}", []),
        ("{from: 2026-02-01, until: 2026-11-20}", ["V11b"]),
        ("{from: 2026-11-22}", ["V11b"]),
    ],
)
def test_a_window_holds_on_both_its_days(site: Site, window: str, codes: list[str]) -> None:
    assert site.edit(EMAIL, ("publish: {from: 2026-02-01}", f"publish: {window}")).codes == codes


# Dependencies


def test_a_reason_is_as_good_as_a_dependency(site: Site) -> None:
    site.edit(EMAIL, ("depends_on:\n  - {service: directory, how: requires, critical: true}",
                      "no_dependencies_reason: {ar: لا, fa: نه, en: None needed}"))  # fmt: skip
    assert site.said == ['V16 no service rests on "directory"']


def test_a_service_does_not_rest_on_itself(site: Site) -> None:
    site.write("services/chat.yaml", CHAT + "depends_on:\n  - {service: chat, how: requires}\n")
    assert site.said == ['V14 "chat" rests on itself']


def test_a_service_does_not_replace_itself(site: Site) -> None:
    site.write("services/chat.yaml", RETIRING.replace("[email]", "[email, chat]"))
    assert site.said == ['V14 "chat" replaces itself']


def pipeline(site: Site, requires: dict[str, list[str]]) -> Site:
    for id_, targets in requires.items():
        lines = [f"  - {{service: {target}, how: requires}}\n" for target in targets]
        text = CHAT.replace("id: chat", f"id: {id_}").replace("en: Chat", f"en: {id_}")
        site.write(
            f"services/{id_}.yaml", text + "depends_on:\n" + "".join(lines) if lines else text
        )
    return site


def test_a_circle_is_printed(site: Site) -> None:
    pipeline(site, {"a": ["b"], "b": ["d", "c"], "c": ["a"], "d": []})
    (problem,) = site.problems
    assert problem.message == "`requires` runs in a circle: a → b → c → a"
    assert [(r.where.file[-6:], r.message) for r in problem.related] == [
        ("b.yaml", '"b" requires "c"'),
        ("c.yaml", '"c" requires "a"'),
    ]


def test_two_circles_are_two_problems(site: Site) -> None:
    pipeline(site, {"a": ["b", "c"], "b": ["a"], "c": ["a"]})
    assert site.said == [
        "V14 `requires` runs in a circle: a → b → a",
        "V14 `requires` runs in a circle: a → c → a",
    ]


def test_two_ways_to_one_service_are_no_circle(site: Site) -> None:
    assert pipeline(site, {"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}).codes == []


def test_a_long_chain_is_walked(site: Site) -> None:
    from generator.checks.dependencies import _circles

    chain = {str(i): [str(i + 1)] for i in range(20_000)} | {"20000": []}
    assert list(_circles(chain)) == []
    (circle,) = _circles(chain | {"20000": ["0"]})
    assert len(circle) == 20_001


ON_CHAT = ("critical: true}", "critical: true}\n  - {service: chat, how: requires}")


def test_requiring_what_is_replaced(site: Site) -> None:
    site.write("services/chat.yaml", RETIRING).edit(EMAIL, ON_CHAT)
    assert site.codes == []
    retired = RETIRING.replace("status: retiring", "status: retired")
    (problem,) = site.write("services/chat.yaml", retired).problems
    assert (problem.code, problem.hint) == ("V15", 'it is replaced by "email"')
    lonely = RETIRING.replace("replaced_by: [email]", f"no_replacement_reason: {NOTE[6:]}")
    (problem,) = site.write("services/chat.yaml", lonely).problems
    assert problem.message == 'the service requires "chat", which is retiring without a replacement'


def test_only_critical_dependencies_bound_a_promise(site: Site) -> None:
    site.edit(EMAIL, ("value: 99.5", "value: 99.95"), ("critical: true", "critical: false"))
    assert site.codes == []


def test_best_effort_promises_nothing_to_exceed(site: Site) -> None:
    text = (BASE / "catalogue" / DIRECTORY).read_text(encoding="utf-8")
    level = "    level: {best_effort: true}\n"
    short = (
        text[: text.index("    level:")] + level + text[text.index("    price: {policy: free") :]
    )
    site.write(DIRECTORY, short).edit(EMAIL, ("value: 99.5", "value: 99.95"))
    assert site.codes == []


def test_a_supporting_service_of_retired_ones_is_unused(site: Site) -> None:
    site.edit(EMAIL, ("  - {service: directory, how: requires, critical: true}",
                      "  - {service: chat, how: enhances}"))  # fmt: skip
    retired = RETIRING.replace("status: retiring", "status: retired")
    site.write(
        "services/chat.yaml", retired + "depends_on: [{service: directory, how: requires}]\n"
    )
    assert site.said == ['V16 no service rests on "directory"']


def twin(site: Site, name: str) -> Site:
    text = (BASE / "catalogue" / EMAIL).read_text(encoding="utf-8")
    text = text.replace("id: email\n", "id: mail\n")
    return site.write(
        "services/mail.yaml", re.sub(r"^name: .*$", f"name: {name}", text, flags=re.M)
    )


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("{ar: بريد, fa: نامه, en: EMAIL}", ["V16"]),
        ("{ar: البَريد الإلكترونيّ, fa: نامه, en: Post}", ["V16"]),
        ("{ar: البريد الإلكتروني, fa: رایانامه, en: Email}", ["V16"]),
        ("{ar: بريد, fa: نامه, en: Post}", []),
    ],
)
def test_two_services_of_one_name(site: Site, name: str, codes: list[str]) -> None:
    assert twin(site, name).codes == codes


def test_one_name_for_two_audiences_is_no_duplicate(site: Site) -> None:
    twin(site, "{ar: بريد, fa: نامه, en: Email}")
    audience = (BASE / "catalogue/audiences/employees.yaml").read_text(encoding="utf-8")
    site.write("audiences/guests.yaml", audience.replace("id: employees", "id: guests"))
    site.edit("services/mail.yaml", ("audiences: [employees]", "audiences: [guests]"))
    assert site.codes == []


def test_repeated_offerings(site: Site) -> None:
    text = (BASE / "catalogue" / DIRECTORY).read_text(encoding="utf-8")
    offering = text[text.index("  - id: lookup") : text.index("cost: {model")]
    site.write(DIRECTORY, text.replace("cost: {model", offering + "cost: {model"))
    (problem,) = site.problems
    assert (problem.code, problem.message) == ("V17", '"lookup" stands twice in `offerings`')
    assert problem.related[0].where.line < problem.where.line


# Levels, hours, money


@pytest.mark.parametrize(
    ("change", "messages"),
    [
        (("metric: availability", "metric: custom"), ["the target for custom lacks `name`"]),
        (("value: 99.5", "value: -1"), ["availability of -1 percent"]),
        (("value: 99.5", "duration: PT1H"), ['the unit is "percent", and the value a duration']),
        (("unit: percent", "unit: count"), ['availability is given in "count"']),
        (("length: P1M", "length: PT0S"), ["the window is PT0S long"]),
        (("          value: 99.5\n          unit: percent", "          duration: PT0S\n          unit: duration"),
         ["availability is given in \"duration\"", "the duration is PT0S"]),
        (("          op: gte\n", ""), ["the target for availability lacks `op`"]),
    ],
)  # fmt: skip
def test_targets(site: Site, change: Edit, messages: list[str]) -> None:
    assert sorted(site.edit(EMAIL, change).said) == sorted(f"V18 {m}" for m in messages)


def test_a_level_promises_something(site: Site) -> None:
    text = (BASE / "catalogue" / DIRECTORY).read_text(encoding="utf-8")
    short = (
        text[: text.index("    level:")]
        + "    level: {}\n"
        + text[text.index("    price: {policy: free") :]
    )
    assert site.write(DIRECTORY, short).said == ['V18 the level of "lookup" promises nothing']
    assert site.edit(DIRECTORY, ("level: {}", "level: {best_effort: true}")).codes == []


def test_targets_of_agreements_are_checked_too(site: Site) -> None:
    site.edit("agreements/sla-sales.yaml",
              ("starts_on:", "targets:\n  - {metric: response}\nstarts_on:"))  # fmt: skip
    assert site.codes == ["V18", "V19"]


def calendar(zone: str, **open_days: list[dict[str, object]]) -> Calendar:
    days = {day: open_days.get(day, []) for day in WEEKDAYS}
    return Calendar.model_validate(
        {"kind": "calendar", "id": "c", "name": {"en": "C"}, "time_zone": zone, "days": days}
    )


def test_weeks_are_laid_beside_each_other_in_one_time() -> None:
    muscat = week_of(calendar("Asia/Muscat", sunday=[{"opens": "08:00", "closes": "16:00"}]), TODAY)
    london = week_of(
        calendar("Europe/London", sunday=[{"opens": "04:00", "closes": "12:00"}]), TODAY
    )
    assert muscat == london
    assert muscat is not None
    assert muscat.bit_count() == 8 * 60


def test_a_night_that_crosses_the_end_of_the_week() -> None:
    night = [{"opens": "22:00", "closes": "06:00", "crosses_midnight": True}]
    week = week_of(calendar("UTC", friday=night), TODAY)
    split = week_of(calendar("UTC", friday=[{"opens": "22:00", "closes": "24:00"}],
                             saturday=[{"opens": "00:00", "closes": "06:00"}]), TODAY)  # fmt: skip
    assert week == split


def test_a_minute_is_told_by_the_calendar_s_own_clock() -> None:
    own = calendar("Asia/Tehran", saturday=[{"opens": "00:30", "closes": "01:00"}])
    week = week_of(own, TODAY)
    assert week is not None
    assert first_minute(week, own, TODAY) == "saturday 00:30"


def test_an_unknown_zone_has_no_week() -> None:
    assert week_of(calendar("Asia/Nowhere"), TODAY) is None


@pytest.mark.parametrize("zone", ["Asia", "../etc/passwd", "/etc/passwd", "Muscat", "+04:00"])
def test_what_is_no_time_zone(site: Site, zone: str) -> None:
    assert site.edit(OFFICE, ("Asia/Muscat", zone)).codes == ["V20"]


def test_a_calendar_without_zone_or_with_a_span_of_more_than_a_day(site: Site) -> None:
    site.edit(OFFICE, ("time_zone: Asia/Muscat\n", ""),
              ("sunday: [{opens: '08:00', closes: '16:00'}",
               "sunday: [{opens: '08:00', closes: '16:00', crosses_midnight: true}"))  # fmt: skip
    assert site.said == [
        "V20 `time_zone` is missing",
        "V20 08:00 to 16:00 on the next day is more than 24 hours",
    ]


TEXT = "text: {ar: بلا نقود, fa: بی پول, en: No money moves}"


@pytest.mark.parametrize(
    ("price", "messages"),
    [
        ("{policy: free, model: none}", []),
        ("{policy: free, model: per-user}", ['the price is free, and yet "per-user"']),
        ("{policy: free, model: none, currency: OMR}", ["the price is free, and yet in OMR"]),
        ("{policy: free, model: none, amount: 0, currency: OMR}", ["the price is free, and yet 0"]),
        ("{policy: notional, model: none}", ["the price is notional"]),
        (f"{{policy: notional, model: none, {TEXT}}}", []),
        ("{policy: fixed-price, model: quote}", ["the price is on quotation"]),
        (f"{{policy: fixed-price, model: quote, {TEXT}}}", []),
        (
            "{policy: fixed-price, model: none}",
            ['the policy is "fixed-price", and the model "none"'],
        ),
        (f"{{policy: fixed-price, model: tiered, {TEXT}}}", ['the price "tiered" has no amount']),
        (
            "{policy: fixed-price, model: per-user, currency: OMR}",
            ["the currency OMR has no amount"],
        ),
        ("{policy: fixed-price, model: per-user, amount: 3}", ["the amount 3 has no currency"]),
        ("{policy: fixed-price, model: per-user, amount: -3, currency: OMR}", ["the amount is -3"]),
        ("{policy: fixed-price, model: per-user, amount: 3, currency: OMR}", []),
    ],
)
def test_prices(site: Site, price: str, messages: list[str]) -> None:
    site.edit(DIRECTORY, ("price: {policy: free, model: none}", f"price: {price}"))
    assert site.said == [f"V21 {message}" for message in messages]


def test_a_cost_that_is_not_known_cannot_be_recovered(site: Site) -> None:
    chat = CHAT + "price: {policy: cost-recovery, model: per-user, amount: 1, currency: OMR}\n"
    site.write("services/chat.yaml", chat)
    assert site.said == ["V22 the price recovers a cost that is not known"]


@pytest.mark.parametrize(
    "change",
    [
        ("unit_cost: 1.200, unit: {ar: صندوق, fa: صندوق, en: mailbox}",
         "unit_cost: 12.00, unit: {ar: سنة, fa: سال, en: year}"),
        ("currency: OMR, unit_cost: 1.200", "currency: AED, unit_cost: 12.00"),
        ("unit_cost: 1.200, unit: {ar: صندوق, fa: صندوق, en: mailbox}, period: P1M",
         "unit_cost: 12.00, unit: {ar: صندوق, fa: صندوق, en: mailbox}, period: P1Y"),
    ],
)  # fmt: skip
def test_prices_are_compared_only_with_costs_of_their_kind(site: Site, change: Edit) -> None:
    assert site.edit(EMAIL, change).codes == []


# What customers are led to


def test_tasks_and_tombstones_lead_customers_too(site: Site) -> None:
    site.write("services/chat.yaml", CHAT)
    site.edit("organisation.yaml", ("to: service/email", "to: service/chat"))
    site.write(
        "tombstones/talk.yaml", "kind: tombstone\nid: talk\nof: service\nredirect_to: chat\n"
    )
    assert (
        site.said
        == ['V01 customers are led to "chat", which is still in the pipeline ("requirements")'] * 2
    )
    assert site.problems[0].related[0].message == "its status is requirements"


@pytest.mark.parametrize(
    ("to", "codes"),
    [
        ("guides/how-to-complain", []),
        ("service/directory", ["V13"]),
        ("customer/sales", ["V23"]),
        ("customer/nobody", ["C01"]),
        ("team/service-desk", ["C01"]),
        ("category/communication", []),
    ],
)
def test_where_tasks_lead(site: Site, to: str, codes: list[str]) -> None:
    assert site.edit("organisation.yaml", ("to: service/email", f"to: {to}")).codes == codes


def linked(site: Site, address: str) -> list[str]:
    text = f"en: 'See [this]({address}) for more.'"
    return site.edit(CATEGORY, ("en: Correspondence between people.", text)).codes


@pytest.mark.parametrize(
    ("address", "codes"),
    [
        ("catalogue:service/email", []),
        ("catalogue:service/email#price", []),
        ("catalogue:comparison/slm-brm#question", []),
        ("https://example.org/a_(b)", []),
        ("mailto:help@example.org", []),
        ("#here", []),
        ("catalogue:service/directory", ["V13"]),
        ("catalogue:supplier/mail-vendor", ["V23"]),
        ("catalogue:agreement/none", ["C01"]),
        ("catalogue:team/service-desk", ["C01"]),
        ("catalogue:thing/email", ["C01"]),
        ("catalogue:email", ["C01"]),
        ("services/email/", ["C01"]),
    ],
)
def test_where_links_lead(site: Site, address: str, codes: list[str]) -> None:
    assert linked(site, address) == codes


def test_staff_may_read_of_the_pipeline(site: Site) -> None:
    site.write("services/chat.yaml", CHAT)
    text = "introduction: {ar: نحتاج إلى المراسلة., fa: به نامه‌نگاری نیاز داریم., en: We need correspondence.}"
    site.edit(
        CASE, (text, text.replace("We need correspondence.", "'[Chat](catalogue:service/chat)'"))
    )
    assert site.codes == []


def test_a_service_in_the_pipeline_may_name_its_like(site: Site) -> None:
    pipeline(site, {"a": []})
    site.write("services/chat.yaml", CHAT + "related: [a, directory]\n")
    assert site.codes == []


def test_an_announced_service_may_be_named(site: Site) -> None:
    chat = CHAT.replace("status: requirements", "status: release") + (
        "available_from: 2027-01-01\nbusiness_case: case-email\ndue_diligence: {result: passed}\n"
    )
    site.write("services/chat.yaml", chat)
    site.edit(EMAIL, ("depends_on:", "related: [chat]\ndepends_on:"))
    assert "V01" not in site.codes


def test_a_hint_where_an_id_has_moved(site: Site) -> None:
    site.write(
        "tombstones/mail.yaml", "kind: tombstone\nid: mail\nof: service\nredirect_to: email\n"
    )
    site.edit("organisation.yaml", ("to: service/email", "to: service/mail"))
    assert [p.hint for p in site.problems] == ['it is now "email"']


@pytest.mark.parametrize(
    ("path", "change", "message"),
    [
        (EMAIL, ("offering: mailbox", "offering: mailbx"), 'the service has no offering "mailbx"'),
        (COMPARISON, ("    side: slm", "    side: sml"), 'the comparison has no side "sml"'),
        (SLM, ("purpose: [handbook]", "purpose: [handbok]"), 'there is no source "handbok"'),
        (EMAIL, ("by: management, ref: DD-C-1", "by: managment, ref: DD-C-1"),
         'there is no team "managment"'),
    ],
)  # fmt: skip
def test_ids_inside_entries(site: Site, path: str, change: Edit, message: str) -> None:
    (problem,) = site.edit(path, change).problems
    assert (problem.code, problem.message) == ("V14", message)
    assert problem.hint.startswith("did you mean")


# Languages and letters


def test_a_service_that_nobody_sees_need_not_be_translated(site: Site) -> None:
    text = "{ar: المحادثة, fa: گفت‌وگو, en: Chat}"
    assert site.write("services/chat.yaml", CHAT.replace(text, "{en: Chat}")).codes == []


def test_all_that_a_language_lacks_is_said_at_once(site: Site) -> None:
    site.edit(EMAIL, ("fa: رایانامه, ", ""), (", fa: صندوق نامه برای هر کارمند.", ""),
              (", fa: نامه‌هایتان به همکاران می‌رسد.", ""))  # fmt: skip
    (problem,) = site.problems
    assert (problem.where.line, problem.expected) == (3, 'text in "fa" for name, summary, outcomes')


def test_a_reviewed_translation_says_what_it_translates(site: Site) -> None:
    catalogue, _ = load(BASE)
    of = source_hash(catalogue.services["email"], EN)
    assert re.fullmatch("[0-9a-f]{12}", of)
    text = (BASE / "catalogue" / EMAIL).read_text(encoding="utf-8")
    site.write(EMAIL, f"{text}translation: {{fa: {{state: reviewed}}, ar: {{state: missing}}}}\n")
    (problem,) = site.problems
    assert (problem.code, problem.expected) == ("V25", f"the source hash {of}")


def test_a_change_of_the_source_text_changes_its_hash(site: Site) -> None:
    before = source_hash(load(site.root)[0].services["email"], EN)
    site.edit(EMAIL, ("fa: صندوق نامه", "fa: صندوقی"))
    assert source_hash(load(site.root)[0].services["email"], EN) == before
    site.edit(EMAIL, ("Call the service desk.", "Ring the service desk."))
    assert source_hash(load(site.root)[0].services["email"], EN) != before


def written(site: Site, language: str, text: str) -> tuple[Problem, ...]:
    """The problems of a text of the category, in block style from line 5 on.

    The other languages say something else; that their numbers differ is left out.
    """
    texts = {"ar": "المراسلة.", "fa": "نامه‌نگاری.", "en": "Correspondence.", language: text}
    lines = [f"  {code}: |\n    {text}\n" for code, text in texts.items()]
    category = (BASE / "catalogue" / CATEGORY).read_text(encoding="utf-8")
    head = category[: category.index("description:")]
    found = site.write(CATEGORY, f"{head}description:\n{''.join(lines)}").problems
    return tuple(problem for problem in found if problem.code != "V38")


Told = Callable[[Site, str, str], list[tuple[str, int, int]]]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fa", "واژهٔ «كتاب» عربی است."),
        ("fa", "در متن “علي” آمده است."),
        ("fa", "نشانی `كتاب` و https://example.org/كتاب و a@b.example را ببینید."),
        ("ar", "كلمة «کتاب» فارسية."),
        ("ar", 'كلمة "پروژه" فارسية.'),
        ("en", "The Persian word کتاب and the Arabic word كتاب."),
        ("fa", "ۀ و هٔ و ئ و ء و أ"),
    ],
)
def test_letters_that_may_stand(site: Site, language: str, text: str) -> None:
    assert written(site, language, text) == ()


@pytest.mark.parametrize(
    ("language", "text", "column", "hint"),
    [
        ("fa", "این كتاب است.", 9, 'write "کتاب"'),
        ("fa", "مرحلة بعد", 5, 'write "مرحله"'),
        ("fa", "شمارهٔ ٢٤ است", 12, 'write "۲۴"'),
        ("ar", "هذا علی الطاولة", 9, 'write "علي" or write "على"'),
        ("ar", "مشروع پروژه", 11, 'write "بروجه"'),
        ("ar", "بعد ۱۲ يومًا", 9, 'write "12"'),
    ],
)
def test_letters_that_may_not(site: Site, language: str, text: str, column: int, hint: str) -> None:
    problems = [p for p in written(site, language, text) if p.code == "V26"]
    (problem,) = problems
    assert problem.where.line == {"ar": 6, "fa": 8}[language]
    assert (problem.where.column, problem.hint) == (column, hint)


@pytest.mark.parametrize("character", "\u200e\u200f\u202a\u202e\u2066\u2069")
@pytest.mark.parametrize("language", ["ar", "fa", "en"])
def test_direction_controls(site: Site, language: str, character: str) -> None:
    (problem,) = written(site, language, f"ab{character}cd")
    assert f"U+{ord(character):04X}" in problem.message
    assert problem.where.column == 7


def test_presentation_forms(site: Site) -> None:
    (problem,) = written(site, "ar", "ﺍﻟﻌﺮﺑﻴﺔ")
    assert (problem.code, problem.hint) == ("V26", 'write "العربية"')


def test_words_for_search_hold_no_hidden_characters_but_any_letter(site: Site) -> None:
    site.edit(EMAIL, ("fa: [ایمیل]", "fa: [ايميل, 'نا\u200fمه']"))
    (problem,) = site.problems
    assert problem.message.startswith("the invisible character U+200F (right-to-left mark)")
    assert (problem.where.line, problem.where.column) == (4, 37)


@pytest.mark.parametrize(
    "text",
    [
        "قدیمی است و عمومی شد.",
        "میز، میان، میدان، میزان، میراث و میلاد",
        "می‌شود و نمی‌کند و کتاب‌ها و بزرگ‌تر و بهترین",
        "تنها و آن‌ها و ترس و ترتیب",
        "استاندارد ISO/IEC 20000-1:2018 و ITIL 2011 و v2.1 و 5G و ۲۴ ساعت و 50 GB",
        "شمارهٔ `+98 21 1234` برای ۲۴ ساعت، https://example.org/a,b?c=1;d",
        "ویرایش‌های ۳ و ۴؛ درست؟",
        "نام‌های A, B و C",
    ],
)
def test_spelling_that_is_right(site: Site, text: str) -> None:
    assert written(site, "fa", text) == ()


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("می شود", 'write "می‌شود"'),
        ("او (نمی کند)", 'write "نمی‌کند"'),
        ("کتاب های من", 'write "کتاب‌های"'),
        ("بزرگ ترین", 'write "بزرگ‌ترین"'),
        ("کم تر است", 'write "کم‌تر"'),
        ("نمیشود", 'write "نمی‌شود"'),
        ("آن را میتوان دید", 'write "می‌توان"'),
        ("میگفتند", 'write "می‌گفتند"'),
    ],
)
def test_spelling_that_misses_a_joiner(site: Site, text: str, hint: str) -> None:
    (problem,) = written(site, "fa", text)
    assert (problem.code, problem.hint) == ("V27", hint)


@pytest.mark.parametrize(
    ("language", "text", "mark"),
    [
        ("ar", "نعم, هذا صحيح.", "،"),
        ("ar", "شكرًا, كثيرًا", "،"),
        ("ar", "أهذا صحيح?", "؟"),
        ("fa", "این; آن", "؛"),
        ("fa", "«نام», آن", "،"),
        ("fa", "[نام](https://example.org/), آن", "،"),
    ],
)
def test_marks_of_another_script(site: Site, language: str, text: str, mark: str) -> None:
    (problem,) = written(site, language, text)
    assert (problem.code, problem.expected) == ("V27", f'"{mark}"')


def test_two_sets_of_digits_in_arabic(site: Site) -> None:
    assert [p.code for p in written(site, "ar", "من 8 إلى ١٦")] == ["V27"]
    assert written(site, "ar", "من ٨ إلى ١٦") == ()
    assert written(site, "ar", "من 8 إلى 16") == ()


def test_a_word_is_found_on_its_own_line(site: Site) -> None:
    (problem,) = written(site, "fa", "نخست.\n\n    دوم: می شود.")
    assert (problem.where.line, problem.where.column) == (10, 10)


def test_a_word_behind_an_escape_is_found_at_its_text(site: Site) -> None:
    site.edit(CATEGORY, ("fa: نامه‌نگاری میان افراد.", 'fa: "می\\u0020شود"'))
    (problem,) = site.problems
    assert (problem.code, problem.where.line) == ("V27", 4)


# Terms


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("ar", "إدارة علاقات العمل", "علاقات العمل"),
        ("ar", "وباقة الخدمات", "باقة الخدمات"),
        ("ar", "علاقات العملاء", None),
        ("ar", "يقود مكتب العلاقات العمل", None),
        ("ar", "كتبوا «علاقات العمل»", None),
        ("fa", "سبد خرید", "سبد خرید"),
        ("fa", "مشتری نهایی‌اند", "مشتری نهایی"),
        ("en", "BPM is business relationship management", "BPM"),
        ("en", "BPM is business process management", None),
        ("en", "They wrote “BPM” for business relationship management", None),
    ],
)
def test_false_friends(site: Site, language: str, text: str, found: str | None) -> None:
    messages = [p.message for p in written(site, language, text) if p.code == "V29"]
    assert messages == ([f'"{found}" is a mistranslation'] if found else [])


@pytest.mark.parametrize(
    ("language", "text", "explained"),
    [
        ("en", "The SLA holds.", False),
        ("en", "All SLAs hold.", False),
        ("en", "The service level agreement (SLA) holds.", True),
        ("en", "Service-level agreements (SLAs) hold.", True),
        ("en", "The [SLA](catalogue:term/service-level-agreement) holds.", True),
        ("en", "A service contract, or SLA.", True),
        ("en", "See `SLA` and https://example.org/SLA and SLA-7.", True),
        ("en", "TESLA and SLAM.", True),
        ("ar", "نلتزم SLA.", False),
        ("ar", "نلتزم باتفاقية مستوى خدمة (SLA).", True),
        ("ar", "نلتزم للاتفاقية مستوى الخدمة (SLA).", True),
        ("ar", "نلتزم SLA (Service Level Agreement).", True),
        ("fa", "توافق نامه سطح خدمت (SLA)", True),
        ("fa", "سطح (SLA)", False),
    ],
)
def test_abbreviations(site: Site, language: str, text: str, explained: bool) -> None:
    problems = [p for p in written(site, language, text) if p.code == "V30"]
    assert len(problems) == (0 if explained else 1)


def test_an_entry_that_has_the_abbreviation_need_not_explain_it(site: Site) -> None:
    site.write(
        "terms/slm.yaml",
        "kind: term\nid: slm\nabbreviation: SLM\n"
        "name: {ar: إدارة مستوى الخدمة, fa: مدیریت سطح خدمت, en: Service level management}\n"
        "definition: {ar: تعريف., fa: تعریف., en: About SLM.}\n",
    )
    site.edit(COMPARISON, ("en: At a glance", "en: SLM and BRM"))
    assert site.codes == []
    site.edit(CATEGORY, ("en: Communication", "en: 'SLM, SLM and SLA'"))
    assert [p.message for p in site.problems] == [
        '"SLM" is not explained',
        '"SLA" is not explained',
    ]


def test_a_term_that_is_named_explains_its_abbreviation(site: Site) -> None:
    site.edit(CATALOGUE, ("en: The services that can be ordered now.", "en: Beside each SLA."))
    assert site.codes == []


@pytest.mark.parametrize(
    ("change", "alike"),
    [
        (
            ("{ar: كتالوج الخدمات,", "{ar: اتّفاقيّة مستوى الخدمة,"),
            "differs only in marks or letter variants from",
        ),
        (
            ("definition:", "variants: {en: [Service level agreement]}\ndefinition:"),
            "equals",
        ),
    ],
)
def test_collisions_of_terms(site: Site, change: Edit, alike: str) -> None:
    (problem,) = site.edit(CATALOGUE, change).problems
    assert problem.code == "V28b"
    assert alike in problem.message
    assert len(problem.related) == 1


# Knowledge


def test_a_flow_is_known_by_one_language(site: Site) -> None:
    site.edit(BRM, ("{ar: تقرير الخدمة, fa: گزارش خدمت, en: Service report}",
                    "{ar: تقارير, fa: گزارش خدمت, en: Reports}"))  # fmt: skip
    assert site.codes == []


def test_flows_that_differ_are_said_on_both_sides(site: Site) -> None:
    site.edit(BRM, ("{ar: تقرير الخدمة, fa: گزارش خدمت, en: Service report}",
                    "{ar: تقارير, fa: گزارش‌ها, en: Service reports}"))  # fmt: skip
    assert [(p.code, p.hint) for p in site.problems] == [
        ("V31b", 'did you mean "Service report"?'),
        ("V31b", 'did you mean "Service reports"?'),
    ]


def test_a_row_without_a_side(site: Site) -> None:
    text = (BASE / "catalogue" / COMPARISON).read_text(encoding="utf-8")
    site.write(COMPARISON, re.sub(r"          brm: \{ar: ما.*\n", "", text))
    assert site.said == ['V32 the row "question" says nothing of "brm"']


def test_no_evidence_is_no_evidence(site: Site) -> None:
    site.edit(COMPARISON, ("    evidence: [handbook]", "    evidence: []"))
    site.edit(SLM, ("  scope: own\n", ""))
    site.edit(COMPARISON, ("  when_to_use: own", "  note: own"))
    assert site.said == [
        'V33 the table "overview" names no evidence',
        "V33 `when_to_use` has no evidence",
        "V33 `scope` has no evidence",
    ]


@pytest.mark.parametrize(
    ("raci", "messages"),
    [
        ("{level-manager: A, desk-lead: R}", []),
        (
            "{level-manager: A/R, desk-lead: A}",
            ['accountable for "agree": "level-manager", "desk-lead"'],
        ),
        ("{level-manager: A}", ['nobody is responsible for "agree"']),
        ("{}", []),
    ],
)
def test_raci(site: Site, raci: str, messages: list[str]) -> None:
    site.edit(SLM, ("{level-manager: A/R, desk-lead: C}", raci))
    assert site.said == [f"V34 {message}" for message in messages]


def test_of_a_function_no_flows_and_measures_are_asked(site: Site) -> None:
    text = (BASE / "catalogue" / SLM).read_text(encoding="utf-8")
    text = text.replace("id: service-level-management", "id: desk\nform: function", 1)
    text = text.replace("stage: design", "stage: operation")
    text = cut(text, "inputs:", "roles:").replace(
        "  inputs: [handbook]\n  outputs: [handbook]\n", ""
    )
    text = cut(text, "measures:", "evidence:").replace("  measures: own\n", "")
    site.write("processes/desk.yaml", text)
    assert site.said == []
    text = cut(text, "activities:", "roles:").replace("  activities: own\n", "")
    site.write("processes/desk.yaml", text.replace("stage: operation", "stage: design"))
    assert site.said == [
        "V31 `activities` is missing",
        'V31 the stage of a function is "design"',
    ]


# Questions

QUESTION = """\
kind: question
id: {id}
about: {about}
level: recall
stem: {{ar: من؟, fa: چه کسی؟, en: Who?}}
options:
  - {{text: {{ar: الأول, fa: نخست, en: The first}}, right: {first}}}
  - {{text: {{ar: الثاني, fa: دوم, en: The second}}, right: {second}}}
  - {{text: {{ar: الثالث, fa: سوم, en: The third}}}}
multiple: {multiple}
why: {{ar: هكذا., fa: چنین است., en: It is so.}}
"""
ABOUT = "process/service-level-management"


def ask(site: Site, id_: str, right: str, about: str = ABOUT, multiple: str = "false") -> Site:
    first, second = (str(place in right).lower() for place in "12")
    text = QUESTION.format(id=id_, about=about, first=first, second=second, multiple=multiple)
    return site.write(f"questions/{id_}.yaml", text)


@pytest.mark.parametrize(
    ("right", "multiple", "messages"),
    [
        ("1", "false", []),
        ("", "false", ["no answer"]),
        ("12", "false", ['"The first", "The second"']),
        ("12", "true", []),
        ("2", "true", ['"The second"']),
        ("", "true", ["no answer"]),
    ],
)
def test_right_answers(site: Site, right: str, multiple: str, messages: list[str]) -> None:
    ask(site, "who", right, multiple=multiple)
    assert site.said == [f"V35 marked as right: {message}" for message in messages]


def test_two_questions_may_have_their_answers_in_one_place(site: Site) -> None:
    ask(ask(site, "one", "1"), "two", "1")
    assert site.said == []
    ask(site, "three", "2")
    assert site.said == []
    ask(site, "three", "1")
    (problem,) = site.problems
    assert problem.message == f'answer 1 is right in all questions about "{ABOUT}"'
    assert len(problem.related) == 2


def test_questions_with_several_answers_have_no_place(site: Site) -> None:
    ask(ask(ask(site, "one", "1"), "two", "1"), "three", "12", multiple="true")
    assert site.said == []


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("process/service-levels", 'V14 there is no process "service-levels"'),
        ("service/email", 'M05 `about` is "service/email"'),
        ("service-level-management", 'M05 `about` is "service-level-management"'),
        ("term/service-catalogue", ""),
        ("comparison/slm-brm", ""),
    ],
)
def test_what_a_question_is_about(site: Site, about: str, said: str) -> None:
    ask(site, "who", "1", about)
    assert site.said == [said] * bool(said)


# Tombstones


def test_an_id_is_not_used_again(site: Site) -> None:
    site.write("tombstones/email.yaml", "kind: tombstone\nid: email\nof: service\n")
    (problem,) = site.problems
    assert (problem.code, problem.where.file) == ("V36", f"catalogue/{EMAIL}")
    assert problem.related[0].where.file == "catalogue/tombstones/email.yaml"


def test_an_id_of_another_kind_is_free(site: Site) -> None:
    site.write("tombstones/email.yaml", "kind: tombstone\nid: email\nof: term\n")
    assert site.codes == []


def test_tombstones_do_not_lead_to_tombstones(site: Site) -> None:
    site.write("tombstones/a.yaml", "kind: tombstone\nid: a\nof: service\nredirect_to: b\n")
    site.write("tombstones/b.yaml", "kind: tombstone\nid: b\nof: service\nredirect_to: email\n")
    (problem,) = site.problems
    assert (problem.message, problem.hint) == ('"b" is itself a tombstone', 'lead to "email"')
