"""Tasks that somebody above has to be told of: to whom, from when, what the draft says, what is recorded."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

from muutosturva.clock import local_date
from muutosturva.errors import RefusedError, UsageError
from muutosturva.i18n import LANGUAGES, Language, Texts
from muutosturva.incidents.pure.escalation import EscalationKind, Receiver, receiver
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.escalations import Escalation, of_incident
from muutosturva.incidents.service import finish_task, record_escalation, redate_task, set_secrecy
from muutosturva.incidents.told.escalation_draft import draft_of
from muutosturva.models.states import Secrecy, TaskState
from muutosturva.models.work import Task
from muutosturva.playbooks.plan import EscalationStep
from muutosturva.preparedness.service import NewPerson, add_absence, add_person
from muutosturva.rules.workdays import WorkCalendar
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, WHO, Who
from tests.support.stores import ACTOR

LATER = dt.datetime(2027, 3, 12, 7, tzinfo=dt.UTC)
TODAY = local_date(LATER)
NOW: Who = {"actor": ACTOR, "now": LATER}
ELLI, MAURI, KAISA = "Esimerkki Elli", "Malli Mauri", "Kuvitteellinen Kaisa"
FRIDAY = dt.date(2027, 3, 5)


def steps(*rungs: str) -> tuple[EscalationStep, ...]:
    """Return a ladder written as ``1 wd:lead``."""
    return tuple(EscalationStep(*rung.split(":")) for rung in rungs)


@pytest.mark.parametrize(
    ("ladder", "days", "acting", "doer", "expected"),
    [
        (steps("1 wd:lead"), 0, {"lead": "L"}, "D", None),
        (steps("1 wd:lead"), 2, {"lead": "L"}, "D", None),
        (steps("1 wd:lead"), 3, {"lead": "L"}, "D", Receiver("lead", "L")),
        (steps("1 d:lead"), 1, {"lead": "L"}, "D", Receiver("lead", "L")),
        (steps("1 wd:boss", "2 wd:lead"), 3, {"boss": "B", "lead": "L"}, "D", Receiver("boss", "B")),
        (steps("1 wd:boss", "2 wd:lead"), 4, {"boss": "B", "lead": "L"}, "D", Receiver("lead", "L")),
        (steps("1 wd:boss", "2 wd:lead"), 3, {"boss": "D", "lead": "L"}, "D", Receiver("lead", "L")),
        (steps("1 wd:boss", "2 wd:lead"), 3, {"boss": "", "lead": "L"}, "D", Receiver("lead", "L")),
        (steps("1 wd:press"), 3, {"press": "D", "answers": "A"}, "D", Receiver("answers", "A")),
        ((), 0, {"answers": "A"}, "D", None),
        ((), 1, {"answers": "A", "lead": "L"}, "D", Receiver("answers", "A")),
        ((), 1, {"answers": "D", "lead": "L"}, "D", Receiver("lead", "L")),
        ((), 1, {"answers": "D", "lead": "D"}, "D", Receiver("lead", "")),
        ((), 1, {}, "", Receiver("lead", "")),
    ],
)
def test_the_highest_rung_reached_is_told_and_never_the_doer(
    ladder: tuple[EscalationStep, ...],
    days: int,
    acting: dict[str, str],
    doer: str,
    expected: Receiver | None,
) -> None:
    """Counted from a Friday: a working day later is the Monday."""
    found = receiver(
        ladder,
        FRIDAY,
        FRIDAY + dt.timedelta(days=days),
        WorkCalendar(),
        above=("answers", "lead"),
        acting=acting,
        doer=doer,
    )

    assert found == expected


def seen(store: Store, key: str = "first-contact", incident: str = FIRM_A) -> Escalation | None:
    with store.reading() as session:
        found = of_incident(session, queries.find_incident(session, incident), TODAY)
    return next((each for each in found if each.task.key == key), None)


def told(store: Store, key: str = "first-contact") -> Escalation:
    found = seen(store, key)
    assert found is not None
    return found


def test_a_late_task_is_taken_to_whoever_acts_above_and_a_done_one_to_nobody(opened_store: Store) -> None:
    found = told(opened_store)
    assert (found.kind, found.to, found.task.person) == (
        EscalationKind.LATE,
        Receiver("lead", ELLI),
        MAURI,
    )
    assert found.since == found.task.due_on
    assert found.days == (TODAY - found.since).days
    add_absence(opened_store, ELLI, TODAY, TODAY, deputy=KAISA, **WHO)
    assert told(opened_store).to == Receiver("lead", KAISA)

    finish_task(opened_store, FIRM_A, "first-contact", **NOW)

    assert seen(opened_store) is None


def test_an_offer_nobody_answered_and_a_task_nobody_began_are_told_too(opened_store: Store) -> None:
    with opened_store.transaction(**WHO) as unit:
        owner = queries.find_incident(unit.session, FIRM_A)
        for task in unit.session.exec(select(Task).where(Task.incident_id == owner.id)):
            if task.key == "survey":
                task.state = TaskState.OFFERED
            if task.key == "tell-neighbours":
                task.state, task.start_on = TaskState.READY, dt.date(2027, 3, 10)
                task.start = {**(task.due or {}), "value": "2027-03-10"}
                task.due_on = None
                task.due = None
        unit.record(EventDraft("incidents.noted", owner.id, (FIRM_A,), ("text",), {"offered": ["survey"]}))

    offered, waiting = told(opened_store, "survey"), told(opened_store, "tell-neighbours")
    assert (offered.kind, offered.since) == (EscalationKind.UNANSWERED, local_date(WHO["now"]))
    assert (waiting.kind, waiting.since) == (EscalationKind.NOT_BEGUN, dt.date(2027, 3, 10))
    assert {offered.to.person, waiting.to.person} == {ELLI}


def test_that_it_was_sent_is_recorded_with_its_own_time_and_shown(opened_store: Store) -> None:
    at = LATER - dt.timedelta(minutes=30)
    done = record_escalation(opened_store, FIRM_A, "B3", at=at, note="soitin", **NOW)

    assert [(sent.to, sent.role, sent.at) for sent in done.sent] == [(ELLI, "lead", at)]
    assert not done.waits
    with opened_store.reading() as session:
        entry = queries.log_entries(session, FIRM_A, limit=1)[0]
    assert entry.kind == "incidents.task_escalated"
    assert entry.event_time == at
    assert entry.payload == {
        "kind": "late",
        "to": ELLI,
        "role": "lead",
        "since": done.since.isoformat(),
        "note": "soitin",
    }
    again = record_escalation(opened_store, FIRM_A, "B3", to="tilanne-taavi", **NOW)
    assert [sent.to for sent in again.sent] == ["Tilanne Taavi", ELLI]


def test_what_was_sent_before_a_new_due_day_does_not_count_for_it(opened_store: Store) -> None:
    record_escalation(opened_store, FIRM_A, "B3", at=LATER - dt.timedelta(days=2), **NOW)
    assert not told(opened_store).waits
    redate_task(opened_store, FIRM_A, "B3", due=TODAY - dt.timedelta(days=1), reason="sovittu", **NOW)

    assert told(opened_store).waits


@pytest.mark.parametrize(
    ("task", "key"),
    [("B2", "nothing_to_escalate"), ("B5", "nobody_to_tell")],
)
def test_what_cannot_be_told_is_refused(opened_store: Store, task: str, key: str) -> None:
    """B2 is done in time here; B5 is the lead's own, and nobody stands above the lead."""
    if task == "B2":
        finish_task(opened_store, FIRM_A, task, **NOW)
    with pytest.raises(RefusedError) as caught:
        record_escalation(opened_store, FIRM_A, task, **NOW)
    assert caught.value.key == f"incidents.{key}"


def test_a_time_ahead_is_refused(opened_store: Store) -> None:
    with pytest.raises(UsageError):
        record_escalation(opened_store, FIRM_A, "B3", at=LATER + dt.timedelta(hours=1), **NOW)


def test_of_a_secret_incident_nobody_outside_is_told_and_the_firm_is_not_named(opened_store: Store) -> None:
    set_secrecy(opened_store, FIRM_A, Secrecy.RESTRICTED, reason="pörssi", **NOW)
    inside = told(opened_store)
    text = draft_of(Texts("fi"), inside, ACTOR).text
    assert (inside.secret, inside.outside) == (True, False)
    assert inside.task.employer not in text
    assert "salassa" in text

    add_person(opened_store, NewPerson("Ulla Ulkona"), **WHO)
    add_absence(opened_store, ELLI, TODAY, TODAY, deputy="Ulla Ulkona", **WHO)

    assert told(opened_store).outside
    with pytest.raises(RefusedError) as caught:
        record_escalation(opened_store, FIRM_A, "B3", **NOW)
    assert caught.value.key == "incidents.escalation_outsider"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_draft_says_what_since_when_who_and_what_is_asked(
    opened_store: Store, language: Language
) -> None:
    texts = Texts(language)
    found = told(opened_store)
    draft = draft_of(texts, found, KAISA)

    assert draft.to == f"{ELLI} <esimerkki-elli@example.invalid>"
    assert "B3" in draft.subject
    assert FIRM_A in draft.subject
    for part in (texts.pick(found.task.title), texts.day(found.since), str(found.days), MAURI, KAISA):
        assert part in draft.text
    assert found.task.employer in draft.text
