"""Who may know of an incident, from the first minute on, and what the log says of it afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pytest
from sqlmodel import select

from muutosturva.clock import HELSINKI
from muutosturva.coordination.cases import three_firms
from muutosturva.coordination.trigger import trigger
from muutosturva.errors import InputError, MuutosturvaError, NotFoundError, RefusedError, UsageError
from muutosturva.incidents import service
from muutosturva.incidents.acts import access
from muutosturva.incidents.acts.amending import Amendment
from muutosturva.incidents.pure import publicity
from muutosturva.incidents.pure.publicity import opening_secrecy
from muutosturva.incidents.pure.views import IncidentView
from muutosturva.incidents.reading import queries
from muutosturva.incidents.typed.figure_notation import parse_figure
from muutosturva.models.incident import IncidentAccess, IncidentRole
from muutosturva.models.standing import RosterPerson
from muutosturva.models.states import Measure, Secrecy
from muutosturva.playbooks.facts import AnchorValue, Certainty
from muutosturva.store.check import check
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_B, WHO
from tests.support.stores import ACTOR, NOW

CASE: Final = three_firms()
HEARD: Final = CASE.firms[0].heard_at
OUT: Final = CASE.released_at
LATER: Final = OUT + dt.timedelta(hours=4)
OUTSIDER: Final = "Esimerkki Olli"


def at(hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2027, 3, 1, hour, minute, tzinfo=HELSINKI)


@pytest.fixture
def firm_a(filled_store: Store) -> IncidentView:
    """Open firm A as it is heard of: its parent is listed, its release is ahead."""
    return trigger(filled_store, CASE.firms[0].request, actor=ACTOR, now=HEARD)


def names(store: Store, incident: str = FIRM_A) -> list[str]:
    with store.reading() as session:
        return [place.name for place in service.access_list(session, incident) if place.ended_at is None]


def seen_by(store: Store, reader: str) -> list[str]:
    before, store.reader = store.reader, reader
    with store.reading() as session:
        found = [line.readable_id for line in queries.summaries(session, NOW.date())]
    store.reader = before
    return found


def outsider_of(store: Store) -> str:
    """Return somebody of the roster who is not inside firm A's incident."""
    with store.reading() as session:
        people = session.exec(select(RosterPerson.name).order_by(RosterPerson.name)).all()
    return next(name for name in people if name not in names(store))


@pytest.mark.parametrize(
    ("listed", "release", "expected"),
    [
        (True, AnchorValue.confirmed(NOW.date(), at=dt.time(10)), Secrecy.RESTRICTED),
        (True, AnchorValue.confirmed(NOW.date(), at=dt.time(8, 30)), Secrecy.GROUP),
        (True, AnchorValue.confirmed(NOW.date()), Secrecy.RESTRICTED),
        (True, AnchorValue.confirmed(NOW.date() - dt.timedelta(days=1)), Secrecy.GROUP),
        (True, AnchorValue.estimated(NOW.date() - dt.timedelta(days=1)), Secrecy.RESTRICTED),
        (True, AnchorValue.unknown(), Secrecy.RESTRICTED),
        (True, None, Secrecy.RESTRICTED),
        (False, None, Secrecy.GROUP),
        (None, None, Secrecy.GROUP),
    ],
)
def test_what_a_listed_company_has_not_published_opens_restricted(
    listed: object, release: AnchorValue | None, expected: Secrecy
) -> None:
    """Now is 8.30: a release of ten o'clock is ahead, and a day without a time is past when it is over."""
    assert opening_secrecy({"listed": listed}, release, NOW) is expected


def test_a_moment_known_to_be_wrong_is_not_a_release() -> None:
    assert publicity.planned_moment(AnchorValue(Certainty.UNKNOWN)) is None


def test_who_opens_and_who_is_needed_from_the_start_is_let_in(
    filled_store: Store, firm_a: IncidentView
) -> None:
    """Deputies, and those whose role comes later in the plan, stay outside: they need not know yet."""
    assert firm_a.secrecy is Secrecy.RESTRICTED
    with filled_store.reading() as session:
        first = {row.role for row in session.exec(select(IncidentRole)).all() if row.fill == "trigger"}
    holders = {name for role in firm_a.roles if role.role in first for name in role.holders}
    others = {name for role in firm_a.roles for name in (*role.holders, *role.deputies)} - holders - {ACTOR}
    assert set(names(filled_store)) == {ACTOR, *holders}
    assert others
    assert not others & set(names(filled_store))
    assert check(filled_store) == []


def test_the_class_that_is_asked_for_counts_before_what_the_answers_say(filled_store: Store) -> None:
    request = replace(CASE.firms[0].request, secrecy=Secrecy.GROUP)
    assert trigger(filled_store, request, actor=ACTOR, now=HEARD).secrecy is Secrecy.GROUP


def test_an_outsider_hears_the_words_for_what_never_was(filled_store: Store, firm_a: IncidentView) -> None:
    told = []
    filled_store.reader = outsider_of(filled_store)
    for wanted in (firm_a.readable_id, "LAHTI-2027-09"):
        with pytest.raises(NotFoundError) as caught:
            service.add_note(filled_store, wanted, "x", **WHO)
        told.append((caught.value.key, dict(caught.value.params) | {"incident": ""}))
    assert told[0] == told[1]


def test_the_next_id_goes_past_a_hidden_incident(filled_store: Store, firm_a: IncidentView) -> None:
    filled_store.reader = OUTSIDER
    view = trigger(filled_store, CASE.firms[2].request, actor=OUTSIDER, now=LATER)
    assert (firm_a.readable_id, view.readable_id) == ("LAHTI-2027-01", "LAHTI-2027-02")
    with pytest.raises(RefusedError, match="id_taken"):
        trigger(
            filled_store,
            replace(CASE.firms[2].request, readable_id=FIRM_A),
            actor=OUTSIDER,
            now=LATER,
        )


def test_a_role_or_a_task_lets_a_person_in_on_that_ground(filled_store: Store, firm_a: IncidentView) -> None:
    person = outsider_of(filled_store)
    who = {"actor": ACTOR, "now": LATER}
    service.assign_role(filled_store, FIRM_A, "lead", person, deputy=True, **who)  # type: ignore[arg-type]
    other = outsider_of(filled_store)
    service.assign_task(filled_store, FIRM_A, "log-news", person=other, **who)  # type: ignore[arg-type]
    with filled_store.reading() as session:
        found = {place.name: place for place in service.access_list(session, FIRM_A)}
        kinds = [entry.kind for entry in queries.log_entries(session, FIRM_A, limit=2)]
    assert (found[person].ground, found[person].detail) == ("role", "lead")
    assert (found[other].ground, found[other].detail) == ("task", "log-news")
    assert kinds == [access.GRANTED, "incidents.task_assigned"]
    assert firm_a.readable_id in seen_by(filled_store, person)


def test_undoing_a_role_leaves_the_access_list_as_it_was(filled_store: Store, firm_a: IncidentView) -> None:
    """The person did know: the list is not rubbed out."""
    person = outsider_of(filled_store)
    service.assign_role(filled_store, FIRM_A, "lead", person, deputy=True, actor=ACTOR, now=LATER)
    service.undo_event(filled_store, firm_a.readable_id, actor=ACTOR, now=LATER)
    assert person in names(filled_store)


def test_access_is_given_and_ended_with_times_of_their_own(filled_store: Store, firm_a: IncidentView) -> None:
    person = outsider_of(filled_store)
    assert seen_by(filled_store, person) == []
    given = service.grant_access(
        filled_store, FIRM_A, person.upper(), reason="tulkkaus", at=at(9), actor=ACTOR, now=LATER
    )
    assert (given.name, given.ground, given.detail) == (person, "given", "tulkkaus")
    assert (given.granted_at, given.recorded_at, given.granted_by) == (at(9), LATER, ACTOR)
    assert seen_by(filled_store, person) == [firm_a.readable_id]
    ended = service.end_access(filled_store, FIRM_A, person, reason="ohi", at=at(12), actor=ACTOR, now=LATER)
    assert ended.ended_at == at(12)
    assert seen_by(filled_store, person) == []
    with filled_store.reading() as session:
        granted, over = (queries.log_entries(session, FIRM_A)[place] for place in (1, 0))
    assert (granted.event_time, over.event_time) == (at(9), at(12))
    assert granted.record_time == over.record_time == LATER


BAD: Final[dict[str, tuple[Callable[[Store, str], object], type[MuutosturvaError], str]]] = {
    "nobody of that name": (
        lambda store, _: service.grant_access(store, FIRM_A, "Ei Kukaan", reason="x", actor=ACTOR, now=LATER),
        NotFoundError,
        "person_not_found",
    ),
    "no reason": (
        lambda store, one: service.grant_access(store, FIRM_A, one, reason=" ", actor=ACTOR, now=LATER),
        InputError,
        "input",
    ),
    "in the future": (
        lambda store, one: service.grant_access(
            store, FIRM_A, one, reason="x", at=LATER + dt.timedelta(minutes=1), actor=ACTOR, now=LATER
        ),
        UsageError,
        "event_in_future",
    ),
    "before the incident": (
        lambda store, one: service.grant_access(
            store, FIRM_A, one, reason="x", at=at(8, 9), actor=ACTOR, now=LATER
        ),
        UsageError,
        "event_before",
    ),
    "inside already": (
        lambda store, _: service.grant_access(
            store, FIRM_A, names(store)[-1], reason="x", actor=ACTOR, now=LATER
        ),
        RefusedError,
        "access_already",
    ),
    "ended but not inside": (
        lambda store, one: service.end_access(store, FIRM_A, one, reason="x", actor=ACTOR, now=LATER),
        NotFoundError,
        "access_not_found",
    ),
    "ended before it began": (
        lambda store, one: [
            act(store, FIRM_A, one, reason="x", at=moment, actor=ACTOR, now=LATER)
            for act, moment in ((service.grant_access, at(9)), (service.end_access, at(8, 30)))
        ],
        UsageError,
        "access_end_early",
    ),
    "ended twice": (
        lambda store, _: [
            service.end_access(store, FIRM_A, name, reason="x", actor=ACTOR, now=LATER)
            for name in [names(store)[-1]] * 2
        ],
        NotFoundError,
        "access_not_found",
    ),
    "public by the wrong door": (
        lambda store, _: service.set_secrecy(
            store, FIRM_A, Secrecy.PUBLIC, reason="x", actor=ACTOR, now=LATER
        ),
        UsageError,
        "publish_instead",
    ),
    "the class it has": (
        lambda store, _: service.set_secrecy(
            store, FIRM_A, Secrecy.RESTRICTED, reason="x", actor=ACTOR, now=LATER
        ),
        RefusedError,
        "secrecy_already",
    ),
    "published in the future": (
        lambda store, _: service.publish(
            store, FIRM_A, reason="x", at=LATER + dt.timedelta(days=1), actor=ACTOR, now=LATER
        ),
        UsageError,
        "event_in_future",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_is_said(filled_store: Store, firm_a: IncidentView, name: str) -> None:
    act, error, key = BAD[name]
    outsider = outsider_of(filled_store)
    with pytest.raises(error) as caught:
        act(filled_store, outsider)
    assert caught.value.key == f"incidents.{key}"
    assert firm_a.readable_id == FIRM_A


def test_the_last_one_inside_stays(filled_store: Store, firm_a: IncidentView) -> None:
    for name in names(filled_store):
        if name != ACTOR:
            service.end_access(filled_store, FIRM_A, name, reason="x", actor=ACTOR, now=LATER)
    with pytest.raises(RefusedError, match="access_last"):
        service.end_access(filled_store, firm_a.readable_id, ACTOR, reason="x", actor=ACTOR, now=LATER)


def test_publishing_confirms_the_release_and_opens_the_incident_to_all(
    filled_store: Store, firm_a: IncidentView
) -> None:
    outsider = outsider_of(filled_store)
    service.publish(filled_store, FIRM_A, reason="verkkosivut", at=OUT, actor=ACTOR, now=LATER)
    with filled_store.reading() as session:
        view = queries.incident_view(session, FIRM_A)
        told = queries.log_entries(session, FIRM_A, limit=1)[0]
    release = view.anchor("release")
    assert release is not None
    assert (release.value.certainty, release.value.at) == (Certainty.CONFIRMED, dt.time(10))
    assert (view.secrecy, told.kind, told.event_time) == (Secrecy.PUBLIC, publicity.PUBLISHED, OUT)
    assert seen_by(filled_store, outsider) == [firm_a.readable_id]
    with pytest.raises(RefusedError, match="published_already"):
        service.publish(filled_store, FIRM_A, reason="uudelleen", actor=ACTOR, now=LATER)


def test_the_companys_own_news_are_its_own_however_its_name_is_spelt(
    filled_store: Store, firm_a: IncidentView
) -> None:
    """A company form or a comma more does not make somebody else of the firm."""
    source = f"{firm_a.employer.rsplit(' ', 1)[0].upper()}, Oyj"
    service.publish(filled_store, FIRM_A, reason="x", source=source, at=OUT, actor=ACTOR, now=LATER)
    with filled_store.reading() as session:
        assert [turn.by_company for turn in service.public_at(session, FIRM_A, LATER).turns][-1]


def test_news_that_leaked_is_public_but_not_by_the_company(filled_store: Store, firm_a: IncidentView) -> None:
    """The company's own release is recorded when it comes, and only that confirms the anchor."""
    before = firm_a.anchor("release")
    service.publish(
        filled_store, FIRM_A, reason="kysyi", source="paikallislehti", at=at(9), actor=ACTOR, now=at(9, 30)
    )
    with filled_store.reading() as session:
        assert queries.incident_view(session, FIRM_A).anchor("release") == before
        leaked = service.public_at(session, FIRM_A, at(9, 30))
    assert (leaked.secrecy, leaked.public_since, leaked.source) == (Secrecy.PUBLIC, at(9), "paikallislehti")
    with pytest.raises(RefusedError, match="published_already"):
        service.publish(filled_store, FIRM_A, reason="x", source="toinen lehti", actor=ACTOR, now=LATER)
    service.publish(filled_store, FIRM_A, reason="verkkosivut", at=OUT, actor=ACTOR, now=LATER)
    with filled_store.reading() as session:
        after = service.public_at(session, FIRM_A, LATER)
    assert (after.public_since, after.source) == (at(9), "paikallislehti")
    assert [turn.by_company for turn in after.turns] == [False, False, True]


def test_the_log_says_what_was_public_when(filled_store: Store, firm_a: IncidentView) -> None:
    """Event time counts: the release of ten o'clock is written down at two."""
    person = outsider_of(filled_store)
    service.grant_access(filled_store, FIRM_A, person, reason="x", at=at(9), actor=ACTOR, now=at(9, 30))
    service.publish(filled_store, FIRM_A, reason="x", at=OUT, actor=ACTOR, now=LATER)
    with filled_store.reading() as session:
        then = [
            service.public_at(session, firm_a.readable_id, moment)
            for moment in (at(8), at(8, 30), at(9), OUT)
        ]
    assert [found.secrecy for found in then] == [None, Secrecy.RESTRICTED, Secrecy.RESTRICTED, Secrecy.PUBLIC]
    assert [found.public_since for found in then] == [None, None, None, OUT]
    inside = [{place.name for place in found.inside} for found in then]
    assert [person in people for people in inside] == [False, False, True, False]
    assert ACTOR in inside[1]


def public_numbers(store: Store, moment: dt.datetime) -> dict[tuple[str, int | None], dt.datetime | None]:
    """Return the numbers of all people that stood at a moment, each with since when it was public."""
    with store.reading() as session:
        found = service.public_at(session, FIRM_A, moment).numbers
    return {
        (one.figure.stage.value, one.figure.high): one.public_since
        for one in found
        if one.figure.measure is Measure.AFFECTED
    }


def told(number: str, at: dt.datetime) -> Amendment:
    return Amendment((parse_figure(number, {}),), {}, "johtaja", at)


def test_numbers_are_public_from_the_release_on_and_later_ones_once_announced(
    filled_store: Store, firm_a: IncidentView
) -> None:
    """The authority knew of 260 before ten o'clock, everybody from ten on; of 198 only the negotiators."""
    before, after = OUT - dt.timedelta(minutes=1), OUT + dt.timedelta(hours=1)
    service.publish(filled_store, firm_a.readable_id, reason="x", at=OUT, actor=ACTOR, now=LATER)
    service.amend(filled_store, FIRM_A, told("planned=198", after), reason="x", actor=ACTOR, now=LATER)
    assert public_numbers(filled_store, before) == {("planned", 260): None}
    assert public_numbers(filled_store, OUT) == {("planned", 260): OUT}
    assert public_numbers(filled_store, LATER) == {("planned", 260): OUT, ("planned", 198): None}
    service.amend(filled_store, FIRM_A, told("announced=200", LATER), reason="x", actor=ACTOR, now=LATER)
    assert public_numbers(filled_store, LATER) == {("announced", 200): LATER, ("planned", 198): None}


def test_where_the_announced_number_is_kept_the_release_told_that_one(
    filled_store: Store, firm_a: IncidentView
) -> None:
    service.amend(
        filled_store, firm_a.readable_id, told("announced=250", at(9)), reason="x", actor=ACTOR, now=at(9)
    )
    service.publish(filled_store, FIRM_A, reason="x", at=OUT, actor=ACTOR, now=LATER)
    assert public_numbers(filled_store, LATER) == {("announced", 250): OUT, ("planned", 260): None}


def test_a_leak_does_not_make_the_companys_number_public(filled_store: Store, firm_a: IncidentView) -> None:
    """The paper knew that something was coming; the number it did not have is not said to be out."""
    service.publish(
        filled_store,
        firm_a.readable_id,
        reason="kysyi",
        source="paikallislehti",
        at=at(9),
        actor=ACTOR,
        now=at(9, 30),
    )
    assert public_numbers(filled_store, at(9, 30)) == {("planned", 260): None}
    service.publish(filled_store, FIRM_A, reason="verkkosivut", at=OUT, actor=ACTOR, now=LATER)
    assert public_numbers(filled_store, LATER) == {("planned", 260): OUT}


def test_an_open_incident_that_becomes_restricted_lets_in_those_at_work(opened_store: Store) -> None:
    view = service.set_secrecy(
        opened_store, FIRM_B, Secrecy.RESTRICTED, reason="pyyntö", actor=ACTOR, now=LATER
    )
    holders = {name for role in view.roles for name in role.holders}
    assert set(names(opened_store, FIRM_B)) == {ACTOR, *holders}
    assert FIRM_B not in seen_by(opened_store, OUTSIDER)


def test_the_list_keeps_everybody_who_was_ever_inside(filled_store: Store, firm_a: IncidentView) -> None:
    person = outsider_of(filled_store)
    for hour in (9, 11):
        service.grant_access(filled_store, FIRM_A, person, reason="x", at=at(hour), actor=ACTOR, now=LATER)
        service.end_access(filled_store, FIRM_A, person, reason="x", at=at(hour + 1), actor=ACTOR, now=LATER)
    with filled_store.reading() as session:
        rows = session.exec(select(IncidentAccess).where(IncidentAccess.name == person)).all()
        places = [place for place in service.access_list(session, firm_a.readable_id) if place.name == person]
    assert len(rows) == 2
    assert [(place.granted_at, place.ended_at) for place in places] == [(at(9), at(10)), (at(11), at(12))]
