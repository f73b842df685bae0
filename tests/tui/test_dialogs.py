"""Dialogs refuse what cannot be meant, say why in place, and keep what was typed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from muutosturva.coordination.sign_on import open_store
from muutosturva.i18n import Texts
from muutosturva.incidents import service
from muutosturva.incidents.pure.views import Changes, Mentioned, TaskView
from muutosturva.incidents.reading import queries
from muutosturva.models.states import IncidentState, TaskState
from muutosturva.store.log import entries
from muutosturva.tui.dialogs.people import next_step
from muutosturva.tui.difference import change_lines
from tests.tui.support import ACTOR, NOW, Session, at_screen

INCIDENT = "LAHTI-2027-01"


def saved(at: Session, code: str) -> TaskView:
    """Return a task as it is saved."""
    with at.store.reading() as session:
        return next(task for task in queries.tasks(session, INCIDENT) if task.code == code)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Päivä puuttuu"),
        ("huomenna", "ei ole päivämäärä"),
        ("31.2.2027", "ei ole kalenterissa"),
    ],
)
async def test_an_impossible_due_day_is_refused_in_place(firm_store: Path, typed: str, said: str) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "s")
        await at.fill(typed)
        await at.fill("syy")
        assert said in at.words
        assert at.app.screen.is_modal
        assert saved(at, "B1").due_by_hand is False


async def test_a_due_day_is_moved_by_hand_with_a_reason(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "s")
        await at.fill("5.3.2027")
        await at.fill("Kirjuri on poissa")
        task = saved(at, "B1")
        assert (str(task.due_on), task.due_by_hand) == ("2027-03-05", True)
        assert "asetettu käsin" in at.words


async def test_escape_changes_nothing(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "o")
        await at.type("turha")
        await at.press("escape")
        assert saved(at, "B1").state is TaskState.READY


async def test_a_task_of_ones_own_is_added(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "u")
        await at.fill("Varaa sali")
        await at.fill("4.3.2027")
        await at.press("down", "enter")
        with at.store.reading() as session:
            own = next(task for task in queries.tasks(session, INCIDENT) if task.key == "own-1")
        assert (own.title, str(own.due_on), own.role) == (
            {"fi": "Varaa sali"},
            "2027-03-04",
            "change_security",
        )


def test_the_id_of_an_own_task_is_the_next_free_one() -> None:
    assert next_step(["b1", "own-1", "own-3"]) == "own-2"


async def test_a_task_is_given_to_a_person_of_the_roster(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "t", "down", "enter")
        task = saved(at, "B1")
        assert task.assigned
        assert task.person in at.words


async def test_an_answer_settles_what_hung_on_it(firm_store: Path) -> None:
    """The task about inside information falls away when the company is not listed."""
    async with at_screen(firm_store) as at:
        await at.press("enter", "k", "enter")
        assert "pörssissä" in at.words
        await at.press("down", "down", "enter")
        with at.store.reading() as session:
            view = queries.incident_view(session, INCIDENT)
        assert "listed" not in {question.name for question in view.questions}
        assert view.inputs["listed"] is False


async def test_enter_pressed_too_early_answers_nothing(firm_store: Path) -> None:
    """A tired hand must not turn "not known yet" into a yes that changes the plan."""
    async with at_screen(firm_store) as at:
        await at.press("enter", "k", "enter")
        assert "(•) en tiedä vielä" in at.text
        await at.press("enter")
        with at.store.reading() as session:
            view = queries.incident_view(session, INCIDENT)
        assert "listed" in {question.name for question in view.questions}


async def test_what_a_date_moves_is_scrolled_while_the_buttons_stay_in_sight(firm_store: Path) -> None:
    """At 80×24 a long list once pushed the buttons off the screen."""
    async with at_screen(firm_store) as at:
        await at.press("enter", "p")
        while "(•) 1.3.2027 Neuvotteluesitys" not in at.text:
            await at.press("down")
        await at.press("enter")
        await at.fill("8.3.2027")
        await at.fill("Esitys tuli viikkoa myöhemmin")
        assert "Mitään ei ole vielä tallennettu" in at.words
        assert "Peruuta" in at.text
        before = at.text
        await at.press("pagedown")
        assert at.text != before
        assert "Peruuta" in at.text


async def test_a_date_with_a_wrong_year_is_remarked_on_before_it_is_saved(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "p")
        while "Neuvottelut päättyvät" not in at.text.partition("(•)")[2].partition("\n")[0]:
            await at.press("down")
        await at.press("enter")
        await at.fill("30.3.2072")
        await at.fill("Työnantaja kertoi")
        assert "yli kahden vuoden päässä" in at.words
        assert "Mitään ei ole vielä tallennettu" in at.words


def test_tasks_that_come_and_are_offered_are_shown_by_title_and_day() -> None:
    mentioned = Mentioned("egf", {"fi": "Kokoa EGR-aineisto"}, dt.date(2027, 3, 5), True, ())
    changes = Changes(added=("egf",), offered=("gone",), tasks={"egf": mentioned})
    lines = change_lines(Texts("fi"), changes)
    assert lines[:2] == ["Laki vaatii, tulee suunnitelmaan heti (1):", "  5.3.2027  Kokoa EGR-aineisto"]
    assert "Ehdolla, odottaa ryhmän päätöstä (1):" in lines


async def test_a_role_gets_a_deputy(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "r", "enter")
        while "(•) Tilanne Taavi" not in at.text:
            await at.press("down")
        await at.press("enter", "down", "enter", "enter", "enter")  # now, and nothing to note
        with at.store.reading() as session:
            lead = next(r for r in queries.incident_view(session, INCIDENT).roles if r.role == "lead")
        assert lead.deputies == ("Tilanne Taavi",)


async def test_a_note_about_an_earlier_moment_keeps_it(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "m")
        await at.fill("Toimitusjohtaja soitti")
        await at.fill("28.2.2027 9.15")
        await at.press("2")
        told, _, later = at.words.partition("aanantai")
        assert "unnuntai 28. helmikuuta 2027" in told
        assert "klo 9.15 (kirjattu 1.3.2027 klo 8.30)" in told
        assert "Toimitusjohtaja soitti" in told
        assert "Toimitusjohtaja soitti" not in later


async def test_a_note_with_an_identity_code_is_refused_in_the_dialog_and_stays_to_be_mended(
    firm_store: Path,
) -> None:
    """What is saved cannot be taken away; what was typed is not lost."""
    async with at_screen(firm_store) as at:
        await at.press("enter", "m")
        await at.fill("Soitti 131052-908T")
        await at.press("enter")
        assert "näyttää olevan henkilötunnus" in at.words
        assert "Soitti 131052-908T" in at.text
        with at.store.reading() as session:
            assert all(event.kind != "incidents.noted" for event in entries(session))


async def test_the_log_turns_from_story_to_table_and_back(firm_store: Path) -> None:
    """The table keeps what happened apart from when it was written down; the story tells it in order."""
    async with at_screen(firm_store) as at:
        await at.press("enter", "m")
        await at.fill("Toimitusjohtaja soitti")
        await at.fill("28.2.2027 9.15")
        await at.press("2")
        assert "Kirjattu" not in at.text
        await at.press("n")
        assert "Kirjattu" in at.text
        assert any(
            "28.2.2027 klo 9.15 1.3.2027 klo 8.30" in " ".join(line.split()) for line in at.text.splitlines()
        )
        await at.press("f2", "down", "enter")
        assert "Antecknad" in at.text
        await at.press("n")
        assert "Antecknad" not in at.text
        assert "Toimitusjohtaja soitti" in at.words


async def test_closing_lists_what_is_still_open(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "x")
        while "(•) suljettu" not in at.text:
            await at.press("down")
        await at.press("enter")
        await at.fill("valmista")
        assert "ei voi vielä sulkea" in at.words
        await at.press("enter")
        with at.store.reading() as session:
            assert queries.incident_view(session, INCIDENT).state is IncidentState.ACTIVE


async def test_whoever_comes_second_sees_both_versions(firm_store: Path) -> None:
    """Two people, one task: nothing is overwritten unseen."""
    async with at_screen(firm_store) as at:
        await at.press("enter", "o")
        with open_store(firm_store) as other:
            service.start_task(other, INCIDENT, "B1", actor="Malli Mauri", now=NOW)
        await at.fill("ei tarvita")
        assert "Joku muu ehti muuttaa" in at.words
        assert "● avoin" in at.words
        assert "► kesken" in at.words
        await at.press("enter")
        assert saved(at, "B1").state is TaskState.STARTED


async def test_an_export_into_a_file_says_so_in_words(firm_store: Path, tmp_path: Path) -> None:
    """A folder that cannot be made is the person's to mend: no traceback."""
    blocker = tmp_path / "file"
    blocker.write_text("", encoding="utf-8")
    async with at_screen(firm_store) as at:
        await at.press("enter", "e", "tab", "tab", "home", "ctrl+k")
        await at.fill(str(blocker))
        assert "Tämä ei onnistunut" in at.words
        assert "Traceback" not in at.text


async def test_the_calendar_is_written_for_outlook(firm_store: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.ics"
    async with at_screen(firm_store) as at:
        await at.press("enter", "c", "enter", "enter", "home", "ctrl+k")
        await at.fill(str(out))
        assert out.read_bytes().startswith(b"BEGIN:VCALENDAR")
        with at.store.reading() as session:
            kinds = [entry.kind for entry in queries.log_entries(session, INCIDENT)]
        assert "coordination.calendar_exported" in kinds
        assert at.app.backend.actor == ACTOR
