"""What a group did, counted back from the anchors, gives the very days the group used."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muutosturva.incidents.pure.drafting import Draft, Work, drafted, read_of
from muutosturva.incidents.pure.laying import whole
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading.drafting import work_of
from muutosturva.models.states import Origin, TaskState
from muutosturva.playbooks.checks.groups import bare, is_error
from muutosturva.playbooks.checks.lint import check
from muutosturva.playbooks.loading.resolved import Resolved, from_stored
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A
from tests.support.stores import NOW

OF_TITLES = frozenset({"missing_language"})
"""What is found only while the playbook keeps a title in three languages: a draft's is in the group's own."""


@pytest.fixture(scope="module")
def work(opened_file: Path) -> Work:
    """Return what a draft of firm A's playbook is made from; nothing differs yet."""
    with Store.open(opened_file) as store, store.reading() as session:
        return work_of(session, FIRM_A)


def edited(work: Work, edits: dict[str, TaskView]) -> Work:
    return replace(work, tasks=tuple(edits.get(task.key, task) for task in work.tasks))


def of(work: Work, key: str) -> TaskView:
    return next(task for task in work.tasks if task.key == key)


def skipped(task: TaskView, reason: str = "Ei tarvita.") -> TaskView:
    return replace(task, state=TaskState.SKIPPED, state_reason=reason, finished_at=NOW)


def moved(task: TaskView, day: dt.date) -> TaskView:
    assert task.due is not None
    return replace(task, due=replace(task.due, value=day, earliest=day, latest=day), due_by_hand=True)


def added(work: Work, key: str, title: str, day: dt.date | None, needs: Sequence[str] = ()) -> TaskView:
    like = of(work, "name-lead")
    due = None if day is None or like.due is None else replace(like.due, expression="", value=day)
    return replace(
        like, key=key, step=key, title={"fi": title}, due=due, origin=Origin.ADDED, needs=tuple(needs), law=()
    )


def told(draft: Draft, step: str) -> set[str]:
    return {remark.code for remark in draft.remarks if remark.params.get("step") == step}


def acts(draft: Draft) -> dict[str, str]:
    return {change.id: change.act for change in draft.changes}


def errors(text: Resolved) -> set[tuple[str, str]]:
    found = {(bare(problem.code), str(problem.params)) for problem in check(text) if is_error(problem)}
    return {(code, params) for code, params in found if code not in OF_TITLES}


def test_a_group_that_followed_its_playbook_changed_nothing(work: Work) -> None:
    draft = drafted(work)
    assert (draft.entries, draft.remarks, draft.removed) == ((), (), ())


def test_a_copy_waits_for_nothing_a_layer_of_its_playbook_took_out(work: Work) -> None:
    """The pinned text keeps what its tasks waited for, not that an overlay had reasons to drop it."""
    data = json.loads(work.at.playbook.text)
    needing = next(step for step, task in data["tasks"].items() if len(task.get("needs", ())) > 1)
    data["tasks"][needing]["join"] = asked = len(data["tasks"][needing]["needs"])
    gone = data["tasks"][needing]["needs"][0]
    del data["tasks"][gone]
    pinned = from_stored(json.dumps(data), "own")

    data = whole(pinned, ())
    copied = data["tasks"][needing]

    assert gone not in copied["needs"]
    assert copied["join"] == len(copied["needs"]) == asked - 1
    assert "unknown_task" not in {code for code, _ in errors(from_stored(json.dumps(data), "own"))}


def test_a_step_that_waits_for_what_is_taken_out_says_that_it_no_longer_does(work: Work) -> None:
    """Whoever reads the draft sees what was cut, whether it lies over a base or holds the whole playbook."""
    steps = work.at.playbook.playbook.tasks
    by_hand = {
        need
        for task in steps.values()
        for need in task.needs
        if need in steps
        and not steps[need].law
        and steps[need].statutory is None
        and need not in work.expected
    }
    gone = min(by_hand - read_of(work.at.playbook.playbook))
    draft = drafted(edited(work, {task.key: skipped(task) for task in work.tasks if task.step == gone}))

    assert acts(draft)[gone] == "remove"
    dropped = [entry for entry in draft.entries if any(r.code == "needs_dropped" for r in entry.remarks)]
    assert (
        [entry for entry in dropped if gone not in (entry.change.values.get("needs") or ())] == dropped != []
    )


def test_what_the_law_asks_for_is_never_taken_out(work: Work) -> None:
    """That one group left it undone makes it no less the law for the next one."""
    statutory = [task for task in work.tasks if task.by_law]
    draft = drafted(edited(work, {task.key: skipped(task) for task in statutory}))
    assert draft.entries == ()
    assert all(told(draft, task.step) == {"kept_by_law"} for task in statutory)


def test_a_step_left_out_is_waited_for_by_nobody(work: Work) -> None:
    draft = drafted(edited(work, {"first-picture": skipped(of(work, "first-picture"))}))
    assert acts(draft)["first-picture"] == "remove"
    steps = draft.resolved.playbook.tasks
    assert not [name for name, task in steps.items() if "first-picture" in task.needs]
    assert errors(draft.resolved) <= errors(work.at.playbook)


def test_one_time_of_a_series_left_out_takes_no_step_out(work: Work) -> None:
    draft = drafted(edited(work, {"weekly-meeting[3]": skipped(of(work, "weekly-meeting[3]"))}))
    assert draft.entries == ()
    assert told(draft, "weekly-meeting") == {"left_out_partly"}


def test_what_was_left_at_closing_is_told_once(work: Work) -> None:
    """A closed incident's last tasks were not unwanted: there was nobody left to do them for."""
    left = {task.key: skipped(task) for task in work.tasks if task.due_on is None or task.due_on.year > 2027}
    draft = drafted(replace(edited(work, left), closed=NOW))
    assert draft.entries == ()
    assert [(remark.code, remark.params["n"]) for remark in draft.remarks] == [("left_at_closing", len(left))]


def test_what_the_program_left_out_by_itself_is_no_choice(work: Work) -> None:
    gone = replace(of(work, "fair"), state=TaskState.SKIPPED, finished_at=None)
    assert drafted(edited(work, {"fair": gone})).entries == ()


def test_two_places_of_a_step_moved_apart_are_told(work: Work) -> None:
    """No one expression gives both days: which of them is to be the playbook's is the group's to say."""
    keys = ("staff-session[lahti,fi]", "staff-session[lahti,en]")
    days = (dt.date(2027, 4, 7), dt.date(2027, 4, 8))
    draft = drafted(
        edited(work, {key: moved(of(work, key), day) for key, day in zip(keys, days, strict=True)})
    )
    assert draft.entries == ()
    assert told(draft, "staff-session") == {"moved_apart"}


def test_a_day_past_that_of_the_law_stays_the_laws(work: Work) -> None:
    late = moved(of(work, "check-earliest-end"), dt.date(2027, 4, 20))
    draft = drafted(edited(work, {"check-earliest-end": late}))
    assert draft.entries == ()
    assert told(draft, "check-earliest-end") == {"moved_past_law"}


def test_work_done_at_another_time_than_its_day_is_told_in_working_days(work: Work) -> None:
    done = replace(
        of(work, "first-contact"), state=TaskState.DONE, finished_at=NOW + dt.timedelta(days=7), law=("1",)
    )
    draft = drafted(edited(work, {"first-contact": done}))
    assert draft.entries == ()
    assert [(remark.code, remark.params) for remark in draft.remarks] == [
        ("done_late", {"step": "first-contact", "n": 4})
    ]


def test_ids_come_of_titles_without_the_names(work: Work) -> None:
    """The id a task got from its title would tell the name its title no longer tells."""
    person = min(work.names.people)
    tasks = [
        added(work, "soita", f"Soita {person}", None),
        added(work, "toinen", "Soita {site}", None, ["soita"]),
        added(work, "kolmas", "2 bussia", None),
    ]
    draft = drafted(replace(work, tasks=(*work.tasks, *tasks)))
    assert list(draft.ids.values()) == ["soita", "soita-site", "oma-2-bussia"]
    assert [entry.change.values["title"]["fi"] for entry in draft.entries] == [
        "Soita […]",
        "Soita (site)",
        "2 bussia",
    ]
    assert draft.entries[1].change.values["needs"] == ["soita"]
    assert draft.languages == ("fi",)
    assert errors(draft.resolved) <= errors(work.at.playbook)


EDITS = st.lists(
    st.tuples(st.integers(0, 10_000), st.sampled_from(["skip", "move", "done"]), st.integers(-40, 60)),
    max_size=12,
)
ADDED = st.lists(
    st.tuples(st.text(max_size=20), st.one_of(st.none(), st.dates(NOW.date(), dt.date(2028, 6, 1)))),
    max_size=4,
)


def by_hand(work: Work, edits: Sequence[tuple[int, str, int]]) -> dict[str, TaskView]:
    """Return tasks as a group left them: skipped, moved by so many days, done so many days off."""
    found = {}
    for number, act, days in edits:
        task = work.tasks[number % len(work.tasks)]
        day = (task.due_on or NOW.date()) + dt.timedelta(days=days)
        if act == "skip":
            found[task.key] = skipped(task)
        elif act == "move" and task.due is not None:
            found[task.key] = moved(task, day)
        elif act == "done":
            at = dt.datetime.combine(day, dt.time(9), dt.UTC)
            found[task.key] = replace(task, state=TaskState.DONE, finished_at=at)
    return found


@given(EDITS, ADDED)
def test_expanded_with_the_incidents_own_facts_a_draft_gives_the_days_the_group_used(
    work: Work, edits: Sequence[tuple[int, str, int]], more: Sequence[tuple[str, dt.date | None]]
) -> None:
    """The point of it all: nothing the group dated is lost, nothing it left alone moves."""
    changed = by_hand(work, edits)
    own = [added(work, f"own{n}", title or "x", day) for n, (title, day) in enumerate(more)]
    after = edited(work, changed)
    after = replace(after, tasks=(*after.tasks, *own))
    draft = drafted(after)
    before = {task.key: task for task in work.at.plan().tasks}
    plan = {task.key: task for task in work.at.plan(draft.resolved).tasks}
    made = acts(draft)
    removed = {step for step, act in made.items() if act == "remove"}

    assert plan.keys() == {key for key, task in before.items() if task.step not in removed} | {
        *draft.ids.values()
    }
    for mine in own:
        assert plan[draft.ids[mine.key]].due_on == mine.due_on
    dated = {change.id for change in draft.changes if "due" in change.values}
    for key, task in before.items():
        if task.step in dated:
            used = changed[key].due_on if key in changed and changed[key].due_by_hand else task.due_on
            assert plan[key].due_on == used
        elif task.step not in removed:
            assert plan[key].due_on == task.due_on
            if key in changed and changed[key].due_by_hand and changed[key].due_on != task.due_on:
                assert told(draft, task.step) & {
                    "moved_apart",
                    "moved_in_series",
                    "moved_past_law",
                    "moved_beyond",
                    "kept_for_bundle",
                }
    assert not [
        step for step in removed if any(task.step == step and task.by_law for task in before.values())
    ]
    assert errors(draft.resolved) <= errors(work.at.playbook)
