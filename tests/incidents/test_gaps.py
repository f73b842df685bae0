"""Single points of failure: what hangs on one person, worked case by worked case."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

from muutosturva.clock import local_date
from muutosturva.i18n import LANGUAGES, Language, Texts
from muutosturva.incidents.pure.gaps import Gap, GapKind, HeldRole, in_incidents, in_roster
from muutosturva.incidents.pure.standing_in import Away
from muutosturva.incidents.reading.board import board
from muutosturva.incidents.reading.gaps import incident_gaps, roster_gaps
from muutosturva.incidents.service import assign_role
from muutosturva.incidents.told.wording import gap_words
from muutosturva.models.standing import RosterPerson
from muutosturva.preparedness.service import add_absence
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_B, WHO
from tests.support.stores import NOW

TODAY = local_date(NOW)
ELLI, MAURI, KAISA = "Esimerkki Elli", "Malli Mauri", "Kuvitteellinen Kaisa"
WEEK = (dt.date(2027, 3, 1), dt.date(2027, 3, 7))


def march(day: int) -> dt.date:
    return dt.date(2027, 3, day)


def away(person: str, first: int, last: int, deputy: str = "") -> Away:
    return Away(person, march(first), march(last), deputy)


def lead(*holders: str, deputies: tuple[str, ...] = (), wanted: bool = False) -> HeldRole:
    return HeldRole("X-1", "lead", {"fi": "Vetäjä"}, wanted, holders, deputies)


@pytest.mark.parametrize(
    ("role", "absent", "expected"),
    [
        (lead("A"), [], []),
        (lead("A"), [away("A", 3, 4)], [("away", ("A",), 3, 4)]),
        (lead("A"), [away("A", 3, 20)], [("away", ("A",), 3, 7)]),
        (lead("A"), [away("A", 8, 9)], []),
        (lead("A"), [away("A", 1, 1), away("A", 5, 6)], [("away", ("A",), 1, 1), ("away", ("A",), 5, 6)]),
        (lead("A", "B"), [away("A", 3, 4)], []),
        (lead("A", "B"), [away("A", 3, 5), away("B", 4, 4)], [("away", ("A", "B"), 4, 4)]),
        (lead("A", deputies=("D",)), [away("A", 3, 4)], []),
        (
            lead("A", deputies=("D",)),
            [away("A", 3, 6), away("D", 5, 9)],
            [("both_away", ("A", "D"), 5, 6)],
        ),
        (lead("A"), [away("A", 3, 6, "X")], []),
        (lead("A"), [away("A", 3, 6, "X"), away("X", 6, 6)], [("both_away", ("A", "X"), 6, 6)]),
        (lead("A", deputies=("D",)), [away("A", 3, 6, "X"), away("X", 3, 6)], []),
        (lead("A", deputies=("D",)), [away("D", 1, 7)], []),
        (lead(), [away("A", 1, 7)], []),
    ],
)
def test_days_without_anybody_are_found_whoever_was_to_stand_in(
    role: HeldRole, absent: list[Away], expected: list[tuple[str, tuple[str, ...], int, int]]
) -> None:
    found = in_incidents([role], absent, (), WEEK)

    assert [(gap.kind, gap.people, gap.first_day, gap.last_day) for gap in found] == [
        (GapKind(kind), people, march(first), march(last)) for kind, people, first, last in expected
    ]


@pytest.mark.parametrize(
    ("role", "inactive", "expected"),
    [
        (lead("A", wanted=True), (), [(GapKind.NO_DEPUTY, ("A",))]),
        (lead("A", deputies=("D",), wanted=True), (), []),
        (lead("A"), (), []),
        (lead(wanted=True), (), []),
        (lead("A"), ("A",), [(GapKind.INACTIVE, ("A",))]),
        (lead("A", deputies=("D",)), ("D", "E"), [(GapKind.INACTIVE, ("D",))]),
        (lead("A", wanted=True), ("A",), [(GapKind.INACTIVE, ("A",)), (GapKind.NO_DEPUTY, ("A",))]),
    ],
)
def test_a_missing_deputy_and_somebody_who_has_left_are_found(
    role: HeldRole, inactive: tuple[str, ...], expected: list[tuple[GapKind, tuple[str, ...]]]
) -> None:
    found = in_incidents([role], (), set(inactive), WEEK)

    assert [(gap.kind, gap.people) for gap in found] == expected


def test_several_roles_of_one_person_are_a_gap_and_one_role_in_several_incidents_is_not() -> None:
    def role(incident: str, name: str, *holders: str) -> HeldRole:
        return HeldRole(incident, name, {"en": name}, False, holders, ())

    found = in_incidents(
        [role("X-1", "lead", "A"), role("X-2", "lead", "A", "B"), role("X-2", "press", "B")], (), (), WEEK
    )

    assert [(gap.people, gap.roles) for gap in found] == [(("B",), ({"en": "lead"}, {"en": "press"}))]


def test_the_most_urgent_gap_comes_first() -> None:
    found = in_incidents([lead("A", wanted=True)], [away("A", 5, 5), away("A", 2, 2)], {"A"}, WEEK)

    assert [(gap.kind, gap.first_day) for gap in found] == [
        (GapKind.AWAY, march(2)),
        (GapKind.AWAY, march(5)),
        (GapKind.INACTIVE, None),
        (GapKind.NO_DEPUTY, None),
    ]


@pytest.mark.parametrize(
    ("able", "deputies", "expected"),
    [
        ({"lead": ["A", "B"]}, {}, None),
        ({"lead": ["A"]}, {"lead": ["B"]}, None),
        ({"lead": ["A"]}, {}, (GapKind.ONE_ABLE, ("A",))),
        ({"lead": ["A"]}, {"lead": ["A"]}, (GapKind.ONE_ABLE, ("A",))),
        ({}, {"lead": ["B"]}, (GapKind.NOBODY_ABLE, ("B",))),
        ({}, {}, (GapKind.NOBODY_ABLE, ())),
    ],
)
def test_a_role_that_one_of_the_roster_or_none_can_take_is_found(
    able: dict[str, list[str]],
    deputies: dict[str, list[str]],
    expected: tuple[GapKind, tuple[str, ...]] | None,
) -> None:
    found = in_roster(able, deputies, {"lead": {"fi": "Vetäjä"}})

    assert [(gap.kind, gap.people) for gap in found] == ([expected] if expected else [])


def test_holder_and_deputy_away_at_once_stand_on_the_first_screen(opened_store: Store) -> None:
    day = TODAY + dt.timedelta(days=3)
    add_absence(opened_store, ELLI, TODAY, day, **WHO)
    with opened_store.reading() as session:
        assert board(session, NOW).gaps.items == ()
    add_absence(opened_store, MAURI, day, day + dt.timedelta(days=30), **WHO)

    with opened_store.reading() as session:
        shown = board(session, NOW).gaps
        later = incident_gaps(session, TODAY, day + dt.timedelta(days=30))
    led = [gap for gap in shown.items if gap.role == "lead" and gap.incident == FIRM_A]
    assert [(gap.kind, gap.first_day, gap.last_day) for gap in led] == [(GapKind.BOTH_AWAY, day, day)]
    assert shown.count == len(shown.items)
    assert {gap.last_day for gap in later} == {day}


def test_who_has_left_and_who_holds_two_roles_are_found_in_the_store(opened_store: Store) -> None:
    assign_role(opened_store, FIRM_A, "communication", ELLI, **WHO)
    with opened_store.transaction(**WHO) as unit:
        row = unit.session.exec(select(RosterPerson).where(RosterPerson.name == KAISA)).one()
        row.active = False
        unit.record(EventDraft("preparedness.person_added", subjects=("person:x",)))

    with opened_store.reading() as session:
        found = incident_gaps(session, TODAY, TODAY)
        standing = roster_gaps(session)
    gone = [gap for gap in found if gap.kind is GapKind.INACTIVE]
    assert {(gap.incident, gap.people) for gap in gone} >= {(FIRM_B, (KAISA,))}
    assert ELLI in {gap.people[0] for gap in found if gap.kind is GapKind.SEVERAL}
    assert ("communication", GapKind.NOBODY_ABLE) in {(gap.role, gap.kind) for gap in standing}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", GapKind)
def test_every_gap_is_a_sentence(kind: GapKind, language: Language) -> None:
    gap = Gap(kind, "X-1", "lead", {language: "Rooli"}, ("A", "B"), march(1), march(2), ({language: "R"},))

    told = gap_words(Texts(language), gap)

    assert told.endswith(".")
    assert "{" not in told
    assert ("Rooli" in told) is (kind is not GapKind.SEVERAL)
