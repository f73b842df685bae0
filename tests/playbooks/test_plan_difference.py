"""What differs between two plans: what comes, what goes, what moves, what else changes."""

from __future__ import annotations

import datetime as dt

from muutosturva.playbooks.comparing.plan_difference import When, plan_difference
from tests.playbooks.making import HEAD, STEP, facts, plan, playbook

REST = (
    "messages: {{staff: {{title: Viesti, audience: staff, channel: email, owner: lead, approvers: [lead],"
    " due: heard + 2 d}}}}\n"
    'meetings: {{start: {{title: Palaveri, starts: "heard + 1 wd at {at}", minutes: 30, owner: lead}}}}\n'
    "documents: {{{document}: {{title: Kuva, document: situation, audience: group, due: heard + 3 d}}}}\n"
)


def body(tasks: str, at: str = "09:00", document: str = "picture") -> str:
    return f"tasks:\n{tasks}{REST.format(at=at, document=document)}"


FIRST = playbook(body(f"  a: {STEP}, due: heard + 1 d}}\n  b: {STEP}, due: heard + 2 d, law: [55/2001]}}\n"))
SECOND = playbook(
    body(f"  a: {STEP}, due: heard + 4 d}}\n  c: {STEP}, due: heard + 3 d}}\n", "13:00", "letter"),
    HEAD.replace("roles: {lead: {title: Vetäjä}}", "roles: {lead: {title: Vetäjä, count: 2}}"),
)


def told(section: str) -> dict[str, tuple[str, When | None, When | None]]:
    found = plan_difference(plan(FIRST), plan(SECOND))
    return {line.key: (line.act, line.old, line.new) for line in found if line.section == section}


def test_tasks_come_go_and_move_with_both_days() -> None:
    day = [dt.date(2027, 3, number) for number in range(1, 8)]
    assert told("tasks") == {
        "a": ("moved", When(day[1]), When(day[4])),
        "b": ("gone", When(day[2]), None),
        "c": ("added", None, When(day[3])),
    }


def test_meetings_messages_documents_and_roles_are_compared_likewise() -> None:
    """A meeting at another hour has moved, though its day is the same."""
    tuesday = dt.date(2027, 3, 2)
    assert told("meetings") == {"start": ("moved", When(tuesday, dt.time(9)), When(tuesday, dt.time(13)))}
    assert told("messages") == {}
    assert {key: act for key, (act, *_) in told("documents").items()} == {
        "picture": "gone",
        "letter": "added",
    }
    found = plan_difference(plan(FIRST), plan(SECOND))
    assert [(line.key, line.act, line.keys) for line in found if line.section == "roles"] == [
        ("lead", "changed", ("count",))
    ]


def test_another_date_of_the_same_playbook_moves_what_hangs_on_it() -> None:
    later = plan(FIRST, facts({"heard": "2027-03-08"}))
    found = plan_difference(plan(FIRST), later)
    assert {line.act for line in found} == {"moved"}
    assert {"heard", "decision"} <= {line.key for line in found if line.section == "anchors"}
    assert {line.key for line in found if line.section == "tasks"} == {"a", "b"}


def test_a_plan_does_not_differ_from_itself() -> None:
    assert plan_difference(plan(FIRST), plan(FIRST)) == ()


def test_what_the_law_asks_for_is_marked_when_it_goes() -> None:
    lost = {
        line.key: line.by_law for line in plan_difference(plan(FIRST), plan(SECOND)) if line.act == "gone"
    }
    assert lost == {"b": True, "picture": False}


def test_lines_stand_by_section_and_then_by_day() -> None:
    """In the order in which the work comes, whatever the order in the files."""
    keys = [line.key for line in plan_difference(plan(FIRST), plan(SECOND)) if line.section == "tasks"]
    assert keys == ["b", "c", "a"]


def test_how_many_needs_suffice_and_what_a_task_asks_are_compared() -> None:
    """Neither moves a day, yet both change what the group must do before it may go on."""
    lines = f"  a: {STEP}}}\n  b: {STEP}}}\n"
    ask = "decision: {by: lead, options: {yes-do: Kyllä, no-not: Ei}}"
    old = playbook(body(f"{lines}  c: {STEP}, needs: [a, b]}}\n"))
    new = playbook(body(f"{lines}  c: {STEP}, needs: [a, b], join: 1, {ask}}}\n"))
    found = plan_difference(plan(old), plan(new))
    assert [(line.key, line.act, line.keys) for line in found if line.section == "tasks"] == [
        ("c", "changed", ("join", "asks"))
    ]
