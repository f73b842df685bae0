"""What happens to an incident after it was opened, from the screen: numbers, waves, secrecy, firms, forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from muutosturva.coordination.sign_on import open_store
from muutosturva.incidents import service
from muutosturva.incidents.acts.evidence import evidence
from muutosturva.incidents.acts.numbers import figure_history
from muutosturva.incidents.acts.records import records
from muutosturva.incidents.pure.views import IncidentView, TaskView
from muutosturva.incidents.reading import queries
from muutosturva.models.states import LinkKind, RecordKind, Secrecy, Stage, TaskState
from muutosturva.store.store import Store
from tests.tui.support import ACTOR, NOW, at_screen, fill, give, open_firm

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
        await at.press("down", "enter", "enter", "enter")  # decided, dismissals, all sites
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


async def test_a_link_is_changed_where_it_stands_and_what_was_known_stays(firm_store: Path) -> None:
    """Enter on the firm's row; only what is typed over changes, and the act is undone."""
    link = service.Link("Esimerkkivuokraus Oy", LinkKind.AGENCY, headcount=34, included=20, source="HR")
    with open_store(firm_store) as store:
        service.link_firm(store, INCIDENT, link, actor=ACTOR, now=NOW)
    async with at_screen(firm_store) as at:
        await at.press("enter", "4", "ctrl+end")
        while "(•) henkilöstövuokrausyritys" not in at.words:
            await at.press("up")
            if at.app.screen.focused.chosen.key.startswith("link "):  # type: ignore[union-attr]
                await at.press("enter")
        await at.press("enter", "enter", "ctrl+u")
        await fill(at, "40", "", "", "uusi tieto")
        [changed] = view(at.store).links
        assert (changed.kind, changed.headcount, changed.included) == (LinkKind.AGENCY, 40, 20)
        assert "Kytkös muutettu: Esimerkkivuokraus Oy" in at.words
        await at.press("z")
        await at.fill("")
        assert view(at.store).links[0].headcount == 34


async def test_a_changed_link_that_cannot_be_is_refused_in_words(firm_store: Path) -> None:
    with open_store(firm_store) as store:
        service.link_firm(
            store, INCIDENT, service.Link("Huolto Oy", LinkKind.SUPPLIER, headcount=5), actor=ACTOR, now=NOW
        )
    async with at_screen(firm_store) as at:
        await at.press("enter")
        await give(at, "Muuta yrityksen kytköstä")
        await fill(at, "", "", "", "9", "", "syy")
        assert "Tämä ei onnistunut" in at.words
        assert view(at.store).links[0].included == 0


async def test_attachments_are_looked_at_again_and_the_log_is_told(firm_store: Path, tmp_path: Path) -> None:
    """A file left where it was has vanished: which one is said before anything is written."""
    proof = tmp_path / "esitys.txt"
    proof.write_text("neuvotteluesitys", encoding="utf-8")
    with open_store(firm_store) as store:
        service.attach(store, INCIDENT, str(proof), copy=False, actor=ACTOR, now=NOW)
    async with at_screen(firm_store) as at:
        await at.press("enter")
        await give(at, "Tarkista liitteet")
        assert "Kaikki liitteet ovat ennallaan" in at.words
        await at.press("enter")
        proof.unlink()
        await at.press("4", "ctrl+end", "enter")
        assert "Yksi liite ei ole ennallaan" in at.words
        assert "! 1 esitys.txt, tiedosto: KADONNUT" in at.words
        assert not told(at.store, "incidents.evidence_missing")
        await at.press("enter")
        assert "Lokiin on kirjattu, mikä liite ei ole ennallaan" in at.words
        assert told(at.store, "incidents.evidence_missing")


def told(store: Store, kind: str) -> bool:
    """Tell whether the log has an event of a kind."""
    with store.reading() as session:
        return any(entry.kind == kind for entry in queries.log_entries(session, INCIDENT))


@pytest.mark.parametrize(("keys", "offered"), [(("enter",), True), (("down", "enter"), False)])
async def test_a_level_set_by_hand_offers_its_tasks_or_takes_them(
    empty_store: Path, keys: tuple[str, ...], *, offered: bool
) -> None:
    """What the level brings is seen first; the group may leave it for later or take it at once."""
    open_firm(empty_store, headcount=30)
    async with at_screen(empty_store) as at:
        await at.press("enter")
        await give(at, "Aseta taso käsin")
        while "(•) XL" not in at.words:
            await at.press("down")
        await at.press("enter")
        await at.fill("Kunnan suurin työnantaja")
        assert "Mitään ei ole vielä tallennettu" in at.words
        assert view(at.store).level != "XL"
        await at.press("enter")  # from the lines to the question
        await at.press(*keys)
        assert view(at.store).level == "XL"
        found = [task for task in tasks(at.store).values() if task.state is TaskState.OFFERED]
        assert bool(found) is offered


async def test_a_wave_is_changed_from_what_it_is(firm_store: Path) -> None:
    """Its measure and its name stay when only the number is typed over."""
    change = service.WaveChange("w1", label="yövuoro", measure="layoff", count=40)
    with open_store(firm_store) as store:
        service.set_wave(store, INCIDENT, change, reason="aallot", actor=ACTOR, now=NOW)
    async with at_screen(firm_store) as at:
        await at.press("enter")
        await give(at, "Lisää tai muuta aalto")
        await at.press("down", "enter")
        await at.press("enter", "enter", "enter", "ctrl+u")
        await fill(at, "50", "", "", "tarkentui")
        assert "Mitään ei ole vielä tallennettu" in at.words
        await at.press("enter")
        [wave] = [one for one in view(at.store).waves if one.wave == "w1"]
        assert (wave.label, wave.measure, wave.count) == ("yövuoro", "layoff", 50)


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
