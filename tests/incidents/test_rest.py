"""What rests while an incident is not active, and what comes back: no meeting of the time between."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from muutosturva.calendars.service import incident_calendar
from muutosturva.coordination.cases import three_firms
from muutosturva.coordination.trigger import trigger
from muutosturva.documents.situation import build
from muutosturva.errors import RefusedError
from muutosturva.i18n import Texts
from muutosturva.incidents import service
from muutosturva.incidents.acts import undoing
from muutosturva.incidents.pure.spells import Spell, begun, ended, from_json, to_json
from muutosturva.incidents.pure.views import MeetingView
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.naming import names
from muutosturva.incidents.told.narrative import sentence
from muutosturva.models.states import IncidentState, ItemState, TaskState
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.store.check import check
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, WHO
from tests.support.stores import ACTOR, NOW

AUTUMN = dt.datetime(2027, 3, 20, 9, tzinfo=dt.UTC)
SPRING = dt.datetime(2028, 3, 1, 9, tzinfo=dt.UTC)
NEW_DATES = {
    "proposal": AnchorValue.confirmed(dt.date(2028, 3, 1)),
    "decision": AnchorValue.confirmed(dt.date(2028, 4, 3)),
}


def sleep(store: Store, state: IncidentState = IncidentState.DORMANT) -> None:
    """Let firm A rest from the evening of 20.3.2027 on."""
    service.move_state(store, FIRM_A, state, reason="Ei irtisanota.", actor=ACTOR, now=AUTUMN)


def resume(store: Store) -> None:
    """Take firm A up again on 1.3.2028 with new dates."""
    service.resume(store, FIRM_A, anchors=NEW_DATES, reason="Uusi esitys.", actor=ACTOR, now=SPRING)


def weekly(store: Store, incident: str = FIRM_A) -> list[MeetingView]:
    """Return the weekly meetings that stand."""
    with store.reading() as session:
        return [
            each
            for each in queries.meetings(session, incident)
            if each.key.startswith("weekly[") and each.state is ItemState.PLANNED
        ]


def days(meetings: list[MeetingView]) -> list[dt.date]:
    return [each.starts.value for each in meetings if each.starts.value]


def test_a_dormant_year_has_no_weekly_meetings_afterwards_either(opened_store: Store) -> None:
    """The group did not meet for a year: fifty meetings of the past in its plan would be a lie."""
    before = days(weekly(opened_store))
    sleep(opened_store)
    asleep = days(weekly(opened_store))
    resume(opened_store)
    after = days(weekly(opened_store))

    assert any(day > AUTUMN.date() for day in before)
    assert asleep == [day for day in before if day <= AUTUMN.date()]
    assert asleep
    assert [day for day in after if day < SPRING.date()] == asleep
    assert [day for day in after if day >= SPRING.date()]
    assert check(opened_store) == []


def test_the_time_of_rest_is_not_filled_by_a_later_change_either(opened_store: Store) -> None:
    sleep(opened_store)
    resume(opened_store)
    later = AnchorValue.confirmed(dt.date(2028, 5, 2))
    service.set_anchor(opened_store, FIRM_A, "decision", later, reason="Jatkuu.", actor=ACTOR, now=SPRING)

    assert not [day for day in days(weekly(opened_store)) if AUTUMN.date() < day < SPRING.date()]


def test_resuming_undone_brings_the_rest_back(opened_store: Store) -> None:
    sleep(opened_store)
    before = weekly(opened_store)
    resume(opened_store)
    undoing.undo_event(opened_store, FIRM_A, actor=ACTOR, now=SPRING)

    assert [(each.key, each.starts) for each in weekly(opened_store)] == [
        (each.key, each.starts) for each in before
    ]
    undoing.undo_event(opened_store, FIRM_A, actor=ACTOR, now=SPRING)
    assert [day for day in days(weekly(opened_store)) if day > AUTUMN.date()]


@pytest.mark.parametrize("state", [IncidentState.WINDING_DOWN, IncidentState.CANCELLED])
def test_the_rhythm_stops_with_the_work_however_that_ends(opened_store: Store, state: IncidentState) -> None:
    sleep(opened_store, state)
    assert not [day for day in days(weekly(opened_store)) if day > AUTUMN.date()]

    service.move_state(opened_store, FIRM_A, IncidentState.ACTIVE, reason="Jatkuu.", actor=ACTOR, now=AUTUMN)
    assert [day for day in days(weekly(opened_store)) if day > AUTUMN.date()]


def test_a_rumour_that_comes_true_has_no_meetings_behind_it(filled_store: Store) -> None:
    request = replace(three_firms().firms[0].request, watch=True)
    watched = trigger(filled_store, request, actor=ACTOR, now=NOW).readable_id
    service.resume(filled_store, watched, anchors={}, reason="Julki.", actor=ACTOR, now=AUTUMN)

    assert min(days(weekly(filled_store, watched))) >= AUTUMN.date()
    with filled_store.reading() as session:
        first = next(each for each in queries.meetings(session, watched) if each.key == "first-meeting")
    assert first.state is ItemState.PLANNED, "what is done once is still to be done"


def test_messages_meetings_and_pictures_rest_too(opened_store: Store) -> None:
    sleep(opened_store)
    with opened_store.reading() as session:
        told, met = queries.messages(session, FIRM_A), queries.meetings(session, FIRM_A)
        picture = build(session, FIRM_A, kind=opened_store.kind, now=AUTUMN, made_by=ACTOR)
        promised = [task for task in queries.tasks(session, FIRM_A) if task.open and not task.resting]

    found = [*((each.state, each.resting) for each in told), *((each.state, each.resting) for each in met)]
    assert {state for state, resting in found if resting} == {ItemState.PLANNED}
    assert {resting for state, resting in found if state is ItemState.PLANNED} == {True}
    assert {step.title["fi"] for step in picture.coming} <= {task.title["fi"] for task in promised}
    service.resume(opened_store, FIRM_A, anchors={}, reason="Jatkuu.", actor=ACTOR, now=SPRING)
    with opened_store.reading() as session:
        assert not [each for each in queries.messages(session, FIRM_A) if each.resting]


def entries(store: Store, incident: str) -> dict[str, tuple[int, str, str]]:
    """Return SEQUENCE, STATUS and title of each calendar entry, by UID."""
    with store.reading() as session:
        raw = incident_calendar(session, incident, kind=store.kind, now=NOW).raw.decode()
    found = {}
    for entry in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", raw.replace("\r\n ", ""), re.DOTALL):
        fields = dict(line.split(":", 1) for line in entry.split("\r\n") if ":" in line)
        found[fields["UID"]] = (
            int(fields["SEQUENCE"]),
            fields["STATUS"],
            fields["SUMMARY"].replace("\\,", ","),
        )
    return found


def test_everything_in_the_calendar_of_a_rumour_is_tentative(filled_store: Store) -> None:
    """Who opens it in Outlook must not take a rumour for a plan."""
    request = replace(three_firms().firms[0].request, watch=True)
    watched = trigger(filled_store, request, actor=ACTOR, now=NOW).readable_id
    before = entries(filled_store, watched)
    assert {status for _, status, _ in before.values()} == {"TENTATIVE"}

    service.resume(filled_store, watched, anchors={}, reason="Julki.", **WHO)
    after = entries(filled_store, watched)
    assert {status for _, status, _ in after.values()} >= {"CONFIRMED", "TENTATIVE"}
    for uid in before.keys() & after.keys():
        assert after[uid][0] > before[uid][0] or after[uid][1:] == before[uid][1:]


def test_a_dormant_calendar_keeps_what_was_promised(opened_store: Store) -> None:
    """What the law asks for stands as it stood; the group's own meetings are in doubt."""
    service.start_task(opened_store, FIRM_A, "log-news", **WHO)
    before = entries(opened_store, FIRM_A)
    sleep(opened_store)
    after = entries(opened_store, FIRM_A)
    with opened_store.reading() as session:
        kept = [
            task for task in queries.tasks(session, FIRM_A) if task.open and not task.resting and task.due_on
        ]

    assert kept
    assert {task.key for task in kept if task.state is TaskState.STARTED} == {"log-news"}
    sure = [title for _, status, title in after.values() if status == "CONFIRMED"]
    assert sure
    assert all(any(task.title["fi"] in title for task in kept) for title in sure)
    assert all(after[uid][0] > before[uid][0] for uid in before if after[uid][1:] != before[uid][1:])


def test_the_story_tells_the_new_dates_in_words(opened_store: Store) -> None:
    sleep(opened_store)
    resume(opened_store)
    with opened_store.reading() as session:
        entry = queries.log_entries(session, FIRM_A, limit=1)[0]
        told = sentence(Texts("fi"), entry, names(session, FIRM_A))

    assert "1.3.2028 (aiemmin 1.3.2027" in told
    assert "proposal" not in told
    assert "2028-" not in told
    assert "→" not in told


def test_a_resuming_that_moved_no_date_says_so(opened_store: Store) -> None:
    sleep(opened_store)
    service.resume(opened_store, FIRM_A, anchors={}, reason="Jatkuu.", actor=ACTOR, now=SPRING)
    with opened_store.reading() as session:
        entry = queries.log_entries(session, FIRM_A, limit=1)[0]
        told = sentence(Texts("fi"), entry, names(session, FIRM_A))

    assert "Ajankohdat ovat ennallaan." in told


def test_a_rest_of_less_than_a_day_is_none() -> None:
    """Who rested in the morning and went on in the evening has missed nothing."""
    monday = dt.date(2027, 3, 1)
    assert ended(begun((), monday), monday) == ()
    assert ended(begun((), monday), monday + dt.timedelta(1)) == ()
    [spell] = ended(begun((), monday), monday + dt.timedelta(3))
    assert spell == Spell(dt.date(2027, 3, 2), dt.date(2027, 3, 4))
    assert from_json(to_json((spell, Spell(monday)))) == (spell, Spell(monday))


def test_an_incident_that_winds_down_takes_no_new_wave(opened_store: Store) -> None:
    """A second round of dismissals is not the end of the first: the incident is active again then."""
    wave = service.WaveChange("w1", count=40)
    service.set_wave(opened_store, FIRM_A, wave, reason="Päätös.", **WHO)
    sleep(opened_store, IncidentState.WINDING_DOWN)
    later = service.WaveChange("w2", count=20)
    with pytest.raises(RefusedError) as caught:
        service.set_wave(opened_store, FIRM_A, later, reason="Lisää.", actor=ACTOR, now=AUTUMN)
    assert caught.value.key == "incidents.winding_down_no_wave"
    with pytest.raises(RefusedError):
        service.preview_wave(opened_store, FIRM_A, later, now=AUTUMN)

    service.set_wave(
        opened_store, FIRM_A, service.WaveChange("w1", count=38), reason="Oikaisu.", actor=ACTOR, now=AUTUMN
    )
    service.add_task(opened_store, FIRM_A, "own", title="Oma", role="lead", due=None, actor=ACTOR, now=AUTUMN)
    service.move_state(
        opened_store, FIRM_A, IncidentState.ACTIVE, reason="Lisää tulee.", actor=ACTOR, now=AUTUMN
    )
    service.set_wave(opened_store, FIRM_A, later, reason="Lisää.", actor=ACTOR, now=AUTUMN)


def test_winding_down_leaves_the_follow_up_and_what_the_law_asks(opened_store: Store) -> None:
    """Only what recurs ends with the measures; deadlines, follow-up and the report stay due."""
    with opened_store.reading() as session:
        before = {task.key for task in queries.tasks(session, FIRM_A) if task.open}
    sleep(opened_store, IncidentState.WINDING_DOWN)
    with opened_store.reading() as session:
        after = {task.key: task for task in queries.tasks(session, FIRM_A) if task.open}

    gone = before - after.keys()
    assert gone
    assert {key.partition("[")[0] for key in gone} <= {"weekly-meeting", "daily-briefing"}
    assert {"final-report", "follow-up-365[all]"} <= after.keys()
    assert not [task for task in after.values() if task.resting]


def test_the_list_says_when_nothing_is_left_but_to_close(opened_store: Store) -> None:
    sleep(opened_store, IncidentState.WINDING_DOWN)
    with opened_store.reading() as session:
        keys = [task.key for task in queries.tasks(session, FIRM_A) if task.open]

    def finished() -> bool:
        with opened_store.reading() as session:
            lines = queries.summaries(session, NOW.date())
        return next(line.finished for line in lines if line.readable_id == FIRM_A)

    assert not finished()
    for key in keys:
        service.skip_task(opened_store, FIRM_A, key, reason="Ei enää.", actor=ACTOR, now=AUTUMN)
    assert finished()
