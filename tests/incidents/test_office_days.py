"""Days the office is closed and the council meets: set once, followed by every plan."""

from __future__ import annotations

import datetime as dt

import pytest

from muutosturva.errors import NotFoundError, RefusedError, UsageError
from muutosturva.incidents import service
from muutosturva.incidents.acts.undoing import undo_event
from muutosturva.incidents.reading import queries
from muutosturva.incidents.service import DayChange, preview_office_days, set_office_days
from muutosturva.incidents.typed.notation import parse_days
from muutosturva.models.states import OfficeDateKind, Secrecy, TaskState
from muutosturva.store.check import check
from muutosturva.store.log import LogEntry, entries
from muutosturva.store.office_dates import load_calendar, office_dates
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_B, WHO
from tests.support.stores import ACTOR, AREA

BRIDGE = dt.date(2027, 5, 7)
"""The Friday after Ascension Day, when many offices close."""
LATER = dt.date(2027, 12, 23)
CLOSED, COUNCIL = OfficeDateKind.CLOSED, OfficeDateKind.COUNCIL
OUTSIDER = "Talous Tapio"
FIRST_FREE = dt.date(2027, 3, 2)
"""The day on which the first tasks of firm A are due."""


def log(store: Store) -> list[LogEntry]:
    with store.reading() as session:
        return entries(session)


def due_days(store: Store, incident: str = FIRM_A) -> dict[str, dt.date | None]:
    """Return the day of every task that is still to be done."""
    with store.reading() as session:
        return {task.key: task.due.value if task.due else None for task in queries.tasks(session, incident)}


def test_a_closed_day_is_no_working_day_of_the_area(store: Store) -> None:
    with store.reading() as session:
        assert load_calendar(session).is_working_day(BRIDGE)
    assert set_office_days(store, DayChange(CLOSED, (BRIDGE,), "silta"), **WHO).days == (BRIDGE,)
    with store.reading() as session:
        assert not load_calendar(session).is_working_day(BRIDGE)
        assert not load_calendar(session, AREA).is_working_day(BRIDGE)
        assert load_calendar(session, "heinola").is_working_day(BRIDGE)


def test_a_council_date_closes_nothing(store: Store) -> None:
    set_office_days(store, DayChange(COUNCIL, (BRIDGE,), "valtuusto"), **WHO)
    with store.reading() as session:
        assert load_calendar(session).is_working_day(BRIDGE)
        assert office_dates(session, AREA, COUNCIL) == {BRIDGE: "valtuusto"}


def test_days_that_stand_already_are_left_alone(store: Store) -> None:
    set_office_days(store, DayChange(CLOSED, (BRIDGE,), "silta"), **WHO)
    change = DayChange(CLOSED, (LATER, BRIDGE, LATER), "muu")
    first, second = (set_office_days(store, change, **WHO) for _ in range(2))
    assert (first.days, first.left) == ((LATER,), (BRIDGE,))
    assert (second.days, second.left) == ((), (BRIDGE, LATER))
    with store.reading() as session:
        assert office_dates(session, AREA, CLOSED) == {BRIDGE: "silta", LATER: "muu"}
    assert [event.kind for event in log(store)[1:]] == ["store.dates_added"] * 2


def test_a_removed_day_is_a_working_day_again(store: Store) -> None:
    set_office_days(store, DayChange(CLOSED, (BRIDGE, LATER)), **WHO)
    assert set_office_days(store, DayChange(CLOSED, (LATER,), remove=True), **WHO).days == (LATER,)
    with store.reading() as session:
        assert load_calendar(session).is_working_day(LATER)
    assert log(store)[-1].kind == "store.dates_removed"


def test_a_day_that_does_not_stand_is_not_removed_and_those_that_do_are_told(store: Store) -> None:
    with pytest.raises(NotFoundError, match="no_office_days"):
        set_office_days(store, DayChange(CLOSED, (LATER,), remove=True), **WHO)
    set_office_days(store, DayChange(CLOSED, (BRIDGE,)), **WHO)
    with pytest.raises(NotFoundError) as caught:
        set_office_days(store, DayChange(CLOSED, (LATER,), remove=True), **WHO)
    assert caught.value.params["known"] == (BRIDGE,)


def test_a_day_that_is_free_anyway_may_be_a_slip(store: Store) -> None:
    sunday, working = dt.date(2027, 5, 9), dt.date(2027, 5, 10)
    told = [
        set_office_days(store, DayChange(kind, (sunday, working)), **WHO).warnings
        for kind in (CLOSED, COUNCIL)
    ]
    assert [problem.code for (problem,) in told] == [
        "incidents.free_day_closed",
        "incidents.free_day_council",
    ]
    assert told[0][0].params["days"] == (sunday,)


def test_tasks_that_have_not_begun_move_with_a_closed_day_and_back_when_it_is_removed(
    opened_store: Store,
) -> None:
    """A due day on which nobody is at work is no due day."""
    before = due_days(opened_store)
    change = DayChange(CLOSED, (FIRST_FREE,), "muutto")

    seen = preview_office_days(opened_store, change, now=WHO["now"])
    assert due_days(opened_store) == before
    done = set_office_days(opened_store, change, **WHO)

    assert (seen.days, seen.left, seen.followed) == (done.days, done.left, done.followed)
    assert FIRM_A in [each.incident for each in done.followed]
    moved = {each.key for each in done.followed[0].changes.moved}
    after = due_days(opened_store)
    assert moved
    assert {key for key in before if before[key] != after[key]} == moved
    assert FIRST_FREE not in {after[key] for key in moved}

    set_office_days(opened_store, DayChange(CLOSED, (FIRST_FREE,), remove=True), **WHO)
    assert due_days(opened_store) == before
    assert check(opened_store) == []


def test_what_is_done_stays_and_the_law_does_not_move(opened_store: Store) -> None:
    """The law counts days as the act on time limits says, whoever is at the office."""
    with opened_store.reading() as session:
        tasks = queries.tasks(session, FIRM_A)
        law = {task.key: task.statutory.date for task in tasks if task.statutory}
        own = next(task.key for task in tasks if task.due and task.due.value == FIRST_FREE)
    service.finish_task(opened_store, FIRM_A, own, **WHO)

    done = set_office_days(opened_store, DayChange(CLOSED, (FIRST_FREE,)), **WHO)

    with opened_store.reading() as session:
        tasks = queries.tasks(session, FIRM_A)
        assert {task.key: task.statutory.date for task in tasks if task.statutory} == law
        finished = next(task for task in tasks if task.key == own)
    assert (finished.state, finished.due and finished.due.value) == (TaskState.DONE, FIRST_FREE)
    assert own not in {
        moved.key
        for each in done.followed
        if each.incident == FIRM_A
        for moved in each.changes.moved
        if moved.outcome == "moved"
    }


def test_a_council_date_dates_what_waited_for_it(opened_store: Store) -> None:
    """Money is decided where the council meets."""
    assert due_days(opened_store)["budget-to-council"] is None
    day = dt.date(2027, 6, 14)
    set_office_days(opened_store, DayChange(COUNCIL, (day,)), **WHO)
    assert due_days(opened_store)["budget-to-council"] == day


def test_each_incident_tells_in_its_own_log_that_its_plan_followed(opened_store: Store) -> None:
    done = set_office_days(opened_store, DayChange(CLOSED, (FIRST_FREE,)), **WHO)
    kinds = [event.kind for event in log(opened_store)][-1 - len(done.followed) :]
    assert kinds == ["store.dates_added", *["incidents.days_followed"] * len(done.followed)]
    with opened_store.reading() as session:
        newest = queries.log_entries(session, FIRM_A, limit=1)[0]
    assert newest.kind == "incidents.days_followed"
    with pytest.raises(RefusedError, match="not_undoable_office"):
        undo_event(opened_store, FIRM_A, seq=newest.seq, **WHO)


def test_a_hidden_incident_follows_and_is_not_told_of(opened_store: Store) -> None:
    """Deadlines of a secret incident are deadlines too; who set the day learns nothing of it."""
    service.set_secrecy(opened_store, FIRM_A, Secrecy.RESTRICTED, reason="Salaa.", **WHO)
    service.end_access(opened_store, FIRM_A, OUTSIDER, reason="Ei tarvitse.", **WHO)
    before = due_days(opened_store)
    opened_store.reader = OUTSIDER
    change = DayChange(CLOSED, parse_days("2.3.2027..30.4.2027"))

    seen = preview_office_days(opened_store, change, now=WHO["now"])
    done = set_office_days(opened_store, change, actor=OUTSIDER, now=WHO["now"])
    told = [event for event in log(opened_store) if event.kind == "incidents.days_followed"]
    opened_store.reader = ACTOR

    assert FIRM_A not in {each.incident for each in (*seen.followed, *done.followed)}
    assert FIRM_B in {each.incident for each in done.followed}
    assert len(told) == len(done.followed)
    assert due_days(opened_store) != before


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("7.5.2027", (BRIDGE,)),
        ("2027-12-23..2027-12-24", (LATER, dt.date(2027, 12, 24))),
        ("ke 31.12.2027 – 1.1.2028", (dt.date(2027, 12, 31), dt.date(2028, 1, 1))),
    ],
)
def test_a_day_or_every_day_from_first_to_last_may_be_typed(typed: str, days: tuple[dt.date, ...]) -> None:
    assert parse_days(typed) == days


@pytest.mark.parametrize("typed", ["8.5.2027..7.5.2027", "1.1.2027..1.2.2028", "1.1.2027..", "huomenna"])
def test_days_that_cannot_be_meant_are_refused(typed: str) -> None:
    """A span of years is a slip of one digit, and would close the office for good."""
    with pytest.raises(UsageError):
        parse_days(typed)
