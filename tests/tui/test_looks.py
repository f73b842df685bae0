"""The plan as list, board and bars: one choice, one set of commands, three ways to look."""

from __future__ import annotations

from pathlib import Path

import pytest

from muutosturva.incidents.reading import queries
from muutosturva.models.states import TaskState
from muutosturva.tui.cutting import cut_apart, wrapped
from muutosturva.tui.looks import COLUMNS, ORDERS, Look, View, looked_at
from muutosturva.tui.screens.incident import IncidentScreen
from tests.tui.support import NARROW, NOW, WIDE, Session, at_screen

INCIDENT = "LAHTI-2027-01"


def chosen(at: Session) -> str:
    """Return the id of the chosen task."""
    screen = at.app.screen
    assert isinstance(screen, IncidentScreen)
    return screen.task_view.key if screen.task_view else ""


def state_of(at: Session, key: str) -> TaskState:
    """Return the saved state of a task."""
    with at.store.reading() as session:
        return next(task.state for task in queries.tasks(session, INCIDENT) if task.key == key)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "160x45"])
async def test_the_chosen_task_stays_chosen_in_each_view(firm_store: Path, size: tuple[int, int]) -> None:
    async with at_screen(firm_store, size=size) as at:
        await at.press("enter", "down", "down", "down")
        key = chosen(at)
        for _ in View:
            await at.press("n")
            assert chosen(at) == key
        assert key


@pytest.mark.parametrize("turns", [0, 1, 2], ids=["list", "board", "bars"])
async def test_a_command_means_the_chosen_task_in_each_view(firm_store: Path, turns: int) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", *["n"] * turns)
        key = chosen(at)
        await at.press("v")
        assert state_of(at, key) is TaskState.DONE
        assert chosen(at) == key


async def test_the_board_has_a_column_for_each_state_and_arrows_go_between_them(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "a", "n")
        assert "kesken (1)" in at.text
        assert chosen(at) == "log-news"
        await at.press("left")
        assert state_of(at, chosen(at)) is TaskState.READY
        await at.press("left")
        assert state_of(at, chosen(at)) in COLUMNS["waiting"]


async def test_the_bars_mark_today_the_dates_and_what_decides_the_end(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "n", "n")
        assert "▼ tänään 1.3.2027" in at.text
        assert "◆" in at.text
        assert "ratkaisee:" in at.text
        await at.press("ctrl+end")
        assert "»" in at.text


async def test_the_bars_come_nearer_and_go_back(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "n", "n")
        whole = at.text
        await at.press("plus", "plus")
        assert at.text != whole
        await at.press("minus")
        assert at.text == whole


async def test_enter_reads_the_chosen_task_where_the_screen_is_narrow(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "n")
        assert "Näin teet" not in at.text
        await at.press("enter")
        assert "Kuka" in at.text


async def test_a_text_narrows_the_plan_and_says_so(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "f")
        await at.fill("viikkokokous")
        await at.press("enter", "enter", "enter", "enter")
        assert "haku ”viikkokokous”" in at.text
        assert "B1 " not in at.text
        await at.press("n")
        assert "haku ”viikkokokous”" in at.text


async def test_the_order_changes_and_is_told(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "j")
        assert "järjestys: suunnitelma" in at.text


async def test_no_order_loses_a_task(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        with at.store.reading() as session:
            tasks = queries.tasks(session, INCIDENT)
    for order in ORDERS:
        found = looked_at(at.app.texts, tasks, Look(order=order), NOW.date(), ())
        assert sorted(task.key for task in found) == sorted(task.key for task in tasks)


def test_every_state_has_its_column() -> None:
    assert {state for states in COLUMNS.values() for state in states} == {*TaskState}
    assert sum(len(states) for states in COLUMNS.values()) == len(TaskState)


@pytest.mark.parametrize(
    ("texts", "width", "shown"),
    [
        (["short"], 10, ["short"]),
        (["a long title that ends"], 10, ["a long ti…"]),
        (["meeting: Lahti", "meeting: Hollo"], 10, ["meeti…ahti", "meeti…ollo"]),
        (["the same text", "the same text"], 8, ["the sam…", "the sam…"]),
    ],
)
def test_titles_that_differ_only_at_their_end_read_differently(
    texts: list[str], width: int, shown: list[str]
) -> None:
    assert cut_apart(texts, width) == shown


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("short", ["short"]),
        ("two words here", ["two words", "here"]),
        ("abcdefghijklmno", ["abcdefghij", "klmno"]),
        ("one two three four five six", ["one two", "three fou…"]),
    ],
)
def test_a_title_is_broken_between_words(text: str, lines: list[str]) -> None:
    assert wrapped(text, 10, 2) == lines
