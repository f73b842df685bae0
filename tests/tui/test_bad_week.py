"""Three firms, four hundred people: the bad week of the rehearsals played by hand, in key presses alone.

Injects 1 to 8 and 11 as far as they concern numbers, secrecy, waves and firms; the log afterwards tells
it to somebody who was not there.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from muutosturva.clock import HELSINKI
from muutosturva.incidents.acts.records import records
from muutosturva.incidents.pure.views import IncidentView
from muutosturva.incidents.reading import queries
from muutosturva.models.states import RecordKind, Secrecy
from tests.tui.support import Session, at_screen, fill, give

A, B, C = "LAHTI-2027-01", "LAHTI-2027-02", "LAHTI-2027-03"


def moment(day: int, month: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2027, month, day, hour, minute, tzinfo=HELSINKI)


def view(at: Session, incident: str) -> IncidentView:
    with at.store.reading() as session:
        return queries.incident_view(session, incident)


async def to(at: Session, field: str) -> None:
    """Go on to the field of a date."""
    for _ in range(20):
        focused = at.app.focused
        if focused is not None and focused.name == field:
            return
        await at.press("enter")
    raise AssertionError(field)


async def choose(at: Session, label: str) -> None:
    """Go down to an option of the list in focus."""
    for _ in range(20):
        if f"(•) {label}" in at.text:
            return
        await at.press("down")
    raise AssertionError(label)


async def listed_firm_calls(place: Path) -> None:
    """Inject 1: at 8.10 firm A's personnel manager tells what the listed parent will tell at 10.00."""
    async with at_screen(place, now=moment(1, 3, 8, 20)) as at:
        await at.press("k")
        await fill(at, "Keksitty Kori Oy", "Lahti", "ajoneuvot", "henkilöstöpäällikkö", "8.10")
        await fill(at, "260", "240", "600", "", "fi, sv")
        await at.press("enter")  # the playbook suggested
        await to(at, "proposal")
        await at.type("1.3.2027")
        await to(at, "release")
        await at.type("1.3.2027 10.00")
        await at.press("f8", "enter", "enter")
        await choose(at, "salassa pidettävä")
        await at.press("f8", "f9")
        assert view(at, A).secrecy is Secrecy.RESTRICTED
        heard = view(at, A).anchor("heard")
        assert heard is not None
        assert heard.value.at == dt.time(8, 10)


async def first_day(place: Path) -> None:
    """Injects 2 and 3: the release comes out, a reporter asks, the proposal comes by ordinary mail."""
    async with at_screen(place, now=moment(1, 3, 11, 10)) as at:
        await at.press("enter")
        await give(at, "Merkitse julkiseksi")
        await fill(at, "10.00", "", "yhtiön tiedote verkkosivuilla")
        assert view(at, A).secrecy is Secrecy.PUBLIC
        await at.press("m")
        await fill(at, "Toimittaja kysyi lahtelaisten määrää, annettiin arvio", "10.05")
        await at.press("m")
        await fill(at, "Nimilista tuli tavallisella sähköpostilla, viesti poistettiin", "11.00")
        await give(at, "Kirjaa päätös")
        await fill(
            at, "Nimilistat vain turvapostilla", "lead", "henkilötietoja suojaamattomana", "", "", "", ""
        )


async def next_days(place: Path) -> None:
    """Injects 4 to 6: a municipality asks its share, the night shift has heard nothing, a minister comes."""
    async with at_screen(place, now=moment(3, 3, 9)) as at:
        await at.press("enter", "m")
        await fill(at, "Orimattila kysyi osuuttaan, luvattiin arvio", "2.3.2027 9.00")
        await give(at, "Kirjaa päätös")
        await fill(at, "Yövuorolle oma tilaisuus", "lead", "yövuoro ei kuullut", "Malli Mauri", "4.3.2027")
        await at.press("down", "enter")  # a task of its owner's as well
        await fill(at, "")
        await at.press("m")
        await fill(at, "Ministeri tulee perjantaina, taustamuistio valmistellaan", "")
        with at.store.reading() as session:
            assert len(records(session, A, RecordKind.DECISION)) == 2
            tasks = queries.tasks(session, A)
        assert any(task.person == "Malli Mauri" and task.origin == "added" for task in tasks)


async def bankruptcy_beside_it(place: Path) -> None:
    """Inject 7: firm B is declared bankrupt; no 55+ package, no Co-operation Act."""
    async with at_screen(place, now=moment(4, 3, 9, 30)) as at:
        await at.press("k")
        await fill(at, "Kuvitteellinen Kaluste Oy", "Heinola", "huonekalut", "pesänhoitaja", "9.00")
        await fill(at, "90", "90", "90")
        await at.press("down", "enter", "enter")  # bankrupt; the playbook's own languages
        await at.press("enter")
        await to(at, "bankruptcy_day")
        await at.type("4.3.2027")
        await at.press("f8", "f8", "f8", "f9")
        with at.store.reading() as session:
            keys = {task.key for task in queries.tasks(session, B)}
        assert keys
        assert not [key for key in keys if key.startswith("mt55-")]


async def small_firm_asks(place: Path) -> None:
    """Inject 8: firm C has 45 people; fifteen dismissals become twenty-five, so it must negotiate."""
    async with at_screen(place, now=moment(5, 3, 13)) as at:
        await at.press("k")
        await fill(at, "Malli Metalli Oy", "Hollola", "metalli", "toimitusjohtaja", "9.40")
        await fill(at, "15", "15", "45", "", "")
        await at.press("enter")
        await to(at, "proposal")
        await at.type("5.3.2027")
        await at.press("f8", "f8", "f8", "f9")
        await at.press("i", "enter", "enter", "enter")  # planned: the proposal was given today
        await fill(at, "25", "toimitusjohtaja", "12.30", "luku tarkentui")
        assert "Lain raja täyttyy: Kevennetty menettely" in at.words
        await at.press("enter")
        assert view(at, C).headcount == 25
        await at.press("5")
        assert "kerrottu 5.3.2027 klo 12.30, kirjattu 5.3.2027 klo 13.00" in at.words


async def negotiations_end(place: Path) -> None:
    """Inject 11: 198 are dismissed and 40 laid off, in waves; lay-offs do not count for the fund."""
    async with at_screen(place, now=moment(12, 4, 15)) as at:
        await choose_incident(at, A)
        for down, people in ((0, "198"), (1, "40")):
            await at.press("i", "enter", *["down"] * down, "enter", "enter")
            await fill(at, people, "henkilöstöpäällikkö", "14.30", "neuvottelut päättyivät")
            await taken(at)
        assert view(at, A).headcount == 238
        await give(at, "Lisää tai muuta aalto")
        await fill(at, "", "Päivävuoro", "", "", "120", "13.4.2027", "30.6.2027", "työnantaja kertoi aallot")
        await at.press("enter")
        assert [(wave.wave, wave.count) for wave in view(at, A).waves] == [("w1", 120), ("all", 78)]


async def taken(at: Session) -> None:
    """Take what a preview shows; one with tasks to choose from asks about them first."""
    for _ in range(3):
        if at.app.screen.is_modal:
            await at.press("enter")


async def choose_incident(at: Session, incident: str) -> None:
    """Open an incident from the first screen."""
    for _ in range(8):
        await at.press("enter")
        if incident in at.text.splitlines()[0]:
            return
        await at.press("escape", "down")
    raise AssertionError(incident)


async def the_log_tells_it(place: Path) -> None:
    """Read the log of firm A as somebody who was not there."""
    async with at_screen(place, size=(120, 90), now=moment(13, 4, 9)) as at:
        await choose_incident(at, A)
        await at.press("2")
        for told in (
            "Tieto saatiin: 1.3.2027 klo 8.10",
            "Lähde: henkilöstöpäällikkö.",
            "Tieto tuli julkiseksi",
            "Toimittaja kysyi lahtelaisten määrää",
            "Nimilistat vain turvapostilla",
            "Yövuorolle oma tilaisuus",
            "Ministeri tulee perjantaina",
        ):
            assert told in at.words, told
        await at.press("end")
        for told in (
            "Suunnitelman mukaan täyttynyt lain raja ei täyty.",
            "henkilöstöpäällikkö",
            "Aalto ”Päivävuoro”",
        ):
            assert told in at.words, told


@pytest.mark.timeout(600)
async def test_a_bad_week_is_played_by_hand_at_the_screen(empty_store: Path) -> None:
    """The whole course in one piece: each day stands on what the ones before it left."""
    await listed_firm_calls(empty_store)
    await first_day(empty_store)
    await next_days(empty_store)
    await bankruptcy_beside_it(empty_store)
    await small_firm_asks(empty_store)
    await negotiations_end(empty_store)
    await the_log_tells_it(empty_store)
