"""Simulated days of a worked case: what follows the plan, what stays, and what is told when it parts."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest

from muutosturva.i18n import LANGUAGES, Texts
from muutosturva.playbooks.trying.runner import CaseResult, run_tests
from muutosturva.rules.book import shipped_book
from muutosturva.rules.workdays import WorkCalendar
from tests.playbooks.making import HEAD, STEP, playbook

TASKS = f"""\
tasks:
  log: {STEP}, due: heard}}
  call: {STEP}, due: heard + 1 wd, needs: [log]}}
  guard: {STEP}, when: listed, due: heard + 1 wd}}
  check: {STEP}, due: proposal + 2 wd, needs: [proposal.confirmed]}}
  publish: {STEP}, due: heard + 3 wd, needs: [call.started, news.approved]}}
  meet: {STEP}, for_each: sites, due: heard + 5 wd}}
  choose: {STEP}, decision: {{by: lead, options: {{hold: Pidetään, drop: Ei pidetä}}}}}}
  hall: {STEP}, due: heard + 9 d, when: "decided(choose) == 'hold'"}}
  ask: {STEP}, form: {{fields: {{staff: {{type: int, label: Väkeä}}, on: {{type: date, label: Päivä}}}}}}}}
  big: {STEP}, due: heard + 9 d, when: "answered(ask, staff) >= 100"}}
messages:
  news: {{title: Tiedote, audience: staff, channel: mail, owner: lead, approvers: [lead]}}
tests:
  - name: Päivät
    given:
      inputs: {{headcount: 100}}
      anchors: {{heard: 2027-03-01}}
      sites: [{{id: lahti, name: Lahti}}]
    days:
"""


def run(days: str) -> CaseResult:
    """Run one case with its days."""
    resolved = playbook(TASKS + indent(dedent(days), "      "), HEAD)
    (result,) = run_tests(resolved, WorkCalendar(), shipped_book())
    return result


@pytest.mark.parametrize(
    "days",
    [
        # What a task needs holds it up until it is done, and no longer.
        "- {on: 2027-03-01, expect: {ready: [log], waiting: [call, check, publish], today: [log]}}",
        "- {on: 2027-03-01, done: [log], expect: {done: [log], ready: [call]}}",
        "- {on: 2027-03-01, skipped: [log], expect: {skipped: [log], ready: [call]}}",
        "- {on: 2027-03-01, started: [call], expect: {started: [call], open: [call], waiting: [publish]}}",
        "- {on: 2027-03-01, started: [call], approved: [news], expect: {ready: [publish]}}",
        # Open and past its day is late; finished never is.
        "- {on: 2027-03-03, expect: {late: [log, call]}}",
        "- {on: 2027-03-02, expect: {late: [log], today: [call]}}",
        # An answer decides a question, both ways.
        "- {on: 2027-03-01, expect: {undecided: [guard], questions: [listed]}}",
        "- {on: 2027-03-01, given: {inputs: {listed: true}}, expect: {ready: [guard]}}",
        "- {on: 2027-03-01, given: {inputs: {listed: false}}, expect: {withdrawn: [guard]}}",
        # So does a decision, and what is written into a form; the task is done with it.
        "- {on: 2027-03-01, expect: {undecided: [hall, big], questions: [decided(choose)]}}",
        "- {on: 2027-03-01, decided: {choose: hold}, expect: {done: [choose], ready: [hall]}}",
        "- {on: 2027-03-01, decided: {choose: drop}, expect: {done: [choose], withdrawn: [hall]}}",
        """\
        - {on: 2027-03-01, answered: {ask: {staff: 99, on: 2027-03-09}}, expect: {withdrawn: [big]}}
        - {on: 2027-03-02, expect: {withdrawn: [big], undecided: [hall]}}
        """,
        """\
        - {on: 2027-03-01, decided: {choose: hold}, answered: {ask: {staff: 100}}}
        - {on: 2027-03-02, started: [hall], expect: {started: [hall], ready: [big], done: [ask]}}
        """,
        # A date that becomes known dates its tasks, and confirms what waits for it.
        """\
        - on: 2027-03-01
          given: {anchors: {proposal: 2027-03-08}}
          expect: {ready: [check], due: {check: 2027-03-10}}
        """,
        "- {on: 2027-03-01, given: {anchors: {proposal: ~2027-03-08}}, expect: {waiting: [check]}}",
        # A new site brings its task and leaves the other alone.
        """\
        - {on: 2027-03-01, done: ["meet[lahti]"]}
        - on: 2027-03-02
          given: {sites: [{id: hollola, name: Hollola}]}
          expect: {done: ["meet[lahti]"], ready: ["meet[hollola]"], absent: ["meet[kouvola]"]}
        """,
    ],
)
def test_days_pass(days: str) -> None:
    assert run(days).failures == ()


def test_what_is_done_stays_and_what_is_ahead_moves() -> None:
    """The rule of a running incident: a moved date moves nobody's finished work."""
    result = run(
        """\
        - {on: 2027-03-01, done: [log], started: [call]}
        - {on: 2027-03-02, given: {anchors: {heard: 2027-03-08}},
           expect: {due: {log: 2027-03-01, call: 2027-03-02, publish: 2027-03-11}}}
        """
    )
    assert result.failures == ()


def test_a_withdrawn_task_that_is_called_for_again_comes_back() -> None:
    result = run(
        """\
        - {on: 2027-03-01, given: {inputs: {listed: false}}, expect: {withdrawn: [guard]}}
        - {on: 2027-03-02, given: {inputs: {listed: true}}, expect: {ready: [guard]}}
        """
    )
    assert result.failures == ()


@pytest.mark.parametrize(
    ("days", "code", "sides"),
    [
        ("- {on: 2027-03-01, expect: {late: [log]}}", "test_standing", ("late", "ready, open, today")),
        ("- {on: 2027-03-01, expect: {done: [call]}}", "test_standing", ("done", "waiting, open")),
        ("- {on: 2027-03-01, expect: {open: [lgo]}}", "test_missing", (None, None)),
        ("- {on: 2027-03-01, done: [lgo]}", "test_missing", (None, None)),
        ("- {on: 2027-03-01, done: [log], skipped: [log]}", "test_act", ("skipped", "done")),
        ("- {on: 2027-03-01, expect: {absent: [log]}}", "test_present", (None, None)),
        ("- {on: 2027-03-01, expect: {due: {log: 2027-03-02}}}", "test_date", ("2027-03-02", "2027-03-01")),
        (
            "- {on: 2027-03-01, expect: {questions: [headcount]}}",
            "test_question",
            ("headcount", "answered(ask, staff), decided(choose), listed"),
        ),
        ("- {on: 2027-03-01, decided: {choose: hlod}}", "test_reply", ("drop, hold", "hlod")),
        ("- {on: 2027-03-01, decided: {log: hold}}", "test_reply", ("–", "hold")),
        ("- {on: 2027-03-01, decided: {chose: hold}}", "test_missing", (None, None)),
        ("- {on: 2027-03-01, answered: {ask: {staf: 3}}}", "test_reply", ("on, staff", "staf")),
        ("- {on: 2027-03-01, answered: {ask: {staff: many}}}", "test_reply", ("staff: int", "staff: many")),
        ("- {on: 2027-03-01, answered: {ask: {on: soon}}}", "test_reply", ("on: date", "on: soon")),
        (
            "- {on: 2027-03-01, done: [choose]}\n- {on: 2027-03-02, decided: {choose: hold}}",
            "test_act",
            ("done", "done"),
        ),
        ("- {on: 2027-03-02}\n- {on: 2027-03-01}", "test_days", ("> 2027-03-02", "2027-03-01")),
    ],
)
def test_a_day_that_goes_otherwise_is_told_side_by_side(
    days: str, code: str, sides: tuple[str | None, str | None]
) -> None:
    """Expected beside found: who reads it need not run the plan in the head."""
    (difference,) = run(days).differences
    assert difference.problem.code == f"playbooks.{code}"
    assert (difference.gap.expected, difference.gap.found) == sides
    assert difference.on is not None
    assert (difference.problem.line or 0) > (HEAD + TASKS).count("\n")
    for language in LANGUAGES:
        assert Texts(language).problem(difference.problem)


def test_a_misspelt_step_is_told_with_the_nearest() -> None:
    (difference,) = run("- {on: 2027-03-01, expect: {open: [lgo]}}").differences
    assert difference.gap.near == "log"


def test_an_unreadable_date_of_a_day_is_told_once() -> None:
    result = run("- {on: 2027-03-01, given: {anchors: {proposal: 8.3.2027}}}\n- {on: 2027-03-02}")
    assert [failure.code for failure in result.failures] == ["playbooks.test_anchor_text"]


def test_two_of_three_let_a_task_begin() -> None:
    """``join``: the plan, the simulated days and the incident judge it by one rule."""
    body = TASKS.replace(
        "messages:", f"  close: {STEP}, due: heard + 9 wd, needs: [log, call, check], join: 2}}\nmessages:"
    )
    days = """\
        - {on: 2027-03-01, done: [log], expect: {waiting: [close]}}
        - {on: 2027-03-02, done: [call], expect: {ready: [close]}}
        """
    resolved = playbook(body + indent(dedent(days), "      "), HEAD)
    (result,) = run_tests(resolved, WorkCalendar(), shipped_book())
    assert result.failures == ()
