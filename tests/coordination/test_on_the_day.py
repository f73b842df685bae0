"""Who is away is stood in for wherever a task or a meeting names people; on which day, depends."""

from __future__ import annotations

import datetime as dt

import pytest

from muutosturva.calendars.service import incident_calendar
from muutosturva.clock import local_date
from muutosturva.coordination.sheets import tables_of
from muutosturva.documents.situation import build
from muutosturva.i18n import Texts
from muutosturva.incidents.pure.standing_in import Away, sent
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.task_lines import task_lines
from muutosturva.incidents.service import finish_task
from muutosturva.preparedness.service import add_absence
from muutosturva.store.glance import glance
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, WHO
from tests.support.stores import NOW

TODAY = local_date(NOW)
DAY = dt.date(2027, 3, 3)
ELLI = "Esimerkki Elli"
MAURI = "Malli Mauri"
KAISA = "Kuvitteellinen Kaisa"


def away(person: str, deputy: str = "") -> Away:
    """Return an absence on the day."""
    return Away(person, DAY, DAY, deputy)


@pytest.mark.parametrize(
    ("holders", "deputies", "absent", "expected"),
    [
        (["A", "B"], ["D"], [], ["A", "B"]),
        (["A", "B"], ["D"], [away("A")], ["B"]),
        (["A", "B"], ["D"], [away("A", "X")], ["X", "B"]),
        (["A", "B"], ["D"], [away("A", "B")], ["B"]),
        (["A", "B"], ["D"], [away("A", "X"), away("X")], ["B"]),
        (["A", "B"], ["D"], [away("A"), away("B")], ["D"]),
        (["A"], ["D"], [away("A"), away("D")], []),
        ([], ["D"], [], ["D"]),
        ([], [], [], []),
    ],
)
def test_every_holder_who_is_present_comes_and_somebody_for_each_who_is_not(
    holders: list[str], deputies: list[str], absent: list[Away], expected: list[str]
) -> None:
    assert sent(holders, deputies, absent, DAY) == expected


def test_what_is_written_down_ahead_names_who_acts_on_the_day_of_the_task(opened_store: Store) -> None:
    """A holiday of this week changes nothing in three weeks, and one in three weeks does."""
    with opened_store.reading() as session:
        led = [task for task in queries.tasks(session, FIRM_A) if task.person == ELLI and task.due_on]
    soon, later = led[0], led[-1]
    assert soon.due_on
    assert later.due_on
    assert soon.due_on < later.due_on
    add_absence(opened_store, ELLI, later.due_on, later.due_on, deputy=KAISA, **WHO)

    with opened_store.reading() as session:
        ahead = {
            task.key: task.person for task in queries.tasks(session, FIRM_A, TODAY, each_on_its_day=True)
        }
        now = {task.key: task.person for task in queries.tasks(session, FIRM_A, TODAY)}
    assert (ahead[soon.key], ahead[later.key]) == (ELLI, KAISA)
    assert (now[soon.key], now[later.key]) == (ELLI, ELLI)


def test_what_is_late_is_done_by_whoever_acts_today(opened_store: Store) -> None:
    with opened_store.reading() as session:
        first = next(task for task in queries.tasks(session, FIRM_A) if task.person == ELLI and task.due_on)
    assert first.due_on
    today = first.due_on + dt.timedelta(days=2)
    add_absence(opened_store, ELLI, today, today, deputy=KAISA, **WHO)

    with opened_store.reading() as session:
        ahead = queries.tasks(session, FIRM_A, today, each_on_its_day=True)
    assert next(task.person for task in ahead if task.key == first.key) == KAISA


def test_a_meeting_is_attended_by_who_is_present_on_its_own_day(opened_store: Store) -> None:
    with opened_store.reading() as session:
        planned = [item for item in queries.meetings(session, FIRM_A) if ELLI in item.people]
    held = planned[0]
    assert held.owner_person == ELLI
    assert held.starts.value
    add_absence(opened_store, ELLI, held.starts.value, held.starts.value, deputy=KAISA, **WHO)

    with opened_store.reading() as session:
        shown = {item.key: item for item in queries.meetings(session, FIRM_A, TODAY)}
    assert ELLI not in shown[held.key].people
    assert shown[held.key].owner_person == KAISA
    assert [shown[item.key].people for item in planned[1:]] == [item.people for item in planned[1:]]


def test_the_calendar_names_who_stands_in_on_the_day_of_the_entry(opened_store: Store) -> None:
    with opened_store.reading() as session:
        held = next(item for item in queries.meetings(session, FIRM_A) if item.owner_person == ELLI)
    assert held.starts.value
    add_absence(opened_store, ELLI, held.starts.value, held.starts.value, deputy=KAISA, **WHO)

    with opened_store.reading() as session:
        raw = incident_calendar(session, FIRM_A, kind=opened_store.kind, now=NOW).raw
    entry = next(
        part
        for part in raw.decode().replace("\r\n ", "").split("BEGIN:VEVENT")
        if f"{held.starts.value:%Y%m%d}T" in part and Texts("fi").pick(held.title) in part
    )
    assert KAISA in entry
    assert ELLI not in entry


def test_a_sheet_keeps_who_was_named_and_says_beside_it_who_does_it_now(opened_store: Store) -> None:
    """The sheet may come back edited: an absence must not come back as a new assignment."""
    add_absence(opened_store, ELLI, TODAY, TODAY, deputy=KAISA, **WHO)

    with opened_store.reading() as session:
        (table,) = tables_of(session, FIRM_A, Texts("fi"), ["tasks"], today=TODAY)
    keys = [column.key for column in table.columns]
    pairs = {(row[keys.index("person")], row[keys.index("acting")]) for row in table.rows}
    assert (ELLI, KAISA) in pairs
    assert {acting for person, acting in pairs if person != ELLI} == {None}


def test_what_is_late_in_the_picture_names_who_does_it_that_day(opened_store: Store) -> None:
    later = NOW + dt.timedelta(days=7)
    add_absence(opened_store, ELLI, local_date(later), local_date(later), deputy=KAISA, **WHO)

    with opened_store.reading() as session:
        picture = build(session, FIRM_A, kind=opened_store.kind, now=later, made_by=ELLI, version=1)
    names = {task.person for task in picture.late}
    assert KAISA in names
    assert ELLI not in names


def test_what_is_done_stays_with_who_had_it(opened_store: Store) -> None:
    """A holiday after it was done changes nothing of who did it, in a list and in the quick list alike."""
    finish_task(opened_store, FIRM_A, "name-lead", **WHO)
    add_absence(opened_store, ELLI, TODAY, TODAY, deputy=KAISA, **WHO)

    with opened_store.reading() as session:
        shown = {task.key: task.person for task in queries.tasks(session, FIRM_A, TODAY)}
    with glance(opened_store.target.shown) as seen:
        listed = {
            line.key: line.person
            for line in task_lines(seen, ELLI, today=TODAY, everything=True).lines
            if line.incident == FIRM_A
        }
    assert shown["name-lead"] == listed["name-lead"] == ELLI
    assert KAISA in shown.values()
    assert shown == listed
