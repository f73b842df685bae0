"""The plans that follow from the shipped playbooks: every row of the default step plan, at its levels."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import pytest

from muutosturva.playbooks.facts import AnchorValue, Facts
from muutosturva.playbooks.plan import Plan, PlannedState
from muutosturva.rules.workdays import WorkCalendar
from tests.content.source import PLAYBOOKS, raw
from tests.content.worked import FIRMS, MONDAY, firm_plan, listed, on, plan, playbook
from tests.golden import assert_golden

GOLDEN: Final = Path(__file__).parent / "golden"

HEADCOUNT: Final = {"S": 5, "M": 25, "L": 90, "XL": 260}

ROWS: Final = {
    "B1": "S M L XL",
    "B2": "S M L XL",
    "B3": "S M L XL",
    "B4": "M L XL",
    "B5": "M L XL",
    "B6": "M L XL",
    "B7": "L XL",
    "B8": "M L XL",
    "C1": "M L XL",
    "C2": "L XL",
    "C3": "M L XL",
    "C4": "M L XL",
    "C5": "M L XL",
    "C6": "M L XL",
    "C7": "L XL",
    "C8": "L XL",
    "C9": "L XL",
    "C10": "M L XL",
    "D1": "M L XL",
    "D2": "M L XL",
    "D3": "L XL",
    "D4": "M L XL",
    "D5": "S M L XL",
    "D6": "M L XL",
    "D7": "L XL",
    "D8": "M L XL",
    "D9": "XL",
    "D10": "L XL",
    "E1": "S M L XL",
    "E2": "S M L XL",
    "E3": "M L XL",
    "E4": "M L XL",
    "F1": "M L XL",
}
"""Rows of the default step plan and the levels at which each stands."""

STEPS_OF: Final = {"D5": 3, "E3": 4}
"""Rows that are several steps: reminders at 30, 45 and 55 days, follow-ups at 30, 90, 180 and 365."""

NOT_IN_BANKRUPTCY: Final = {"D5", "E2"}
"""The 55+ package is not for those dismissed in the employer's bankruptcy (1290/2002 9 luku)."""


def rows_at(level: str) -> dict[str, int]:
    """Return the rows of a level with their number of steps."""
    return {row: STEPS_OF.get(row, 1) for row, levels in ROWS.items() if level in levels.split()}


def rows_of(found: Plan) -> dict[str, int]:
    """Return the rows a plan holds with their number of steps, items counted once."""
    steps = {(task.code, task.step) for task in found.tasks if task.code}
    codes = [code for code, _ in steps]
    return {code: codes.count(code) for code in codes}


def facts_at(level: str, **inputs: object) -> Facts:
    """Return a case of a level that answers every question."""
    count = HEADCOUNT[level]
    known = {"headcount": count, "dismissals": count, "employer_size": 400, "listed": False}
    anchors = {"heard": AnchorValue.confirmed(MONDAY), "proposal": AnchorValue.confirmed(MONDAY)}
    return Facts(inputs={**known, **inputs}, anchors=anchors)


def bankrupt_at(level: str) -> Facts:
    """Return a bankruptcy of a level."""
    count = HEADCOUNT[level]
    return Facts(
        inputs={"headcount": count, "dismissals": count, "employer_size": count, "listed": False},
        anchors={"heard": on("2027-03-04"), "bankruptcy_day": on("2027-03-04")},
    )


@pytest.mark.parametrize("name", PLAYBOOKS)
def test_a_shipped_playbook_has_no_problems(name: str) -> None:
    """What ships passes the same lint as what an office writes."""
    assert playbook(name).playbook.id == name


@pytest.mark.parametrize("level", HEADCOUNT)
def test_the_base_holds_every_row_at_its_levels(level: str) -> None:
    """Each row B1-F1 stands once at the levels of the default step plan, and at no other."""
    found = plan("base", facts_at(level))
    assert found.level == level
    assert rows_of(found) == rows_at(level)


@pytest.mark.parametrize("level", ["L", "XL"])
def test_a_large_layoff_keeps_every_row(level: str) -> None:
    """The large playbook adds to the base and takes nothing away."""
    assert rows_of(plan("large-layoff", facts_at(level, residence_permits=False))) == rows_at(level)


@pytest.mark.parametrize("level", ["S", "M"])
def test_a_small_layoff_keeps_every_row_of_its_levels(level: str) -> None:
    """The light regime shortens times; it takes no service away."""
    assert rows_of(plan("small-layoff", facts_at(level))) == rows_at(level)


@pytest.mark.parametrize("level", HEADCOUNT)
def test_a_bankruptcy_keeps_every_row_but_the_55_package(level: str) -> None:
    """Another set of rules, the same services."""
    expected = {row: count for row, count in rows_at(level).items() if row not in NOT_IN_BANKRUPTCY}
    assert rows_of(plan("bankruptcy", bankrupt_at(level))) == expected


@pytest.mark.parametrize("firm", FIRMS)
def test_the_plan_of_a_firm_is_the_golden_list(firm: str) -> None:
    """Dates worked out by hand from the default step plan, the law and the calendar of 2027."""
    found = firm_plan(firm)
    assert found.problems == ()
    text = "".join(f"{listed(task)}\n" for task in found.tasks)
    assert_golden(GOLDEN / f"plan_{firm}.txt", text.encode())


@pytest.mark.parametrize("firm", FIRMS)
def test_every_task_has_a_role_and_a_date_or_says_what_it_waits_for(firm: str) -> None:
    """A step without a doer or a day is nobody's and never."""
    for task in firm_plan(firm).tasks:
        assert task.raci.responsible, task.key
        assert task.raci.accountable, task.key
        assert task.due is not None, task.key
        assert task.due.value is not None or task.due.anchors, task.key


@pytest.mark.parametrize("firm", FIRMS)
def test_every_statutory_task_names_its_statute_and_keeps_the_date(firm: str) -> None:
    """The plan works before the law's own day, and says which law it is."""
    statutory = [task for task in firm_plan(firm).tasks if task.rule]
    assert len(statutory) >= 5
    for task in statutory:
        assert task.law, task.key
        if task.statutory is not None:
            assert task.due is not None, task.key
            assert task.due.value is not None, task.key
            assert task.due.value <= task.statutory.date, task.key


@pytest.mark.parametrize("firm", FIRMS)
def test_the_roster_roles_of_a_plan_are_declared(firm: str) -> None:
    """A firm's plan asks only for roles of the example roster."""
    assert {role.id for role in firm_plan(firm).roles} <= set(raw("base")["roles"])


@pytest.mark.parametrize("firm", FIRMS)
def test_meetings_are_held_on_working_days(firm: str) -> None:
    """An invitation for Easter Monday is read as a slip, and the rest with it."""
    calendar = WorkCalendar()
    found = firm_plan(firm).meetings
    assert found
    for meeting in found:
        assert meeting.starts.value is not None, meeting.key
        assert meeting.starts.at is not None, meeting.key
        assert calendar.is_working_day(meeting.starts.value), meeting.key


@pytest.mark.parametrize("firm", FIRMS)
def test_nothing_public_is_due_before_the_companys_own_release(firm: str) -> None:
    """The staff and the market hear it from the company first; ours follows."""
    name, facts = FIRMS[firm]
    later = dt.date(2027, 3, 12)
    found = plan(
        name,
        Facts(facts.inputs, {**facts.anchors, "release": AnchorValue.confirmed(later)}, sites=facts.sites),
    )
    public = [message for message in found.messages if message.audience in {"public", "media"}]
    assert "first-release" in [message.key for message in public]
    for message in public:
        assert message.due is not None, message.key
        assert message.due.value is not None, message.key
        assert message.due.value >= later, message.key


def test_the_first_message_waits_for_the_release_and_for_approval() -> None:
    """Nobody publishes by mistake: the task needs both."""
    task = next(task for task in firm_plan("A").tasks if task.step == "publish-first-message")
    assert set(task.needs) == {"release.confirmed", "first-release.approved"}


def test_every_message_has_an_approver_and_a_language() -> None:
    """One voice: no message goes out on one person's word."""
    for firm in FIRMS:
        messages = firm_plan(firm).messages
        assert messages, firm
        for message in messages:
            assert message.approvers, message.key
            assert message.languages, message.key


def test_unknown_facts_become_questions() -> None:
    """What nobody has answered keeps its step in sight instead of dropping it."""
    facts = facts_at("M", dismissals=None, listed=None, employer_size=45)
    found = {task.step: task for task in plan("small-layoff", facts).tasks}
    assert found["action-plan"].depends_on == ("dismissals",)
    assert found["operating-principles"].state is PlannedState.QUESTION
    assert found["protect-inside-information"].depends_on == ("listed",)


def test_a_given_council_day_dates_the_supplementary_budget() -> None:
    """Only the council changes the budget; the next meeting after the decision counts."""
    name, facts = FIRMS["A"]
    days = (dt.date(2027, 3, 15), dt.date(2027, 4, 19), dt.date(2027, 5, 17))
    task = next(task for task in plan(name, facts, days).tasks if task.code == "D10")
    assert task.due is not None
    assert task.due.value == dt.date(2027, 4, 19)


def test_the_met_threshold_dates_the_egf_dossier() -> None:
    """Twelve weeks to the state's application; the ministry needs the material before."""
    name, facts = FIRMS["A"]
    met = {**facts.anchors, "egf_met": on("2027-04-13")}
    task = next(
        task for task in plan(name, Facts(facts.inputs, met, sites=facts.sites)).tasks if task.code == "D9"
    )
    assert task.statutory is not None
    assert task.statutory.date == dt.date(2027, 7, 6)
    assert task.due is not None
    assert task.due.value == dt.date(2027, 6, 8)


def test_a_day_of_the_law_counted_from_a_range_has_a_first_and_a_last() -> None:
    """Where the employments end between two days, so do the rights counted from them."""
    name, facts = FIRMS["A"]
    task = next(task for task in plan(name, facts).tasks if task.key == "mt55-money[all]")
    assert task.due is not None
    assert (task.due.earliest, task.due.latest) == (dt.date(2027, 6, 11), dt.date(2027, 11, 29))
    assert task.statutory is not None
    assert (task.statutory.date, task.statutory.until) == (dt.date(2027, 7, 13), dt.date(2027, 12, 30))


def test_a_removed_step_says_why() -> None:
    """Whoever misses a step finds the reason in the playbook."""
    for name in PLAYBOOKS[1:]:
        for section in raw(name).values():
            for key, removal in (section.get("remove", {}) if isinstance(section, dict) else {}).items():
                assert removal["reason"]["fi"], (name, key)
