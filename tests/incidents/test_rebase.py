"""Moving a running incident to another text of its playbook: no finished task is lost or changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from muutosturva.coordination.trigger import TriggerRequest, trigger
from muutosturva.errors import InputError, NotFoundError, RefusedError
from muutosturva.incidents import service
from muutosturva.incidents.acts.evidence import evidence
from muutosturva.incidents.acts.rebasing import Rebased, Wanted
from muutosturva.incidents.pure.rebase import Note
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.escalations import of_incident
from muutosturva.incidents.reading.naming import names
from muutosturva.models.states import ENDED_TASKS, IncidentState, Secrecy, TaskState
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.store.check import check
from muutosturva.store.store import Store
from tests.playbooks.making import HEAD, STEP, playbook
from tests.support.incidents import WHO, Who
from tests.support.stores import NOW

ROLES = "roles: {lead: {title: Vetäjä}, coordinator: {title: Koordinaattori}}"
TOP = HEAD.replace("roles: {lead: {title: Vetäjä}}", ROLES)
COORDINATED = STEP.replace("r: [lead]", "r: [coordinator]")
TASKS = (
    f"  contact: {STEP}, due: heard + 1 d}}\n"
    f"  plan: {STEP}, due: heard + 5 d, needs: [contact]}}\n"
    f"  survey: {COORDINATED}, due: heard + 9 d}}\n"
)
REST = (
    "messages: {staff: {title: Viesti, audience: staff, channel: email, owner: lead, approvers: [lead],"
    " due: heard + 2 d}}\n"
    'meetings: {start: {title: Palaveri, starts: "heard + 1 wd at 09:00", minutes: 30, owner: lead}}\n'
    "documents: {situation: {title: Kuva, document: situation, audience: group, due: heard + 3 d}}\n"
)


def text(tasks: str = TASKS, rest: str = REST, head: str = TOP) -> str:
    return f"{head}tasks:\n{tasks}{rest}"


def made(body: str, version: str = "2026.2") -> Resolved:
    """Return a version of the small playbook."""
    return playbook("", body.replace('version: "2026.1"', f'version: "{version}"'))


def start(store: Store, folder: Path, body: str = "", **inputs: object) -> str:
    """Open an incident on the small playbook; return its id."""
    path = folder / "small.yaml"
    path.write_text(body or text(), encoding="utf-8")
    request = TriggerRequest(
        playbook=str(path),
        employer="Esimerkkisaha Oy",
        municipality="Lahti",
        inputs={"headcount": 60, **inputs},
        anchors={"heard": AnchorValue.confirmed(dt.date(2027, 3, 1))},
        secrecy=Secrecy.GROUP,
    )
    return trigger(store, request, **WHO).readable_id


def move(store: Store, incident: str, new: Resolved, accept: Sequence[str] | None = None) -> Rebased:
    return service.rebase(store, incident, new, wanted=Wanted(accept), reason="Malli uusittiin.", **WHO)


def seen(store: Store, incident: str, new: Resolved) -> Rebased:
    return service.preview_rebase(store, incident, new, wanted=Wanted(), now=NOW)


def tasks(store: Store, incident: str) -> dict[str, TaskView]:
    with store.reading() as session:
        return {task.key: task for task in queries.tasks(session, incident)}


def notes(found: Rebased, name: str) -> dict[Note, tuple[str, ...]]:
    return next(dict(item.notes) for item in found.items if item.name == name)


def newest(store: Store, incident: str) -> Any:
    with store.reading() as session:
        return queries.log_entries(session, incident)[0]


def test_a_finished_task_stays_though_the_new_playbook_knows_it_no_more(
    filled_store: Store, tmp_path: Path
) -> None:
    incident = start(filled_store, tmp_path)
    service.finish_task(filled_store, incident, "contact", **WHO)
    before = tasks(filled_store, incident)["contact"]
    new = made(text(TASKS.partition("\n")[2].replace(", needs: [contact]", "")))

    assert notes(seen(filled_store, incident, new), "tasks.contact") == {Note.DONE: ("contact",)}
    done = move(filled_store, incident, new)

    assert tasks(filled_store, incident)["contact"] == before
    assert "contact" not in done.changes.withdrawn


def test_an_open_task_taken_out_is_withdrawn_with_the_reason(filled_store: Store, tmp_path: Path) -> None:
    incident = start(filled_store, tmp_path)
    new = made(text(TASKS.replace(TASKS.splitlines()[2] + "\n", "")))
    assert notes(seen(filled_store, incident, new), "tasks.survey") == {Note.WITHDRAWN: ("survey",)}
    done = move(filled_store, incident, new)

    assert done.changes.withdrawn == ("survey",)
    task = tasks(filled_store, incident)["survey"]
    assert (task.state, task.state_reason) == (TaskState.WITHDRAWN, "Malli uusittiin.")


def test_a_task_begun_stays_begun(filled_store: Store, tmp_path: Path) -> None:
    incident = start(filled_store, tmp_path)
    service.start_task(filled_store, incident, "survey", **WHO)
    new = made(text(TASKS.replace(TASKS.splitlines()[2] + "\n", "")))
    assert notes(seen(filled_store, incident, new), "tasks.survey") == {Note.BEGUN: ("survey",)}
    move(filled_store, incident, new)

    assert tasks(filled_store, incident)["survey"].state is TaskState.STARTED


def test_a_changed_task_takes_its_words_its_day_and_its_role(filled_store: Store, tmp_path: Path) -> None:
    incident = start(filled_store, tmp_path)
    lines = TASKS.replace("heard + 9 d", "heard + 12 d").replace(
        COORDINATED, STEP.replace("Askel", "Kartoita")
    )
    move(filled_store, incident, made(text(lines)))
    task = tasks(filled_store, incident)["survey"]

    assert (task.title, task.due_on, task.role) == ({"fi": "Kartoita"}, dt.date(2027, 3, 13), "lead")


def test_a_day_set_by_hand_is_a_conflict_and_stays(filled_store: Store, tmp_path: Path) -> None:
    incident = start(filled_store, tmp_path)
    own = dt.date(2027, 4, 1)
    service.redate_task(filled_store, incident, "survey", due=own, reason="Sovittu.", **WHO)
    new = made(text(TASKS.replace("heard + 9 d", "heard + 12 d")))
    found = seen(filled_store, incident, new)
    done = move(filled_store, incident, new)

    assert notes(found, "tasks.survey") == {Note.HAND_DATED: ("survey",)}
    assert [item.name for item in found.items if item.conflict] == ["tasks.survey"]
    assert tasks(filled_store, incident)["survey"].due_on == own
    assert [moved.outcome for moved in done.changes.moved] == ["asks"]


def test_a_task_of_the_groups_own_is_not_overrun_by_one_of_the_same_name(
    filled_store: Store, tmp_path: Path
) -> None:
    incident = start(filled_store, tmp_path)
    service.add_task(
        filled_store, incident, "visit", title="Oma käynti", role="lead", due=dt.date(2027, 3, 9), **WHO
    )
    before = tasks(filled_store, incident)["visit"]
    new = made(text(TASKS + f"  visit: {STEP}, due: heard + 2 d}}\n"))
    found = seen(filled_store, incident, new)
    move(filled_store, incident, new)

    assert notes(found, "tasks.visit") == {Note.OWN_TASK: ("visit",)}
    assert tasks(filled_store, incident)["visit"] == before


@pytest.mark.parametrize("state", ["open", "done"])
def test_a_renamed_task_keeps_its_row_its_person_and_its_evidence(
    filled_store: Store, tmp_path: Path, state: str
) -> None:
    incident = start(filled_store, tmp_path)
    service.assign_task(filled_store, incident, "contact", person="Talous Tapio", **WHO)
    service.attach(filled_store, incident, "https://esimerkki.example/muistio", refers="contact", **WHO)
    if state == "done":
        service.finish_task(filled_store, incident, "contact", **WHO)
    before = tasks(filled_store, incident)["contact"]
    lines = TASKS.replace("  contact: ", "  first: ").replace("[contact]", "[first]")
    new = made(text(lines.replace("due: heard + 1 d", "due: heard + 1 d, renamed_from: contact")))
    found = seen(filled_store, incident, new)
    done = move(filled_store, incident, new)
    after = tasks(filled_store, incident)

    assert [item.act for item in found.items if item.name == "tasks.first"] == ["renamed"]
    assert (done.changes.added, done.changes.withdrawn) == ((), ())
    assert found.changes == done.changes
    assert "contact" not in after
    kept = after["first"]
    assert (kept.person, kept.state, kept.finished_at) == (
        before.person,
        before.state,
        before.finished_at,
    )
    assert check(filled_store) == []
    with filled_store.reading() as session:
        assert [view.refers for view in evidence(session, incident)] == ["first"]
        log = queries.log_entries(session, incident)
        earlier = next(entry for entry in log if entry.kind == "incidents.task_assigned")
        # What was written of it under its former key is still told by its title.
        assert names(session, incident).of(earlier, "contact") == names(session, incident).of(
            earlier, "first"
        )
        assert names(session, incident).title(incident, "contact") == kept.title


def test_messages_meetings_and_documents_follow(filled_store: Store, tmp_path: Path) -> None:
    incident = start(filled_store, tmp_path)
    rest = (
        REST.replace("{staff: {title: Viesti", "{people: {renamed_from: staff, title: Viesti ja linkki")
        .replace("at 09:00", "at 13:00")
        .replace("minutes: 30", "minutes: 45")
        .replace("documents: {situation: {title: Kuva", "documents: {picture: {title: Kuva")
    )
    move(filled_store, incident, made(text(rest=rest)))
    with filled_store.reading() as session:
        messages = {view.key: view for view in queries.messages(session, incident)}
        (meeting,) = queries.meetings(session, incident)
        documents = {view.key: view.state.value for view in queries.documents(session, incident)}

    assert {key: view.title for key, view in messages.items()} == {"people": {"fi": "Viesti ja linkki"}}
    assert (meeting.minutes, meeting.starts.at) == (45, dt.time(13))
    assert documents == {"situation": "withdrawn", "picture": "planned"}


def test_an_answer_that_is_asked_no_more_is_set_aside_and_told(filled_store: Store, tmp_path: Path) -> None:
    incident = start(filled_store, tmp_path, listed=True)
    head = TOP.replace("  listed: {type: bool, label: Pörssissä}\n", "")
    done = move(filled_store, incident, made(text(head=head)))

    assert notes(done, "inputs.listed") == {Note.ANSWERED: ("listed",)}
    assert done.set_aside == ("listed",)
    with filled_store.reading() as session:
        assert "listed" not in queries.incident_view(session, incident).inputs


def test_an_answer_that_a_new_playbook_demands_is_given_with_the_move(
    filled_store: Store, tmp_path: Path
) -> None:
    incident = start(filled_store, tmp_path)
    head = TOP.replace("inputs:\n", "inputs:\n  shifts: {type: int, required: true, label: Vuoroja}\n")
    new = made(text(head=head))
    with pytest.raises(InputError) as caught:
        move(filled_store, incident, new)
    assert [problem.path for problem in caught.value.problems] == ["--input shifts"]

    shown = seen(filled_store, incident, new)
    assert [(one.section, one.asked.name, one.asked.type) for one in shown.missing] == [
        ("inputs", "shifts", "int")
    ]

    wanted = Wanted(inputs={"shifts": "3"})
    service.rebase(filled_store, incident, new, wanted=wanted, reason="Malli.", **WHO)
    with filled_store.reading() as session:
        assert queries.incident_view(session, incident).inputs["shifts"] == 3


def test_a_date_the_new_playbook_does_not_know_goes_into_its_history(
    filled_store: Store, tmp_path: Path
) -> None:
    incident = start(filled_store, tmp_path)
    day = AnchorValue.confirmed(dt.date(2027, 3, 8))
    service.set_anchor(filled_store, incident, "proposal", day, reason="Tuli.", **WHO)
    head = TOP.replace("  proposal: {label: Esitys}\n", "")
    done = move(filled_store, incident, made(text(head=head)))

    assert notes(done, "anchors.proposal") == {Note.GIVEN: ("proposal",)}
    with filled_store.reading() as session:
        names = {anchor.name for anchor in queries.incident_view(session, incident).anchors}
    assert "proposal" not in names
    assert {"heard", "decision"} <= names


def test_nobody_loses_a_role(filled_store: Store, tmp_path: Path) -> None:
    incident = start(filled_store, tmp_path)
    service.assign_role(filled_store, incident, "coordinator", "Talous Tapio", **WHO)
    lines = TASKS.replace("r: [coordinator]", "r: [lead]")
    head = TOP.replace(", coordinator: {title: Koordinaattori}", "").replace("Vetäjä", "Vastaava")
    done = move(filled_store, incident, made(text(lines, head=head)))
    with filled_store.reading() as session:
        roles = {view.role: view for view in queries.incident_view(session, incident).roles}

    assert notes(done, "roles.coordinator") == {Note.HELD: ("coordinator",)}
    assert "coordinator" in roles
    assert roles["lead"].title == {"fi": "Vastaava"}


def test_items_that_were_not_taken_stay_as_pinned(filled_store: Store, tmp_path: Path) -> None:
    incident = start(filled_store, tmp_path)
    lines = TASKS.replace("heard + 5 d", "heard + 6 d").replace("heard + 9 d", "heard + 12 d")
    new = made(text(lines))
    done = move(filled_store, incident, new, ["survey"])
    days = {key: task.due_on for key, task in tasks(filled_store, incident).items()}
    left = seen(filled_store, incident, new)

    assert done.taken == ("tasks.survey",)
    assert (days["plan"], days["survey"]) == (dt.date(2027, 3, 6), dt.date(2027, 3, 13))
    assert done.after.sha256 not in {done.before.sha256, new.sha256}
    assert [item.name for item in left.items] == ["playbook", "tasks.plan"]
    assert move(filled_store, incident, new).after.sha256 == new.sha256


def test_what_does_not_stand_alone_is_refused_and_nothing_is_written(
    filled_store: Store, tmp_path: Path
) -> None:
    incident = start(filled_store, tmp_path)
    head = TOP.replace("  proposal:", "  review: {estimate: heard + 9 w, label: Katselmus}\n  proposal:")
    new = made(text(TASKS.replace("heard + 9 d", "review"), head=head))
    before = newest(filled_store, incident).seq
    with pytest.raises(InputError) as caught:
        move(filled_store, incident, new, ["tasks.survey"])

    assert caught.value.key == "incidents.rebase_apart"
    assert [problem.code for problem in caught.value.problems] == ["playbooks.unknown_anchor"]
    assert newest(filled_store, incident).seq == before
    assert len(move(filled_store, incident, new, ["survey", "review"]).taken) == 2


def test_one_event_tells_both_hashes(filled_store: Store, tmp_path: Path) -> None:
    incident = start(filled_store, tmp_path)
    new = made(text(TASKS.replace("heard + 9 d", "heard + 12 d")))
    done = move(filled_store, incident, new, ["survey"])
    event = newest(filled_store, incident)

    assert event.kind == "incidents.rebased"
    payload = event.payload
    assert (payload["old_sha256"], payload["new_sha256"]) == (done.before.sha256, done.after.sha256)
    assert payload["offered_sha256"] == new.sha256
    assert (payload["taken"], payload["left"]) == (["tasks.survey"], ["playbook"])


def test_the_same_playbook_changes_nothing(filled_store: Store, tmp_path: Path) -> None:
    incident = start(filled_store, tmp_path)
    same = made(text(), "2026.1")
    assert seen(filled_store, incident, same).items == ()
    with pytest.raises(RefusedError):
        move(filled_store, incident, same)


def test_an_item_that_is_not_in_the_comparison_is_named_with_the_nearest(
    filled_store: Store, tmp_path: Path
) -> None:
    incident = start(filled_store, tmp_path)
    new = made(text(TASKS.replace("heard + 9 d", "heard + 12 d")))
    with pytest.raises(NotFoundError) as caught:
        move(filled_store, incident, new, ["tasks.servey"])
    assert "tasks.survey" in str(caught.value.params["nearest"])


def test_an_incident_that_has_ended_is_not_moved(filled_store: Store, tmp_path: Path) -> None:
    incident = start(filled_store, tmp_path)
    service.move_state(filled_store, incident, IncidentState.CANCELLED, reason="Väärä hälytys.", **WHO)
    with pytest.raises(RefusedError):
        move(filled_store, incident, made(text(TASKS.replace("heard + 9 d", "heard + 12 d"))))


ONE = st.fixed_dictionaries(
    {
        "days": st.integers(1, 20),
        "title": st.sampled_from(["Askel", "Toinen"]),
        "act": st.sampled_from("kkkrn"),
    }
)


def overlaid(choice: dict[str, dict[str, Any]], added: int) -> str:
    """Return the small playbook with tasks kept (changed or not), removed or renamed, and some added."""
    lines = []
    for name, change in choice.items():
        if change["act"] == "r":
            continue
        own, former = (f"{name}-new", f", renamed_from: {name}") if change["act"] == "n" else (name, "")
        step = (COORDINATED if name == "survey" else STEP).replace("Askel", change["title"])
        lines.append(f"  {own}: {step}, due: heard + {change['days']} d{former}}}\n")
    lines += [f"  extra-{number}: {STEP}, due: heard + {number + 1} d}}\n" for number in range(added)]
    return text("".join(lines) or f"  other: {STEP}, due: heard + 1 d}}\n")


# Each example opens an incident: shrinking a failure would take minutes.
@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    choice=st.fixed_dictionaries(dict.fromkeys(("contact", "plan", "survey"), ONE)),
    added=st.integers(0, 2),
    finished=st.sets(st.sampled_from(["contact", "plan", "survey"])),
)
def test_no_finished_task_is_lost_and_the_way_back_restores_the_open_plan(
    filled_store: Store,
    tmp_path: Path,
    choice: dict[str, dict[str, Any]],
    added: int,
    finished: set[str],
) -> None:
    """Whatever is laid over the playbook, and whatever is done by then."""
    incident = start(filled_store, tmp_path)
    for name in sorted(finished):
        service.finish_task(filled_store, incident, name, **WHO)
    before = tasks(filled_store, incident)
    move(filled_store, incident, made(overlaid(choice, added)))
    moved = tasks(filled_store, incident)
    for name in finished:
        kept = moved[f"{name}-new" if choice[name]["act"] == "n" else name]
        old = before[name]
        assert (kept.state, kept.finished_at, kept.title, kept.due_on) == (
            old.state, old.finished_at, old.title, old.due_on,
        )  # fmt: skip
    move(filled_store, incident, made(text(), "2026.1"))
    back = tasks(filled_store, incident)

    for name in finished:
        # A name that went and came back counts as two changes of the row, and as nothing else.
        assert replace(back[name], version=0) == replace(before[name], version=0)
    assert open_plan(back) == open_plan(before)


def open_plan(found: dict[str, TaskView]) -> dict[str, tuple[object, ...]]:
    """Return what is left to do, as people see it."""
    return {
        key: (task.title, task.due_on, task.state, task.role, task.needs, task.phase)
        for key, task in found.items()
        if task.state not in ENDED_TASKS
    }


def test_what_recurs_is_not_added_for_days_gone_by(filled_store: Store, tmp_path: Path) -> None:
    """A briefing of last week is nobody's work; it stands as left undone, so that no later change adds it."""
    incident = start(filled_store, tmp_path)
    daily = f"  daily: {STEP}, due: heard + 1 wd, every: 1 wd, until: heard + 4 wd}}\n"
    new = made(text(TASKS + daily))
    late = Who(actor=WHO["actor"], now=dt.datetime(2027, 3, 4, 7, tzinfo=dt.UTC))
    found = service.preview_rebase(filled_store, incident, new, wanted=Wanted(), now=late["now"])
    done = service.rebase(filled_store, incident, new, wanted=Wanted(), reason="Malli uusittiin.", **late)

    assert found.changes.added == done.changes.added == ("daily[3]", "daily[4]")
    states = {key: task.state for key, task in tasks(filled_store, incident).items() if "daily" in key}
    assert [states[f"daily[{number}]"] for number in (1, 2)] == [TaskState.SKIPPED, TaskState.SKIPPED]
    assert tasks(filled_store, incident)["daily[1]"].state_reason == "Malli uusittiin."


def test_what_was_told_of_a_late_task_follows_it_to_its_new_name(filled_store: Store, tmp_path: Path) -> None:
    """Nobody is called twice about one task because a playbook gave it another id."""
    lines = TASKS.replace("due: heard + 9 d", "due: heard")
    incident = start(filled_store, tmp_path, text(lines))
    late = Who(actor=WHO["actor"], now=dt.datetime(2027, 3, 4, 7, tzinfo=dt.UTC))
    service.record_escalation(filled_store, incident, "survey", to="tilanne-taavi", **late)
    lines = lines.replace("  survey: {", "  inquiry: {renamed_from: survey, ")
    move(filled_store, incident, made(text(lines)))

    with filled_store.reading() as session:
        owner = queries.find_incident(session, incident)
        (told,) = (
            each for each in of_incident(session, owner, dt.date(2027, 3, 4)) if each.task.key == "inquiry"
        )
    assert [sent.to for sent in told.sent] == ["Tilanne Taavi"]
