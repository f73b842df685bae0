"""The trigger dialog: one question at a time, errors beside the question, nothing written unseen."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from muutosturva.clock import local_date
from muutosturva.errors import UsageError
from muutosturva.i18n import Texts
from muutosturva.incidents.reading import queries
from muutosturva.models.states import Secrecy
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.tui.trigger_form import Draft, inputs, language_tags, request
from tests.tui.support import FIRM, NARROW, NOW, Session, answer_five_questions, at_screen


def test_what_is_left_empty_is_unknown_and_never_a_zero() -> None:
    draft = Draft(employer=FIRM, numbers={"headcount": "260", "dismissals": ""}, bankruptcy="unknown")
    assert inputs(draft) == {"headcount": 260}


@pytest.mark.parametrize("text", ["kaksisataa", "2,5", "260 hlö"])
def test_a_number_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        inputs(Draft(numbers={"headcount": text}))
    assert caught.value.key == "incidents.answer_int"


@pytest.mark.parametrize(
    ("text", "tags"),
    [("", ()), ("fi", ("fi",)), ("FI, sv,uk", ("fi", "sv", "uk")), ("fi sv fi", ("fi", "sv"))],
)
def test_languages_are_read_with_commas_or_spaces(text: str, tags: tuple[str, ...]) -> None:
    assert language_tags(text) == tags


def test_a_request_carries_what_was_typed() -> None:
    draft = Draft(
        employer=FIRM,
        municipality="Lahti",
        numbers={"headcount": "260"},
        playbook="large-layoff",
        dates={"proposal": "~1.3.2027", "council": ""},
        lead="Malli Mauri",
        secrecy=Secrecy.RESTRICTED,
    )
    made = request(draft, None, "lead")
    assert made.anchors == {"proposal": AnchorValue.estimated(dt.date(2027, 3, 1))}
    assert (made.roles, made.secrecy) == ({"lead": "Malli Mauri"}, Secrecy.RESTRICTED)


def incidents(at: Session) -> int:
    """Return how many incidents are saved."""
    with at.store.reading() as session:
        return len(queries.summaries(session, at.app.backend.today))


async def test_the_firm_needs_a_name(empty_store: Path) -> None:
    async with at_screen(empty_store) as at:
        await at.press("k", "f8")
        assert "Yrityksen nimi puuttuu" in at.words
        assert "Kysymys 1/5" in at.words


async def test_an_unknown_municipality_names_the_nearest(empty_store: Path) -> None:
    async with at_screen(empty_store) as at:
        await at.press("k")
        await at.fill(FIRM)
        await at.fill("Lathi")
        await at.press("f8")
        assert "Lahti" in at.words
        assert "Kysymys 1/5" in at.words
        assert FIRM in at.words


async def test_going_back_keeps_the_answers(empty_store: Path) -> None:
    async with at_screen(empty_store) as at:
        await at.press("k")
        await at.fill(FIRM)
        await at.press("f8")
        await at.fill("260")
        await at.press("f7")
        assert FIRM in at.words
        await at.press("f8")
        assert "260" in at.words


async def test_the_playbook_that_fits_is_marked_and_chosen(empty_store: Path) -> None:
    async with at_screen(empty_store) as at:
        await at.press("k")
        await at.fill(FIRM)
        await at.press("f8")
        await at.fill("12")
        await at.press("f8")
        assert "(•) Pieni irtisanominen" in at.words
        assert "sopii (ehdotus)" in at.words
        assert "henkilöitä 12" in at.words


async def test_a_date_typed_moves_the_estimates_at_once(empty_store: Path) -> None:
    async with at_screen(empty_store) as at:
        await at.press("k")
        await at.fill(FIRM)
        await at.press("f8")
        await at.fill("260")
        await at.press("f8", "f8")
        assert "~8.3.2027" not in at.words
        await at.press("tab")
        await at.fill("1.3.2027")
        assert "~8.3.2027 laskettu" in at.words


async def to_dates(at: Session) -> None:
    """Answer up to the dates of a large layoff."""
    await at.press("k")
    await at.fill(FIRM)
    await at.press("f8")
    await at.fill("260")
    await at.press("f8", "f8")


async def test_a_missing_date_is_told_on_the_page_that_asks_it(empty_store: Path) -> None:
    """Two pages later nobody remembers which question it was."""
    async with at_screen(empty_store) as at:
        await to_dates(at)
        await at.press("f8", "f8")
        assert "Kysymys 4/5" in at.words
        assert "Pakollinen tieto puuttuu: Neuvotteluesitys" in at.words
        # The example lies among the days that are asked about, not in some other year.
        assert f"kirjoita arvio, esim. ~{Texts('fi').day(local_date(NOW))}" in at.words
        await at.type("1.3.2027")
        await at.press("f8")
        assert "Kysymys 5/5" in at.words


async def test_whether_the_firm_is_listed_is_asked_where_it_decides_who_may_know(empty_store: Path) -> None:
    """Two hasty F8s do not pass the page unseen; who does not know goes on after being told."""
    async with at_screen(empty_store) as at:
        await to_dates(at)
        await at.press("tab")
        await at.type("1.3.2027")
        await at.press("f8", "f8")
        assert "Onko yritys tai sen emoyhtiö pörssissä?" in at.words
        assert "Kysymys 5/5" in at.words
        await at.press("f8")
        assert "Tapauksen näkee koko ryhmä. Pörssistä ei ole vastattu" in at.words


async def test_a_listed_firm_opens_restricted_and_the_preview_says_so(empty_store: Path) -> None:
    async with at_screen(empty_store) as at:
        await to_dates(at)
        await at.press("tab")
        await at.type("1.3.2027")
        await at.press("f8", "f8", "up", "f8")
        assert "se on salassa, kunnes yhtiö on kertonut" in at.words
        await at.press("f9")
        with at.store.reading() as session:
            assert queries.incident_view(session, "LAHTI-2027-01").secrecy is Secrecy.RESTRICTED


async def test_leaving_with_answers_asks_first(empty_store: Path) -> None:
    async with at_screen(empty_store) as at:
        await at.press("k")
        await at.type("Firma")
        await at.press("escape")
        assert "Jätetäänkö käynnistys kesken" in at.words
        await at.press("escape")
        assert "Kysymys 1/5" in at.words
        await at.press("escape", "enter")
        assert "Tilannekuva on tyhjä" in at.words


async def test_leaving_asks_even_when_what_was_typed_is_no_answer_yet(empty_store: Path) -> None:
    """A municipality without a firm is no answer, but somebody has typed it."""
    async with at_screen(empty_store) as at:
        await at.press("k", "tab")
        await at.type("Lahti")
        await at.press("escape")
        assert "Jätetäänkö käynnistys kesken" in at.words


async def test_the_focus_goes_to_the_field_that_is_wrong(empty_store: Path) -> None:
    async with at_screen(empty_store) as at:
        await at.press("k", "tab", "f8")
        assert "Yrityksen nimi puuttuu" in at.words
        await at.fill(FIRM)
        await at.press("f8")
        await at.fill("kaksisataa")
        await at.press("f8")
        assert at.app.focused is not None
        assert at.app.focused.id == "headcount"


async def test_leaving_without_answers_does_not_ask(empty_store: Path) -> None:
    async with at_screen(empty_store) as at:
        await at.press("k", "escape")
        assert "Tilannekuva on tyhjä" in at.words


async def test_the_saved_plan_is_the_previewed_one(empty_store: Path) -> None:
    """What the group agreed to is what the store holds."""
    async with at_screen(empty_store, size=NARROW) as at:
        await at.press("k")
        await answer_five_questions(at)
        screen = at.app.screen
        plan = screen.known.preview.plan  # type: ignore[attr-defined]  # the trigger screen's own
        await at.press("f9")
        with at.store.reading() as session:
            saved = queries.tasks(session, "LAHTI-2027-01")
        assert {task.key: task.due_on for task in saved} == {
            task.key: task.due.value if task.due else None for task in plan.tasks
        }


async def test_pressing_confirm_twice_opens_one_incident(empty_store: Path) -> None:
    async with at_screen(empty_store) as at:
        await at.press("k")
        await answer_five_questions(at)
        await at.pilot.press("f9", "f9")
        await at.settled()
        assert incidents(at) == 1


async def test_the_preview_warns_of_a_firm_opened_twice_and_of_a_year_typed_wrongly(firm_store: Path) -> None:
    """Neither stands in the way: somebody may know better than the program."""
    async with at_screen(firm_store) as at:
        await at.press("k")
        await at.fill(FIRM.removesuffix(" Oy").lower())
        await at.press("f8")
        await at.fill("260")
        await at.press("f8", "f8", "tab")
        await at.fill("1.3.2025")
        await at.press("f8", "f8", "f8")
        assert "on jo käynnissä LAHTI-2027-01" in at.words
        assert "1.3.2025 on yli vuoden takana" in at.words
        await at.press("f9")
        assert incidents(at) == 2
