"""What happens to an incident after it was opened, from the screen: numbers, waves, secrecy, firms, forms."""

from __future__ import annotations

from pathlib import Path

from muutosturva.coordination.sign_on import open_store
from muutosturva.incidents.acts.evidence import evidence
from muutosturva.incidents.acts.numbers import figure_history
from muutosturva.incidents.acts.records import records
from muutosturva.incidents.pure.views import IncidentView, TaskView
from muutosturva.incidents.reading import queries
from muutosturva.models.states import LinkKind, RecordKind, Secrecy, Stage, TaskState
from muutosturva.store.store import Store
from tests.tui.support import at_screen, fill, give, open_firm

INCIDENT = "LAHTI-2027-01"


def view(store: Store) -> IncidentView:
    with store.reading() as session:
        return queries.incident_view(session, INCIDENT)


def tasks(store: Store) -> dict[str, TaskView]:
    with store.reading() as session:
        return {task.key: task for task in queries.tasks(session, INCIDENT)}


async def test_a_number_is_recorded_after_its_difference_was_shown(firm_store: Path) -> None:
    """260 becomes 30: what the big plan had is withdrawn, and the history keeps both numbers."""
    async with at_screen(firm_store) as at:
        await at.press("enter", "i")
        await at.press("enter", "enter", "enter")  # decided, dismissals, all sites
        await fill(at, "30", "henkilöstöjohtaja", "", "neuvottelut päättyivät")
        assert "Muutos koskee 30 henkilöä (aiemmin 260)" in at.words
        assert view(at.store).headcount == 260
        await at.press("enter")
        assert view(at.store).headcount == 30
        with at.store.reading() as session:
            decided = [one for one in figure_history(session, INCIDENT) if one.stage is Stage.DECIDED]
        assert [(one.low, one.source) for one in decided] == [(30, "henkilöstöjohtaja")]
        assert tasks(at.store)["egf-dossier"].state is TaskState.WITHDRAWN


async def test_a_number_that_is_none_is_refused_in_place(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "i")
        await at.press("enter", "enter", "enter")
        await fill(at, "paljon", "", "", "syy")
        assert at.app.screen.is_modal
        assert "paljon" in at.words
        assert view(at.store).headcount == 260


async def test_a_decision_becomes_a_record(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter")
        await give(at, "Kirjaa päätös")
        await fill(at, "Palvelupiste avataan tehtaalle", "lead", "toimintasuunnitelma", "", "", "", "")
        with at.store.reading() as session:
            [kept] = records(session, INCIDENT, RecordKind.DECISION)
        assert kept.title == "Palvelupiste avataan tehtaalle"
        assert "Päätös 1 kirjattu" in at.words


async def test_news_that_became_public_is_marked_with_its_source(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter")
        await give(at, "Merkitse julkiseksi")
        await fill(at, "", "", "yhtiön tiedote luettu")
        assert view(at.store).secrecy is Secrecy.PUBLIC


async def test_an_agency_is_linked_with_those_counted_already(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter")
        await give(at, "Liitä alihankkija")
        await at.fill("Esimerkkivuokraus Oy")
        await at.press("down", "enter", "enter")  # an agency, without an incident of its own
        await fill(at, "34", "20", "henkilöstöjohtaja")
        [link] = view(at.store).links
        assert (link.kind, link.headcount, link.included) == (LinkKind.AGENCY, 34, 20)


async def test_a_link_is_attached_and_taken_off_with_a_reason(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter")
        await give(at, "Liitä tiedosto")
        await fill(at, "https://esimerkki.invalid/tiedote", "Tiedote", "")
        with at.store.reading() as session:
            assert [one.title for one in evidence(session, INCIDENT)] == ["Tiedote"]
        await give(at, "Poista liite")
        await fill(at, "", "väärä linkki")
        with at.store.reading() as session:
            assert evidence(session, INCIDENT) == ()


async def test_a_firm_opened_twice_is_merged_into_the_first(firm_store: Path) -> None:
    second = open_firm(firm_store)
    async with at_screen(firm_store) as at:
        await at.press("down", "enter")
        await give(at, "Yhdistä kahteen kertaan avattu")
        await fill(at, "", "sama yritys")
        assert "päättyy" in at.words
        await at.press("enter")
    with open_store(firm_store) as store, store.reading() as session:
        assert queries.incident_view(session, second.readable_id).duplicate_of == INCIDENT
