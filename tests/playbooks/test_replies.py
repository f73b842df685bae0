"""What a task decides, in the conditions of others: unknown until done, false where nobody will say it."""

from __future__ import annotations

import datetime as dt

import pytest

from muutosturva.playbooks.checks.lint import check
from muutosturva.playbooks.expressions.conditions import parse_condition, replies_read
from muutosturva.playbooks.expressions.logic import World, judge
from muutosturva.playbooks.facts import ReplyKey
from muutosturva.playbooks.plan import Plan, PlannedState
from tests.playbooks.making import HEAD, STEP, facts, load, playbook
from tests.playbooks.making import plan as planned

HOLD = ReplyKey("hold-fair")
STAFF = ReplyKey("ask-55plus", "staff")

FAIR = f"""\
tasks:
  hold-fair: {STEP}, when: not bankruptcy, due: heard + 2 d,
    decision: {{by: lead, options: {{alone: Yksin, together: Yhdessä, no: Ei}}}}}}
  ask-55plus: {STEP}, due: heard + 1 d, form: {{fields: {{staff: {{type: int, label: Väkeä}},
    told: {{type: bool, label: Kerrottu}}, on: {{type: date, label: Päivä}},
    way: {{type: enum, label: Tapa, options: {{phone: Puhelin, mail: Posti}}}}}}}}}}
  book-hall: {STEP}, when: "decided(hold-fair) != 'no'", due: heard + 9 d}}
  ask-neighbours: {STEP}, when: "decided(hold-fair) == 'together'", due: heard + 9 d}}
  big: {STEP}, when: "answered(ask-55plus, staff) >= 100", due: heard + 9 d}}
messages:
  invitation: {{title: Kutsu, audience: staff, channel: mail, owner: lead, approvers: [lead],
    when: "decided(hold-fair) in ['alone', 'together']"}}
meetings:
  fair: {{title: Messut, owner: lead, minutes: 60, starts: heard + 20 d at 09:00,
    when: "known(decided(hold-fair))"}}
"""


def made(replies: dict[ReplyKey, object] | None = None, **inputs: object) -> Plan:
    """Return the plan of the fair after some answers."""
    known = facts(**inputs)
    return planned(
        playbook(FAIR), type(known)(inputs=known.inputs, anchors=known.anchors, replies=replies or {})
    )


def states(plan: Plan) -> dict[str, str]:
    """Return what hangs on the decision and the form, and how it stands."""
    found = {task.key: task.state.value for task in plan.tasks if task.asks is None}
    found |= {message.key: message.state.value for message in plan.messages}
    return found | {meeting.key: meeting.state.value for meeting in plan.meetings}


@pytest.mark.parametrize(
    ("replies", "expected"),
    [
        # Until it is decided whatever hangs on it is a question; whether it is known is known.
        (
            {},
            {
                "book-hall": "question",
                "ask-neighbours": "question",
                "big": "question",
                "invitation": "question",
            },
        ),
        ({HOLD: "alone"}, {"book-hall": "ready", "big": "question", "invitation": "ready", "fair": "ready"}),
        (
            {HOLD: "together", STAFF: 100},
            {
                "book-hall": "ready",
                "ask-neighbours": "ready",
                "big": "ready",
                "invitation": "ready",
                "fair": "ready",
            },
        ),
        ({HOLD: "no", STAFF: 99}, {"fair": "ready"}),
        # An option the playbook no longer offers decides nothing: the question is open again.
        (
            {HOLD: "elsewhere", STAFF: 99},
            {"book-hall": "question", "ask-neighbours": "question", "invitation": "question"},
        ),
    ],
)
def test_a_decision_calls_for_what_hangs_on_it(
    replies: dict[ReplyKey, object], expected: dict[str, str]
) -> None:
    assert states(made(replies)) == expected


def test_what_is_asked_by_a_task_nobody_does_is_never_so() -> None:
    """In a bankruptcy nobody decides on the fair: what denies an option stands, what asserts one does not."""
    plan = made({STAFF: 1}, bankruptcy=True)
    assert states(plan) == {"book-hall": "ready"}
    assert plan.questions == ()


def test_the_task_that_decides_is_the_question() -> None:
    """The group is asked in the words of the task, and told what hangs on it."""
    plan = made()
    asked = {question.name: question for question in plan.questions}
    assert set(asked) == {str(HOLD), str(STAFF)}
    fair = asked["decided(hold-fair)"]
    assert (fair.step, fair.type, fair.options) == ("hold-fair", "enum", ("alone", "together", "no"))
    assert fair.decides == ("book-hall", "ask-neighbours", "invitation")
    assert asked["answered(ask-55plus, staff)"].label == {"fi": "Askel: Väkeä"}


def test_a_task_keeps_the_value_it_was_decided_by() -> None:
    (task,) = (task for task in made({HOLD: "alone"}).tasks if task.key == "book-hall")
    assert task.values == {"decided(hold-fair)": "alone"}
    assert (task.state, task.depends_on) == (PlannedState.READY, ())


def test_one_decision_may_hang_on_another() -> None:
    """Where the first says no, the second is never made, and what hangs on it falls away too."""
    body = f"""\
tasks:
  first: {STEP}, decision: {{by: lead, options: {{a: A, b: B}}}}}}
  second: {STEP}, when: "decided(first) == 'a'", decision: {{by: lead, options: {{c: C, d: D}}}}}}
  third: {STEP}, when: "decided(second) == 'c'"}}
"""
    resolved, known = playbook(body), facts()

    def keys(replies: dict[ReplyKey, object]) -> dict[str, str]:
        plan = planned(resolved, type(known)(inputs=known.inputs, anchors=known.anchors, replies=replies))
        return {task.key: task.state.value for task in plan.tasks}

    first, second = ReplyKey("first"), ReplyKey("second")
    assert keys({}) == {"first": "ready", "second": "question", "third": "question"}
    assert keys({first: "b"}) == {"first": "ready"}
    assert keys({first: "a"}) == {"first": "ready", "second": "ready", "third": "question"}
    assert keys({first: "a", second: "c"}) == {"first": "ready", "second": "ready", "third": "ready"}
    assert keys({first: "b", second: "c"}) == {"first": "ready"}  # decided once, then the first was changed


NEVER = World({"a": True}, never={"decided(x)"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("decided(x) == 'a'", False),
        ("decided(x) != 'a'", True),
        ("decided(x) in ['a', 'b']", False),
        ("decided(x) not in ['a', 'b']", True),
        ("not decided(x) == 'a'", True),
        ("decided(x) > 3", False),
        ("known(decided(x))", False),
        ("decided(x)", False),
        ("not decided(x)", True),
        ("a and decided(x)", False),
        ("a or decided(x)", True),
        ("decided(x) == unknown", None),
    ],
)
def test_the_table_of_what_nobody_will_say(text: str, *, expected: bool | None) -> None:
    tree = parse_condition(text).tree
    assert tree is not None
    assert judge(tree, NEVER).value is expected


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("decided(state-analysis) == 'arm'", [ReplyKey("state-analysis")]),
        ("decided( plan-55plus-2 ) == 'a'", [ReplyKey("plan-55plus-2")]),
        ("answered(first-contact,people) > 3", [ReplyKey("first-contact", "people")]),
        ("known(answered(a, b)) or known(heard)", [ReplyKey("a", "b")]),
        ("decided(check-in) == decided(check-in)", [ReplyKey("check-in")]),
        ("decided == 3", []),  # an input may bear the word
    ],
)
def test_ids_with_hyphens_are_read_whole(text: str, keys: list[ReplyKey]) -> None:
    assert parse_condition(text).fault is None
    assert list(replies_read(text)) == keys
    assert [ReplyKey.parse(str(key)) for key in keys] == keys


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("decided()", "expr_name", 8),
        ("decided(a, b)", "expr_symbol", 9),
        ("decided(a -b)", "expr_symbol", 10),
        ("answered(a)", "expr_symbol", 10),
        ("answered(a, b-c)", "expr_symbol", 13),
        ("decided(a", "expr_ended", 9),
    ],
)
def test_a_slip_in_a_name_is_told_where_it_is(text: str, code: str, at: int) -> None:
    fault = parse_condition(text).fault
    assert fault is not None
    assert (fault.code, fault.at) == (code, at)


@pytest.mark.parametrize(
    ("condition", "codes"),
    [
        ("decided(hold-fair) == 'alone' or decided(hold-fair) == 'no'", []),
        ("decided(hold-fair) == 'alone' and decided(hold-fair) == 'no'", ["never_true"]),
        ("decided(hold-fair) in ['alone', 'together', 'no']", ["always_true"]),
        ("answered(ask-55plus, staff) > 5 and answered(ask-55plus, staff) < 5", ["never_true"]),
        ("answered(ask-55plus, told)", []),
        ("answered(ask-55plus, staff)", ["type_truth"]),
        ("answered(ask-55plus, way) == 'smoke'", ["unknown_option"]),
        ("answered(ask-55plus, way) == phone", ["option_quotes"]),
        ("decided(hold-fair) in ['alone', 'alnoe']", ["unknown_option"]),
        ("known(decided(hold-fare))", ["unknown_task"]),
        ("answered(hold-fair, staff) > 1", ["asks_no_form"]),
    ],
)
def test_what_is_read_is_checked_like_any_fact(condition: str, codes: list[str]) -> None:
    body = FAIR.replace("answered(ask-55plus, staff) >= 100", condition)
    resolved = load(body, HEAD).resolved
    assert resolved is not None
    wanted = {"never_true", "always_true", "type_truth"}
    found = [problem.code.removeprefix("playbooks.") for problem in check(resolved)]
    assert [
        code for code in found if code in wanted or code.startswith(("unknown", "option", "asks"))
    ] == codes


def test_a_form_may_be_read_by_its_day() -> None:
    body = FAIR.replace("answered(ask-55plus, staff) >= 100", "answered(ask-55plus, on) == known_day")
    head = HEAD.replace("inputs:\n", "inputs:\n  known_day: {type: date, label: Päivä}\n")
    known = facts(known_day=dt.date(2027, 3, 9))
    told = {ReplyKey("ask-55plus", "on"): dt.date(2027, 3, 9)}
    plan = planned(
        playbook(body, head), type(known)(inputs=known.inputs, anchors=known.anchors, replies=told)
    )
    assert "big" in {task.key for task in plan.tasks if task.state is PlannedState.READY}
