"""What stands on the screens that matter, as text: one snapshot each.

Updating one is a deliberate act: ``pytest tests/tui/test_screens.py --snapshot-update``, and the
difference is read before it is committed.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from muutosturva.coordination.setup import init_store
from muutosturva.incidents import service
from muutosturva.models.states import StoreKind
from tests.tui.support import ACTOR, NARROW, NOW, WIDE, answer_five_questions, at_screen, open_firm

LATER = NOW + dt.timedelta(days=7)
"""A week on: some tasks are late by then."""
SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "160x45"])


async def test_the_first_screen_of_an_empty_store(empty_store: Path, snapshot: SnapshotAssertion) -> None:
    async with at_screen(empty_store) as at:
        assert at.text == snapshot


@SIZES
async def test_the_first_screen_a_week_on(
    firm_store: Path, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    async with at_screen(firm_store, size=size, now=LATER) as at:
        assert at.text == snapshot


@SIZES
async def test_the_plan_of_an_incident(
    firm_store: Path, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    async with at_screen(firm_store, size=size) as at:
        await at.press("enter")
        assert at.text == snapshot


async def test_the_dates_of_the_trigger_dialog(empty_store: Path, snapshot: SnapshotAssertion) -> None:
    async with at_screen(empty_store) as at:
        await at.press("k")
        await answer_five_questions(at)
        await at.press("f7", "f7")
        assert at.text == snapshot


async def test_the_preview_before_anything_is_written(empty_store: Path, snapshot: SnapshotAssertion) -> None:
    async with at_screen(empty_store) as at:
        await at.press("k")
        await answer_five_questions(at)
        assert at.text == snapshot


async def test_the_help_of_an_incident(firm_store: Path, snapshot: SnapshotAssertion) -> None:
    async with at_screen(firm_store, size=(100, 50)) as at:
        await at.press("enter", "f1")
        assert at.text == snapshot


async def test_a_statutory_task_shows_its_three_dates_and_its_statute(firm_store: Path) -> None:
    async with at_screen(firm_store, size=WIDE) as at:
        await at.press("enter")
        for _ in range(70):
            if "Työnhakijaksi viimeistään (55+): " in at.words:
                break
            await at.press("down")
        assert "varma työpäivä" in at.words
        assert "viimeinen päivä, jos määräaika siirtyy" in at.words
        assert "§" in at.words
        assert "säännöstön versio" in at.words


async def test_a_regional_situation_sums_its_firms(firm_store: Path) -> None:
    """Three firms, one group: people are added up and every task names its firm."""
    open_firm(firm_store, "Huonekalu Esimerkki Oy", 90)
    async with at_screen(firm_store, size=WIDE) as at:
        await at.press("y", "tab")
        await at.fill("Lahden seutu")
        await at.press("enter")
        assert "350" in at.words
        assert "Tilanne: Lahden" in at.words
        await at.press("up", "up", "enter")
        assert "350 henkilöä" in at.words
        assert "Esimerkkikoria Oy, Lahti: 260 henkilöä" in at.words
        assert "Huonekalu Esimerkki Oy, Lahti: 90 henkilöä" in at.words
        assert "”Kuulimme asiasta”" in at.words  # the firm's own dates explain its tasks
        await at.press("4", "enter")
        assert "260 henkilöä" in at.words


@pytest.mark.parametrize(
    ("kind", "mark"),
    [
        (StoreKind.EXAMPLE, "ESIMERKKI – EXEMPEL – EXAMPLE"),
        (StoreKind.REAL, ""),
    ],
)
async def test_the_kind_of_the_store_is_always_in_sight(tmp_path: Path, kind: StoreKind, mark: str) -> None:
    """An example must never be taken for the real thing, in no place and behind no dialog."""
    place = tmp_path / "store.db"
    init_store(place, kind=kind, now=NOW)
    open_firm(place)
    async with at_screen(place) as at:
        for keys in ((), ("enter",), ("f1",)):
            await at.press(*keys)
            first = at.text.splitlines()[0]
            assert (mark in first) if mark else ("ESIMERKKI" not in first)


async def test_what_others_did_is_read_on_request(firm_store: Path) -> None:
    from muutosturva.coordination.sign_on import open_store

    async with at_screen(firm_store) as at:
        await at.press("enter")
        with open_store(firm_store) as other:
            service.finish_task(other, "LAHTI-2027-01", "B1", actor=ACTOR, now=NOW)
        assert "✓ tehty" not in at.text
        await at.press("f5")
        assert "✓ tehty" in at.text


async def test_the_mouse_gives_commands_too(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter")
        row, line = next((y, line) for y, line in enumerate(at.text.splitlines()) if "2 Loki" in line)
        await at.pilot.click(offset=(line.index("2 Loki") + 2, row))
        await at.settled()
        assert "[2 Loki" in at.text
