"""A record is corrected from the screen: every version can be read, and the former text stays."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from muutosturva.coordination.sign_on import open_store
from muutosturva.incidents import service
from muutosturva.incidents.acts.records import RecordView, record_history
from muutosturva.incidents.pure.forms import Decision, Minutes, Update, UpdateState
from muutosturva.models.states import RecordKind
from muutosturva.store.store import Store
from tests.tui.support import ACTOR, NOW, Session, at_screen, fill, give, open_firm

INCIDENT = "LAHTI-2027-01"
SITUATION = "LAHTI-2027-10"
DECIDED = Decision(
    "Palvelupiste avataan tehtaalle", "lead", "toimintasuunnitelma", "lead", dt.date(2027, 3, 8)
)


@pytest.fixture
def decided_store(firm_store: Path) -> Path:
    """Return a store with one decision."""
    with open_store(firm_store) as store:
        service.add_record(store, INCIDENT, DECIDED, actor=ACTOR, now=NOW)
    return firm_store


def versions(store: Store, kind: RecordKind = RecordKind.DECISION) -> tuple[RecordView, ...]:
    with store.reading() as session:
        return record_history(session, INCIDENT, kind, 1)


async def retype(at: Session, text: str) -> None:
    """Type over what stands in the field."""
    await at.press("end", "ctrl+u")
    await at.fill(text)


async def test_a_decision_is_corrected_and_its_former_text_can_still_be_read(decided_store: Path) -> None:
    """What was not touched stays to the letter; the reason goes with the correction."""
    async with at_screen(decided_store) as at:
        await at.press("enter")
        await give(at, "Korjaa kirjausta")
        await at.press("enter")
        assert "päätös 1: 1.3.2027 klo 8.30, Esimerkki Elli (voimassa)" in at.words
        await at.press("enter")
        await fill(at, "", "", "", "")
        await retype(at, "10.3.2027")
        await fill(at, "", "kirjoitusvirhe")
        assert "Korjattu: päätös 1. Entinen teksti säilyy." in at.words
        now, before = versions(at.store)
        assert (before.form, before.current) == (DECIDED, False)
        assert now.form == Decision(
            DECIDED.text, DECIDED.decided_by, DECIDED.ground, DECIDED.owner, dt.date(2027, 3, 10)
        )
        await give(at, "Korjaa kirjausta")
        await at.press("enter")
        assert "Viimeistään: 10.3.2027" in at.words
        assert "(korvattu korjauksella)" in at.words


async def test_a_correction_without_a_reason_or_without_a_change_is_refused_in_words(
    decided_store: Path,
) -> None:
    async with at_screen(decided_store) as at:
        await at.press("enter")
        await give(at, "Korjaa kirjausta")
        await at.press("enter", "enter")
        await fill(at, "", "", "", "", "", "", "")
        assert "Täytä kohta ”Miksi korjataan”" in at.words
        await at.fill("ei syytä")
        assert "Korjaus ei muuta mitään" in at.words
        assert len(versions(at.store)) == 1


async def test_the_row_of_a_record_leads_to_its_correction(firm_store: Path) -> None:
    """Minutes: those present are typed between commas; what was decided is a record of its own."""
    held = Minutes("Aloituskokous", ("Esimerkki Elli",), "Työnjako", (Decision("Kokous kerran viikossa"),))
    with open_store(firm_store) as store:
        service.add_record(store, INCIDENT, held, actor=ACTOR, now=NOW)
    async with at_screen(firm_store) as at:
        await at.press("enter", "4", "ctrl+end", "up")  # the decision of the minutes stands under them
        assert "muistio 1, 1.3.2027" in at.words
        await at.press("enter")
        assert "Päätökset: Kokous kerran viikossa" in at.words
        await at.press("enter")
        await at.press("enter")
        await retype(at, "Esimerkki Elli, Malli Oona")
        await fill(at, "", "", "Oona unohtui")
        now, _ = versions(at.store, RecordKind.MINUTES)
        assert now.form == Minutes(
            "Aloituskokous", ("Esimerkki Elli", "Malli Oona"), "Työnjako", held.decisions
        )


async def test_an_update_of_a_firm_is_corrected_from_its_situation(firm_store: Path) -> None:
    second = open_firm(firm_store, "Huonekalu Esimerkki Oy").readable_id
    with open_store(firm_store) as store:
        update = Update(UpdateState.ON_TRACK, summary="Etenee")
        service.add_record(store, INCIDENT, update, actor=ACTOR, now=NOW)
        service.group_incidents(store, SITUATION, [INCIDENT, second], title="Seutu", actor=ACTOR, now=NOW)
    async with at_screen(firm_store) as at:
        await at.press("enter")
        await give(at, "Korjaa kirjausta")
        assert f"{INCIDENT} tilannetieto 1: Etenee" in at.words
        await at.press("enter", "enter", "down", "enter")
        await fill(at, "", "", "", "", "", "väärä rivi")
        now, _ = versions(at.store, RecordKind.UPDATE)
        assert now.form == Update(UpdateState.AT_RISK, summary="Etenee")


async def test_nothing_to_correct_is_said(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter")
        await give(at, "Korjaa kirjausta")
        assert "Kirjauksia ei vielä ole" in at.words
