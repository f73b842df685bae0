"""Finishing a task that asks something, by keys at 80 columns: a decision, a form, what hangs on them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from muutosturva.coordination.sign_on import open_store
from muutosturva.i18n import Texts
from muutosturva.incidents.pure.views import IncidentView, TaskView
from muutosturva.incidents.reading import queries
from muutosturva.models.states import TaskState
from muutosturva.tui.details import sections
from tests.tui.support import Session, at_screen, give, open_firm

CALLS = "Soita alan työnantajille ja kokoa avoimet työpaikat kunnittain"


@pytest.fixture
def place(filled_file: Path, tmp_path: Path) -> Path:
    """Return a store with a large layoff open."""
    path = tmp_path / "deciding.db"
    path.write_bytes(filled_file.read_bytes())
    open_firm(path)
    return path


def task(at: Session, key: str) -> TaskView:
    """Return a task of the firm as it is saved."""
    with at.store.reading() as session:
        return next(found for found in queries.tasks(session, "LAHTI-2027-01") if found.key == key)


async def test_what_a_task_decides_is_a_question_and_its_answer_moves_the_plan(place: Path) -> None:
    """The question leads to the task: the option and its ground are asked there, neither may lack."""
    async with at_screen(place) as at:
        assert task(at, "fair").state is TaskState.QUESTION
        await at.press("enter", "k")
        assert CALLS in at.words
        await at.press("end", "enter")
        assert f"Päätös: C6 {CALLS}" in at.words
        await at.press("down", "down", "enter", "enter")
        assert "Täytä kohta ”Millä perusteella”." in at.words
        await at.fill("Paikat välitetään suoraan.")
        assert "Vastaus on kirjattu: 1 tehtävä muuttui." in at.words
        assert task(at, "employer-calls").answer == {
            "decision": "none",
            "because": "Paikat välitetään suoraan.",
        }
        assert task(at, "fair").state is TaskState.WITHDRAWN

        await give(at, "Kumoa")
        await at.press("enter")
        assert task(at, "fair").state is TaskState.QUESTION
        assert task(at, "employer-calls").answer is None


async def test_a_form_keeps_what_was_typed_until_every_field_fits(place: Path) -> None:
    """A slip in one of seven fields costs none of the others."""
    async with at_screen(place) as at:
        await at.press("enter", "down", "down", "down", "v")
        assert "Lomake: B3 Ota yhteys työnantajaan" in at.words
        await at.settled()
        assert at.app.screen.query_one(".fields").scroll_offset.y == 0, "the first question has its label"
        await at.press("down", "enter", "down", "enter")  # by phone, with the management
        await at.fill("monta")
        await at.fill("1.4.2027")
        await at.press("down", "enter", "down", "enter")  # agreed with the stewards, shift work
        await at.fill("suomi, ruotsi")
        assert "”monta” ei ole kokonaisluku." in at.words
        assert task(at, "first-contact").answer is None

        await at.press("enter", "enter", "enter")
        assert "monta" in at.words
        await at.press("ctrl+u")
        await at.fill("240")
        await at.press("enter", "enter", "enter", "enter")
        done = task(at, "first-contact")
        assert done.state is TaskState.DONE
        assert done.answer == {
            "fields": {
                "reached": "phone",
                "contact": "management",
                "people": 240,
                "decides_on": dt.date(2027, 4, 1).isoformat(),
                "stewards": True,
                "shifts": True,
                "languages": "suomi, ruotsi",
            }
        }


def test_the_page_of_a_task_says_how_much_of_what_it_needs_suffices(place: Path) -> None:
    """Both are listed, and one is enough: who reads only the list would wait for the other."""
    with open_store(place) as store, store.reading() as session:
        view = queries.incident_view(session, "LAHTI-2027-01")
        found = {one.key: one for one in queries.tasks(session, "LAHTI-2027-01")}
    training = found["start-training"]
    titles = {one.step: one.title["fi"] for one in found.values()}
    heading, *lines = _needed(view, training, titles)
    assert heading == "Yksi näistä riittää:"
    assert lines == [titles["survey"], titles["personal-talks"]]

    begun = replace(training, join=None, needs=("survey.started", "employer-list"))
    assert _needed(view, begun, titles) == [
        f"{titles['survey']} (riittää, että on aloitettu)",
        titles["employer-list"],
    ]


def _needed(view: IncidentView, found: TaskView, titles: dict[str, str]) -> list[str]:
    texts = Texts("fi")
    parts = sections(texts, view, found, dt.date(2027, 3, 1), titles)
    return list(next(part.lines for part in parts if part.heading == texts("tui.detail.needs")))
