"""Whatever a group does, and in whatever order, its plan stays the plan of what is known."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlmodel import Session, col, select

from muutosturva.calendars.service import incident_calendar
from muutosturva.errors import ConflictError, InputError, NotFoundError, RefusedError
from muutosturva.incidents import service
from muutosturva.incidents.acts import saving
from muutosturva.incidents.acts.opening import Opening
from muutosturva.incidents.acts.readiness import settle
from muutosturva.incidents.acts.saving import Owner
from muutosturva.incidents.pure.figures import Figure
from muutosturva.incidents.pure.forms import Decision, Update, UpdateState
from muutosturva.incidents.reading.expanding import expand_incident
from muutosturva.incidents.reading.queries import find_incident, incident_view
from muutosturva.models.incident import Incident, IncidentQuestion
from muutosturva.models.states import (
    NOT_STARTED,
    RUNNING,
    IncidentState,
    ItemState,
    Measure,
    Origin,
    Stage,
    TaskState,
)
from muutosturva.models.work import PlanDocument, PlanMeeting, PlanMessage, Task
from muutosturva.playbooks.facts import AnchorValue, Facts, Site, Wave
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.planning.expand import expand
from muutosturva.rules.workdays import WorkCalendar
from muutosturva.store.check import check
from muutosturva.store.lawbook import load_book
from muutosturva.store.store import Store
from tests.playbooks.making import playbook
from tests.support.examples import examples
from tests.support.stores import ACTOR, NOW

Item = TypeVar("Item", PlanMessage, PlanMeeting, PlanDocument)

SMALL: Final = """\
tasks:
  call: {title: Soita, phase: alarm, raci: {r: [lead], a: lead}, start: heard, due: heard + 2 h}
  hush:
    {title: Salaa, phase: alarm, raci: {r: [lead], a: lead}, due: heard + 1 wd, when: listed, needs: [call]}
  visit:
    {title: Käy, phase: alarm, raci: {r: [lead], a: lead}, for_each: sites, start: proposal,
     due: "max(proposal + 5 wd, decision)", needs: [hush]}
  count:
    {title: Laske, phase: alarm, raci: {r: [lead], a: lead}, due: decision - 3 wd, roll: back,
     when: "dismissals >= 10 and not bankruptcy", needs: [proposal.confirmed]}
  floor:
    {title: Raja, phase: alarm, raci: {r: [lead], a: lead}, for_each: waves, due: end - 1 wd,
     when: "listed or dismissals > 50", needs: [count], law: [1333/2021]}
  offer: {title: Tarjoa, phase: alarm, raci: {r: [lead], a: lead}, due: notice + 2 wd, for_each: waves,
          when: "employer_size >= 30", needs: [visit]}
messages:
  told:
    {title: Kerro, audience: staff, channel: mail, owner: lead, approvers: [lead], due: decision,
     when: listed}
meetings:
  weekly: {title: Viikko, starts: "decision + 1 wd at 09:00", minutes: 30, invitees: [lead], owner: lead,
           when: "dismissals >= 10"}
documents:
  picture: {title: Kuva, document: situation, audience: group, due: decision, when: "employer_size >= 30"}
"""
PEOPLE: Final = ("Esimerkki Elli", "Malli Mauri", "Talous Tapio")
DAYS: Final = st.dates(dt.date(2027, 2, 20), dt.date(2027, 6, 30))
ANSWERS: Final = {
    "listed": st.booleans(),
    "dismissals": st.sampled_from([0, 9, 10, 51]),
    "employer_size": st.sampled_from([29, 30]),
}
REGION: Final = "LAHTI-2027-400"
ENDED: Final = (TaskState.DONE, TaskState.SKIPPED)
_ENTRY: Final = re.compile(rb"BEGIN:VEVENT\r\n(.*?)END:VEVENT", re.DOTALL)


@st.composite
def values(draw: st.DrawFn) -> AnchorValue:
    """Draw a date of any certainty."""
    first, second = sorted((draw(DAYS), draw(DAYS)))
    return draw(
        st.sampled_from(
            [
                AnchorValue.confirmed(first),
                AnchorValue.estimated(first),
                AnchorValue.unknown(),
                AnchorValue.between(first, second),
            ]
        )
    )


def opened(store: Store, resolved: Resolved) -> str:
    """Open an incident in which nothing but the number of people is known; return its readable id."""
    known = Facts(
        inputs={"headcount": 100},
        anchors={
            "heard": AnchorValue.confirmed(NOW.date(), at=dt.time(8, 30)),
            "proposal": AnchorValue.estimated(NOW.date()),
        },
        waves=(Wave("w1", label="Yö", count=40), Wave("w2", count=60)),
        sites=(Site("lahti", "Tehdas", "Lahti"), Site("heinola", "Varasto", "Heinola")),
    )
    with store.reading() as session:
        plan = expand(resolved, known, WorkCalendar(), load_book(session))
    opening = Opening(plan=plan, facts=known, playbook_text=resolved.text, employer="Mallikone Oy")
    return service.open_incident(store, opening, actor=ACTOR, now=NOW).readable_id


def entries_of(session: Session, incident: Incident) -> dict[bytes, tuple[int, bytes]]:
    """Return SEQUENCE and the rest of each calendar entry by UID."""
    raw = incident_calendar(session, incident.readable_id, kind=incident.kind, now=NOW).raw
    found = {}
    for entry in _ENTRY.findall(raw):
        fields = dict(line.split(b":", 1) for line in entry.split(b"\r\n") if b":" in line)
        days = b"".join(line for line in entry.split(b"\r\n") if line.startswith((b"DTSTART", b"STATUS")))
        found[fields[b"UID"]] = (int(fields[b"SEQUENCE"]), days)
    return found


class AnyOrder(RuleBasedStateMachine):
    """A group that does everything at any time."""

    source: Path
    store: Store

    @initialize()
    def open(self) -> None:
        """Begin with an incident of a fresh store."""
        self.folder = tempfile.TemporaryDirectory(prefix="mt-", ignore_cleanup_errors=True)
        path = Path(self.folder.name) / "store.db"
        shutil.copy(self.source, path)
        self.store = Store.open(path)
        self.name = opened(self.store, playbook(SMALL))
        self.ended: dict[str, object] = {}
        self.calendar: dict[bytes, tuple[int, bytes]] = {}
        self.added = 0

    def teardown(self) -> None:
        """Close the store."""
        self.store.close()
        self.folder.cleanup()

    def tasks(self) -> list[Task]:
        """Return the rows of the tasks, in a steady order."""
        with self.store.reading() as session:
            incident = find_incident(session, self.name)
            found = session.exec(select(Task).where(Task.incident_id == incident.id)).all()
        return sorted(found, key=lambda row: row.key)

    def running(self) -> bool:
        """Tell whether the incident may be worked on: an undone reopening leaves it cancelled."""
        with self.store.reading() as session:
            return find_incident(session, self.name).state in RUNNING

    def has_wave_of(self, anchor: str) -> bool:
        """Tell whether the wave of an anchor is still there; anchors of none are always known."""
        wave = anchor.partition("[")[2].rstrip("]")
        with self.store.reading() as session:
            return not wave or wave in {row.wave for row in incident_view(session, self.name).waves}

    def do(self, action: Callable[..., object], *words: object, **options: object) -> bool:
        """Do something; return False where the rules of the house refuse it."""
        try:
            action(self.store, self.name, *words, **options, actor=ACTOR, now=NOW)
        except (RefusedError, InputError, ConflictError):
            return False
        return True

    @rule(data=st.data(), reason=st.sampled_from(["", "Syy."]))
    def start(self, data: st.DataObject, reason: str) -> None:
        """Begin a task, or open an ended one again."""
        row = data.draw(st.sampled_from(self.tasks()))
        if self.do(service.start_task, row.key, reason=reason):
            assert row.state not in ENDED or reason
            self.ended.pop(row.key, None)

    @rule(data=st.data(), skip=st.booleans())
    def end(self, data: st.DataObject, skip: bool) -> None:  # noqa: FBT001 - hypothesis gives it by name
        """Finish or skip a task."""
        row = data.draw(st.sampled_from(self.tasks()))
        running = self.running()
        done = (
            self.do(service.skip_task, row.key, reason="Syy.")
            if skip
            else self.do(service.finish_task, row.key)
        )
        assert done is (running and row.state not in {*ENDED, TaskState.WITHDRAWN, TaskState.OFFERED})
        if done:
            self.ended[row.key] = self.facts_of(next(r for r in self.tasks() if r.key == row.key))

    @staticmethod
    def facts_of(row: Task) -> object:
        """Return what may not change once a task has ended."""
        return (row.state, row.due, row.due_on, row.start, row.statutory, row.finished_at, row.title)

    @rule(data=st.data(), day=DAYS)
    def redate(self, data: st.DataObject, day: dt.date) -> None:
        """Date a task by hand."""
        row = data.draw(st.sampled_from(self.tasks()))
        self.do(service.redate_task, row.key, due=day, reason="Syy.")

    @rule()
    def add(self) -> None:
        """Add a task of the group's own."""
        self.added += 1
        self.do(service.add_task, f"own-{self.added}", title="Oma", role="lead", due=None)

    @rule(name=st.sampled_from(["proposal", "decision", "notice[w1]", "end[w2]"]), value=values())
    def move(self, name: str, value: AnchorValue) -> None:
        """Move an anchor; the preview says what will happen."""
        if not (self.running() and self.has_wave_of(name)):
            assert not self.do_known(service.set_anchor, name, value, reason="Syy.")
            return
        try:
            told = service.preview_anchor(self.store, self.name, name, value, now=NOW)
        except InputError:
            assert not self.do(service.set_anchor, name, value, reason="Syy.")
            return
        made = service.set_anchor(self.store, self.name, name, value, reason="Syy.", actor=ACTOR, now=NOW)
        assert (made.moved, made.added, made.withdrawn) == (told.moved, told.added, told.withdrawn)

    @rule(data=st.data(), name=st.sampled_from(sorted(ANSWERS)))
    def answer(self, data: st.DataObject, name: str) -> None:
        """Answer a question, perhaps for the second time and otherwise."""
        running = self.running()
        assert self.do(service.answer, name, data.draw(ANSWERS[name])) is running

    @rule(person=st.sampled_from(PEOPLE), deputy=st.booleans())
    def hand_over(self, person: str, deputy: bool) -> None:  # noqa: FBT001 - hypothesis gives it by name
        """Give the one role to somebody."""
        self.do(service.assign_role, "lead", person, deputy=deputy)

    @rule(people=st.sampled_from([9, 10, 51, 198]), accept=st.booleans())
    def amend(self, people: int, accept: bool) -> None:  # noqa: FBT001 - hypothesis gives it by name
        """Write a new number of people down."""
        figure = Figure(Stage.DECIDED, Measure.DISMISSAL, "", people, people)
        self.do(service.amend, service.Amendment((figure,)), reason="Luku.", accept=accept)

    @rule(state=st.sampled_from([IncidentState.DORMANT, IncidentState.WINDING_DOWN, IncidentState.ACTIVE]))
    def rest(self, state: IncidentState) -> None:
        """Let the incident rest or wind down, or go on."""
        self.do(service.move_state, state, reason="Syy.")

    @rule(value=values())
    def resume(self, value: AnchorValue) -> None:
        """Take it up again with a new date."""
        self.do(service.resume, anchors={"proposal": value}, reason="Syy.")

    @rule()
    def end_and_reopen(self) -> None:
        """Call it a false alarm, and find that it was none."""
        if self.do(service.move_state, IncidentState.CANCELLED, reason="Syy."):
            assert self.do(service.move_state, IncidentState.ACTIVE, reason="Syy.")

    @rule(count=st.sampled_from([10, 60]), gone=st.booleans())
    def wave(self, count: int, gone: bool) -> None:  # noqa: FBT001 - hypothesis gives it by name
        """Change the second wave, or take it away."""
        if gone:
            self.do_known(service.remove_wave, "w2", reason="Peruttu.")
        else:
            self.do(service.set_wave, service.WaveChange("w2", count=count), reason="Syy.")

    @rule(kind=st.sampled_from(["note", "decision", "update"]))
    def record(self, kind: str) -> None:
        """Write something down."""
        if kind == "note":
            self.do(service.add_note, "Merkintä.")
        else:
            form = Decision("Näin.", ACTOR, "Syy.") if kind == "decision" else Update(UpdateState.ON_TRACK)
            self.do(service.add_record, form)

    @rule(joined=st.booleans())
    def group(self, joined: bool) -> None:  # noqa: FBT001 - hypothesis gives it by name
        """Join it to a situation, or take it out."""
        with suppress(RefusedError, NotFoundError):
            if joined:
                service.group_incidents(self.store, REGION, [self.name], actor=ACTOR, now=NOW)
            else:
                service.ungroup_incidents(
                    self.store, REGION, [self.name], reason="Syy.", actor=ACTOR, now=NOW
                )

    @rule()
    def undo(self) -> None:
        """Take back what was done last; a task that had ended may be open again."""
        if self.do(service.undo_event):
            self.note_ended()

    @rule()
    def redo(self) -> None:
        """Do again what was taken back."""
        if self.do(service.redo_event):
            self.note_ended()

    def note_ended(self) -> None:
        """Look again which tasks have ended: an undoing changes that, and is meant to."""
        self.ended = {row.key: self.facts_of(row) for row in self.tasks() if row.state in ENDED}

    def do_known(self, action: Callable[..., object], *words: object, **options: object) -> bool:
        """As ``do``, where the thing may have been taken away before."""
        try:
            return self.do(action, *words, **options)
        except NotFoundError:
            return False

    @invariant()
    def the_store_is_sound(self) -> None:
        """Nothing a group does may look like tampering."""
        assert check(self.store) == []

    @invariant()
    def what_has_ended_stands(self) -> None:
        """Done work is a fact."""
        assert {row.key: self.facts_of(row) for row in self.tasks() if row.key in self.ended} == self.ended

    @invariant()
    def open_work_is_that_of_a_fresh_plan(self) -> None:
        """The saved plan and a fresh expansion of the same facts may never drift apart."""
        with self.store.transaction(ACTOR, NOW) as unit:
            session = unit.session
            incident = find_incident(session, self.name)
            owner = Owner(incident.owner_area, incident.id)
            plan = expand_incident(session, incident)
            fresh = {task.key: saving.task_row(owner, task, 0) for task in plan.tasks}
            rows = [row for row in self.tasks() if row.origin is Origin.PLAYBOOK]
            present = {row.key for row in rows if row.state is not TaskState.WITHDRAWN}
            begun = {row.key for row in rows if row.state not in {*NOT_STARTED, TaskState.WITHDRAWN}}
            assert set(fresh) <= present <= set(fresh) | begun
            for row in rows:
                if row.state in NOT_STARTED:
                    assert _follows(row) == _follows(fresh[row.key])
                    assert row.due_by_hand or (row.due, row.due_on) == (
                        fresh[row.key].due,
                        fresh[row.key].due_on,
                    )
            assert _standing(session, PlanMessage, incident.id) == {item.key for item in plan.messages}
            assert _standing(session, PlanMeeting, incident.id) == {item.key for item in plan.meetings}
            assert _standing(session, PlanDocument, incident.id) == {item.key for item in plan.documents}
            asked = session.exec(
                select(IncidentQuestion.name).where(
                    IncidentQuestion.incident_id == incident.id, ~col(IncidentQuestion.answered)
                )
            ).all()
            assert set(asked) == {question.name for question in plan.questions}
            assert settle(session, incident) == {}
            unit.unchanged()

    @invariant()
    def calendars_move_and_never_go_back(self) -> None:
        """Outlook ignores an entry whose SEQUENCE falls, and keeps the old day of one that does not rise."""
        with self.store.reading() as session:
            now = entries_of(session, find_incident(session, self.name))
        for uid in self.calendar.keys() & now.keys():
            assert now[uid][0] >= self.calendar[uid][0]
            assert now[uid][1] == self.calendar[uid][1] or now[uid][0] > self.calendar[uid][0]
        self.calendar |= now


def _follows(row: Task) -> tuple[object, ...]:
    """Return what a task that has not begun takes from the plan."""
    return (
        row.start,
        row.statutory,
        row.law,
        sorted(row.depends_on),
        sorted(row.needs),
        row.condition_values,
    )


@pytest.mark.hypothesis
def test_the_plan_follows_what_is_known_whatever_is_done_in_whatever_order(filled_file: Path) -> None:
    """Answers given twice, anchors moved back, tasks opened again: a person does all of it."""

    class Here(AnyOrder):
        source = filled_file

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=examples(5, 300),
            stateful_step_count=examples(16, 40),
            deadline=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )


def _standing(session: Session, table: type[Item], incident_id: uuid.UUID) -> set[str]:
    """Return the keys of the messages, meetings or documents that are still planned or done."""
    items = session.exec(select(table).where(table.incident_id == incident_id)).all()
    return {item.key for item in items if item.state is not ItemState.WITHDRAWN}
