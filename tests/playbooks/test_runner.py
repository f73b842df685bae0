"""A playbook's own worked cases: run as written, failures told where they stand."""

from __future__ import annotations

from textwrap import dedent

import pytest

from muutosturva.i18n import LANGUAGES, Texts
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.playbooks.trying.given import parse_anchor
from muutosturva.playbooks.trying.runner import CaseResult, run_tests
from muutosturva.rules.book import shipped_book
from muutosturva.rules.workdays import WorkCalendar
from tests.playbooks.making import HEAD, STEP, day, on, playbook

BODY = f"""\
tasks:
  log: {STEP}, due: heard + 2 h}}
  guard: {STEP}, when: listed, due: heard + 1 wd}}
tests:
  - name: Esimerkki
    given:
      inputs: {{headcount: 100}}
      anchors: {{heard: 2027-03-01T08:10, decision: ~2027-04-12}}
      waves: [{{id: w1, notice: 2027-04-12, end: 2027-06-30}}]
    expect:
"""


def run(expect: str) -> CaseResult:
    """Run one case with what it expects."""
    resolved = playbook(BODY + "".join(f"      {line}\n" for line in dedent(expect).splitlines()), HEAD)
    (result,) = run_tests(resolved, WorkCalendar(), shipped_book())
    return result


def test_a_case_that_holds_has_no_failures() -> None:
    result = run(
        """\
        tasks: [log, guard]
        due: {log: 2027-03-01T10:10, guard: 2027-03-02}
        start: {log: unknown}
        anchors: {decision: ~2027-04-12, "end[w1]": 2027-06-30}
        depends: {guard: [listed]}
        questions: [listed]
        level: L
        """
    )
    assert (result.name, result.failures) == ("Esimerkki", ())


@pytest.mark.parametrize(
    ("expect", "code"),
    [
        ("tasks: [lgo]", "test_missing"),
        ("absent: [guard]", "test_present"),
        ("due: {log: 2027-03-02}", "test_date"),
        ("due: {nothing: 2027-03-02}", "test_missing"),
        ("start: {log: 2027-03-01}", "test_date"),
        ("anchors: {decision: 2027-04-12}", "test_date"),
        ("depends: {guard: [headcount]}", "test_depends"),
        ("questions: [headcount]", "test_question"),
        ("problems: [input_missing]", "test_problems"),
        ("level: S", "test_level"),
        ("messages: [news]", "test_missing"),
    ],
)
def test_a_case_that_fails_says_what_and_where(expect: str, code: str) -> None:
    (failure,) = run(expect).failures
    assert failure.code == f"playbooks.{code}"
    assert (failure.line or 0) > HEAD.count("\n") + 8
    for language in LANGUAGES:
        assert Texts(language).problem(failure)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2027-03-01", on("2027-03-01")),
        ("2027-03-01T08:10", on("2027-03-01T08:10")),
        ("~2027-03-01", AnchorValue.estimated(day("2027-03-01"))),
        ("2027-03-01..2027-03-05", AnchorValue.between(day("2027-03-01"), day("2027-03-05"))),
        ("?", AnchorValue.unknown()),
        ("1.3.2027", None),
        ("2027-02-30", None),
        ("2027-03-01..x", None),
        ("2027-03-01T25:00", None),
    ],
)
def test_dates_of_cases(text: str, value: AnchorValue | None) -> None:
    assert parse_anchor(text) == value


def test_an_unreadable_date_of_a_case_is_a_failure_of_the_case() -> None:
    resolved = playbook(BODY.replace("~2027-04-12", "12.4.2027") + "      tasks: [log]\n", HEAD)
    (result,) = run_tests(resolved, WorkCalendar(), shipped_book())
    assert [failure.code for failure in result.failures] == ["playbooks.test_anchor_text"]


def test_the_cases_of_an_abstract_base_are_run_too() -> None:
    head = HEAD.replace("kind: incident", "kind: incident\nabstract: true")
    resolved = playbook(BODY + "      tasks: [log]\n", head)
    (result,) = run_tests(resolved, WorkCalendar(), shipped_book())
    assert result.failures == ()


def test_the_findings_of_the_lint_can_be_expected() -> None:
    """A known weakness that somebody mends, or a new one, is told by the case that counts on it."""
    resolved = playbook(BODY + "      findings: [no_tests]\n", HEAD)
    (held,) = run_tests(resolved, WorkCalendar(), shipped_book(), ["playbooks.no_tests"])
    (failed,) = run_tests(resolved, WorkCalendar(), shipped_book(), ["playbooks.unused_role"])
    assert held.failures == ()
    (difference,) = failed.differences
    assert (difference.gap.expected, difference.gap.found) == ("no_tests", "unused_role")
