"""Decisions, minutes, updates and reviews: fixed forms, corrected beside and never over."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from muutosturva.coordination.cases import three_firms
from muutosturva.coordination.trigger import trigger
from muutosturva.errors import ConflictError, InputError, NotFoundError, RefusedError, UsageError
from muutosturva.i18n import Texts
from muutosturva.incidents import service
from muutosturva.incidents.acts import records
from muutosturva.incidents.pure import forms
from muutosturva.incidents.pure.forms import Decision, Minutes, ModelChange, Review, Update, UpdateState
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.naming import names
from muutosturva.incidents.told import narrative
from muutosturva.models.states import IncidentState, RecordKind
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_B, WHO, Who
from tests.support.stores import ACTOR, NOW

DAY = dt.date(2027, 3, 1)
DECISION = Decision(
    "Iltavuorolle oma tilaisuus", "lead", "Vuoro puuttui", "Esimerkki Elli", dt.date(2027, 3, 5)
)

WRONG = [
    (Decision(""), {"text", "decided_by", "ground"}),
    (Decision("a", "b", "c", due=dt.date(2027, 3, 2)), {"owner"}),
    (Decision("a", "b", "c", "d", dt.date(2027, 2, 28)), {"due"}),
    (Decision("a", "b", "Soitti 010190-900X"), {"ground"}),
    (Decision("Soitti 010190A900x", "b", "c"), {"text"}),
    (Minutes(""), {"meeting", "attendees", "notes"}),
    (Minutes("Kokous", ("Elli",), decisions=(Decision(""),)), {"decisions.1.text"}),
    (Minutes("Kokous", ("010190-900X",), "x"), {"attendees.1"}),
    (Update(UpdateState.STUCK), {"done"}),
    (Update(UpdateState.DONE, done="x", next_update=dt.date(2027, 2, 1)), {"next_update"}),
    (Review("x"), {"worked"}),
    (Review("", "y", changes=(ModelChange("", due=DAY),)), {"happened", "changes.1.text", "changes.1.owner"}),
]


@pytest.mark.parametrize(("form", "paths"), WRONG)
def test_everything_wrong_with_a_form_is_told_at_once(form: forms.Form, paths: set[str]) -> None:
    assert {problem.path for problem in forms.problems(form, DAY)} == paths


UPDATE = Update(UpdateState.AT_RISK, "Tulkki puuttuu", "Tilaisuus", "tulkki", DAY)
RIGHT = [
    DECISION,
    Decision("a", "b", minutes=3),
    Minutes("Kokous", ("Elli", "lead"), "Puhuttiin", (Decision("Tehdään", owner="lead"),)),
    UPDATE,
    Review("Tieto lehdestä", "Puhelu", "Vuoro jäi", (ModelChange("Ennakko", "lead", dt.date(2027, 6, 1)),)),
]


@pytest.mark.parametrize("form", RIGHT)
def test_a_form_comes_back_as_it_was_kept(form: forms.Form) -> None:
    assert forms.problems(form, DAY) == ()
    assert forms.from_body(forms.kind_of(form), forms.to_body(form)) == form


def test_a_decision_is_numbered_and_keeps_when_it_was_made(opened_store: Store) -> None:
    earlier = NOW - dt.timedelta(minutes=10)
    first = service.add_record(opened_store, FIRM_A, DECISION, at=earlier, **WHO)
    second = service.add_record(opened_store, FIRM_A, DECISION, **WHO)
    update = service.add_record(opened_store, FIRM_A, UPDATE, **WHO)

    assert (first.number, second.number, update.number) == (1, 2, 1)
    assert (first.event_time, first.recorded_at) == (earlier, NOW)


def test_decisions_of_minutes_are_records_of_their_own_in_one_event(opened_store: Store) -> None:
    minutes = Minutes(
        "Ryhmän kokous", ("Elli",), decisions=(Decision("Yksi", owner="lead"), Decision("Kaksi"))
    )
    service.add_record(opened_store, FIRM_A, minutes, refers="log-news", **WHO)

    with opened_store.reading() as session:
        decided = records.records(session, FIRM_A, RecordKind.DECISION)
        log = queries.log_entries(session, FIRM_A)
        told = narrative.sentence(Texts("fi"), log[0], names(session, FIRM_A))
    assert [(view.number, view.title, view.refers) for view in decided] == [
        (2, "Kaksi", "log-news"),
        (1, "Yksi", "log-news"),
    ]
    assert all(
        isinstance(view.form, Decision) and view.form.decided_by == "Ryhmän kokous" for view in decided
    )
    assert [entry.kind for entry in log if entry.record_time == NOW] == ["incidents.minuted"]
    assert told == (
        "Kokousmuistio 1: Ryhmän kokous. Läsnä: Elli. Päätös 1: Yksi. Toteuttaa: Vastuukoordinaattori. "
        "Päätös 2: Kaksi."
    )


def test_a_correction_stands_beside_what_it_corrects(opened_store: Store) -> None:
    """What was known and said at the time must stay readable."""
    service.add_record(opened_store, FIRM_A, DECISION, **WHO)
    later = Who(actor="Malli Mauri", now=NOW + dt.timedelta(hours=1))
    right = Decision(
        "Yövuorolle oma tilaisuus", "lead", "Vuoro puuttui", "Esimerkki Elli", dt.date(2027, 3, 5)
    )
    service.correct_record(
        opened_store,
        FIRM_A,
        RecordKind.DECISION,
        1,
        right,
        reason="Väärä vuoro",
        **later,
    )

    with opened_store.reading() as session:
        history = records.record_history(session, FIRM_A, RecordKind.DECISION, 1)
        standing = records.records(session, FIRM_A)
    assert [(view.form, view.current, view.author) for view in history] == [
        (right, True, "Malli Mauri"),
        (DECISION, False, ACTOR),
    ]
    assert history[0].event_time == history[1].event_time == NOW
    assert [view.form for view in standing] == [right]


def test_a_correction_needs_a_reason_and_a_difference(opened_store: Store) -> None:
    view = service.add_record(opened_store, FIRM_A, DECISION, **WHO)
    place = (opened_store, FIRM_A, RecordKind.DECISION, 1)
    with pytest.raises(InputError):
        service.correct_record(*place, Decision("a", "b", "c"), reason=" ", **WHO)
    with pytest.raises(RefusedError):
        service.correct_record(*place, DECISION, reason="x", **WHO)
    with pytest.raises(NotFoundError):
        service.correct_record(*place[:3], 9, DECISION, reason="x", **WHO)
    with pytest.raises(ConflictError):
        service.correct_record(
            *place, Decision("a", "b", "c"), reason="x", expected_version=view.version + 1, **WHO
        )


def test_a_decision_may_become_a_task_of_whoever_carries_it_out(opened_store: Store) -> None:
    service.add_record(opened_store, FIRM_A, DECISION, task=True, **WHO)
    with opened_store.reading() as session:
        task = next(task for task in queries.tasks(session, FIRM_A) if task.key == "decision-1")
    assert (task.person, task.due_on) == ("Esimerkki Elli", dt.date(2027, 3, 5))


def test_nothing_of_a_refused_decision_is_kept(opened_store: Store) -> None:
    nobody = Decision("a", "b", "c", "Ei Kukaan")
    with pytest.raises(NotFoundError):
        service.add_record(opened_store, FIRM_A, nobody, task=True, **WHO)
    with pytest.raises(UsageError):
        service.add_record(opened_store, FIRM_A, DECISION, at=NOW + dt.timedelta(days=1), **WHO)
    with opened_store.reading() as session:
        assert records.records(session, FIRM_A) == ()


def test_the_newest_update_of_each_firm_and_the_first_promise_feed_the_picture(opened_store: Store) -> None:
    service.group_incidents(opened_store, "LAHTI-2027-400", [FIRM_A, FIRM_B], title="Tilanne", **WHO)
    service.add_record(opened_store, FIRM_A, Update(UpdateState.STUCK, "Vanha"), **WHO)
    later = NOW + dt.timedelta(hours=1)
    for firm, day in ((FIRM_A, 8), (FIRM_B, 5)):
        form = Update(UpdateState.ON_TRACK, "Uusi", next_update=dt.date(2027, 3, day))
        service.add_record(opened_store, firm, form, actor=ACTOR, now=later)

    with opened_store.reading() as session:
        newest = records.latest_updates(session, "LAHTI-2027-400")
        assert [(view.incident, view.title) for view in newest] == [(FIRM_A, "Uusi"), (FIRM_B, "Uusi")]
        assert records.promised_update(session, "LAHTI-2027-400", DAY) == dt.date(2027, 3, 5)
        assert records.promised_update(session, "LAHTI-2027-400", dt.date(2027, 3, 6)) == dt.date(2027, 3, 8)
        assert records.promised_update(session, FIRM_B, dt.date(2027, 3, 6)) is None


def test_a_cancelled_incident_takes_no_more_records(opened_store: Store) -> None:
    service.move_state(opened_store, FIRM_A, IncidentState.CANCELLED, reason="Väärä tieto", **WHO)
    with pytest.raises(RefusedError):
        service.add_record(opened_store, FIRM_A, DECISION, **WHO)


def test_records_are_kept_on_each_database(filled_place: str | Path) -> None:
    """The index that lets one version stand is written differently by each."""
    with Store.open(filled_place) as store:
        trigger(store, three_firms().firms[0].request, actor=ACTOR, now=NOW)
        service.add_record(store, FIRM_A, DECISION, **WHO)
        right = Decision("Toinen", "lead", "Vuoro")
        view = service.correct_record(store, FIRM_A, RecordKind.DECISION, 1, right, reason="x", **WHO)
    assert (view.number, view.corrects, view.current) == (1, True, True)
