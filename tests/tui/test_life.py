"""Commands about the life of an incident and the people at work, from the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from muutosturva.coordination.sign_on import open_store
from muutosturva.incidents import service
from muutosturva.incidents.acts.records import records
from muutosturva.incidents.pure.views import IncidentView
from muutosturva.incidents.reading import queries
from muutosturva.models.states import IncidentState, OfficeDateKind, RecordKind
from muutosturva.preparedness.queries import absences
from muutosturva.store.log import EventDraft
from muutosturva.store.office_dates import office_dates
from muutosturva.store.store import Store
from muutosturva.tui.words import in_order
from tests.tui.support import ACTOR, NOW, Session, at_screen, give

INCIDENT = "LAHTI-2027-01"


def view(store: Store) -> IncidentView:
    with store.reading() as session:
        return queries.incident_view(session, INCIDENT)


@pytest.fixture
def dormant_store(firm_store: Path) -> Path:
    """Return a store whose firm's talks ended without dismissals for now."""
    with open_store(firm_store) as store:
        service.move_state(
            store, INCIDENT, IncidentState.DORMANT, reason="Neuvottelut päättyivät", actor=ACTOR, now=NOW
        )
    return firm_store


@pytest.fixture
def closed_store(firm_store: Path) -> Path:
    """Return a store whose firm is closed: its tasks skipped, its questions answered."""
    with open_store(firm_store) as store, store.transaction(ACTOR, NOW) as unit:
        owner = queries.find_incident(unit.session, INCIDENT)
        owner.state, owner.closed_at = IncidentState.CLOSED, NOW
        draft = EventDraft("incidents.noted", owner.id, (INCIDENT,), ("text",), {"text": "suljettu"})
        unit.record(draft)
    return firm_store


def moved(at: Session) -> str:
    """Return the key of the date whose field has the focus."""
    name = (at.app.focused and at.app.focused.id) or ""
    number = name.removeprefix("date-")
    dates = [one for one in in_order(view(at.store).anchors) if one.name != "heard"]
    return dates[int(number)].key if number.isdigit() else ""


async def test_a_dormant_incident_is_taken_up_with_new_dates_after_they_were_shown(
    dormant_store: Path,
) -> None:
    """Talks begin again in spring: what moves is seen before anything is written."""
    async with at_screen(dormant_store) as at:
        await at.press("enter")
        await give(at, "Jatka lepotilasta")
        await at.fill("Uudet neuvottelut")
        while "decision" not in moved(at):
            await at.press("enter")
        await at.fill("26.4.2027")
        while "Mitään ei ole vielä tallennettu" not in at.words:
            await at.press("enter")
        assert view(at.store).state is IncidentState.DORMANT
        await at.press("enter")
        assert view(at.store).state is IncidentState.ACTIVE


async def test_a_closed_incident_is_reviewed(closed_store: Path) -> None:
    async with at_screen(closed_store) as at:
        await at.press("enter")
        await give(at, "Kirjoita jälkiarviointi")
        for text in ("198 irtisanottiin", "Ensitieto", "Yövuoro jäi", "Yövuorolle oma tilaisuus"):
            await at.fill(text)
        with at.store.reading() as session:
            [review] = records(session, INCIDENT, RecordKind.REVIEW)
        assert review.title == "198 irtisanottiin"
        await at.press("x", "down")
        await at.press("enter")
        await at.fill("Arviointi tehtiin")
        assert view(at.store).state is IncidentState.REVIEWED


async def test_a_review_is_skipped_only_with_a_reason(closed_store: Path) -> None:
    async with at_screen(closed_store) as at:
        await at.press("enter")
        await give(at, "Ohita jälkiarviointi")
        await at.press("enter")
        assert "Täytä kohta ”Miksi”" in at.words
        await at.fill("Pieni tapaus")
        assert view(at.store).state is IncidentState.REVIEWED


async def test_an_absence_is_written_down_and_taken_back(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter")
        await give(at, "Kirjaa poissaolo")
        await at.press("enter")
        await at.fill("8.3.2027")
        await at.fill("12.3.2027")
        await at.press("enter")
        with at.store.reading() as session:
            [away] = absences(session)
        assert (away.first_day.day, away.last_day.day) == (8, 12)
        await give(at, "Peru poissaolo")
        await at.press("enter")
        with at.store.reading() as session:
            assert absences(session) == ()


async def test_days_of_the_office_are_set_on_the_first_screen_and_taken_away(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await give(at, "Lisää toimiston päiviä")
        await at.press("enter")
        await at.fill("2.3.2027..3.3.2027, 5.3.2027")
        await at.fill("muutto")
        await at.settled()
        assert "Määräpäivä siirtyy" in at.words
        await at.press("enter")
        with at.store.reading() as session:
            days = office_dates(session, at.store.owner_area, OfficeDateKind.CLOSED)
        assert ([day.day for day in days], {*days.values()}) == ([2, 3, 5], {"muutto"})
        await give(at, "Poista toimiston päiviä")
        await at.press("space", "down", "space", "tab", "enter")
        await at.settled()
        await at.press("enter")
        with at.store.reading() as session:
            days = office_dates(session, at.store.owner_area, OfficeDateKind.CLOSED)
        assert [day.day for day in days] == [5]
