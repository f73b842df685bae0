"""Every command is declared once, and everything people see of it comes from there."""

from __future__ import annotations

import inspect
from collections import Counter
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.keys import _character_to_key

from muutosturva.i18n import LANGUAGES, Language, Texts
from muutosturva.tui.commands import COMMANDS, TABS, Command, PlaceId, bindings, named, of_place, seen_in
from muutosturva.tui.dialogs.base import Dialog
from muutosturva.tui.flows.table import PAGE_FLOWS, TASK_FLOWS
from muutosturva.tui.places import Place
from muutosturva.tui.scene import PLAN_TAB, Scene
from muutosturva.tui.screens.board import BoardScreen
from muutosturva.tui.screens.help import HelpScreen, help_text
from muutosturva.tui.screens.incident import TABS as TAB_WIDGETS
from muutosturva.tui.screens.incident import IncidentScreen
from muutosturva.tui.screens.playbook import PlaybookScreen
from muutosturva.tui.screens.playbooks import PlaybooksScreen
from muutosturva.tui.screens.trial import TrialScreen
from muutosturva.tui.screens.trigger import TriggerScreen
from tests.tui.support import at_screen

PLACES: dict[PlaceId, type[Place | Dialog[object]]] = {
    PlaceId.ANYWHERE: Place,
    PlaceId.BOARD: BoardScreen,
    PlaceId.INCIDENT: IncidentScreen,
    PlaceId.TRIGGER: TriggerScreen,
    PlaceId.PLAYBOOKS: PlaybooksScreen,
    PlaceId.PLAYBOOK: PlaybookScreen,
    PlaceId.TRIAL: TrialScreen,
    PlaceId.HELP: HelpScreen,
    PlaceId.DIALOG: Dialog,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_a_command_has_name_and_help_in_every_language(command: Command, language: Language) -> None:
    """A command without words can be pressed but not found."""
    texts = Texts(language)
    for key in (command.name_key, command.short_key, command.help_key):
        assert texts(key)


def test_ids_are_unique() -> None:
    assert [name for name, count in Counter(c.id for c in COMMANDS).items() if count > 1] == []


@pytest.mark.parametrize("place", [place for place in PlaceId if place is not PlaceId.ANYWHERE])
def test_no_key_means_two_things_in_one_place(place: PlaceId) -> None:
    commands = of_place(place) if place is PlaceId.DIALOG else seen_in(place)
    for tab in TABS if place is PlaceId.INCIDENT else ("",):
        here = [command for command in commands if command.keyed(Scene(tab=tab)) and command.keys]
        keys = Counter(key for command in here for key in command.keys.split(","))
        assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("place", PlaceId)
def test_a_place_binds_what_the_registry_declares_and_nothing_else(place: PlaceId) -> None:
    own = PLACES[place].__dict__["BINDINGS"]
    assert own == bindings(place)
    assert [binding.id for binding in own if isinstance(binding, Binding)] == [
        f"{place.value}.{command.id}" for command in of_place(place) if command.keys
    ]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_the_place_of_a_command_carries_it_out(command: Command) -> None:
    """An action that no method stands behind would be a key that does nothing."""
    method, _, _argument = command.action.partition("(")
    assert inspect.isfunction(getattr(PLACES[command.place], f"action_{method}", None))


def test_each_command_that_asks_has_its_flow_and_no_flow_is_without_a_command() -> None:
    asked = {command.id for command in COMMANDS if command.action == f"give('{command.id}')"}
    assert asked == {*PAGE_FLOWS, *TASK_FLOWS}
    assert not {*PAGE_FLOWS} & {*TASK_FLOWS}


def test_each_tab_has_its_widget() -> None:
    assert tuple(tab.TAB for tab in TAB_WIDGETS) == TABS


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_letters_work_in_both_cases(command: Command) -> None:
    """Caps lock must not make the program deaf."""
    letters = [key for key in command.keys.split(",") if len(key) == 1 and key.isalpha()]
    assert {letter.lower() for letter in letters} == {
        letter.lower() for letter in letters if letter.isupper()
    }


@pytest.mark.parametrize(
    "place", [PlaceId.BOARD, PlaceId.INCIDENT, PlaceId.TRIGGER, PlaceId.PLAYBOOKS, PlaceId.PLAYBOOK]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_help_names_every_command_of_its_place(place: PlaceId, language: Language) -> None:
    texts = Texts(language)
    shown = help_text(texts, place).plain
    missing = [command.id for command in seen_in(place) if texts(command.name_key) not in shown]
    assert missing == []


def test_nothing_can_be_done_to_a_task_before_one_is_chosen() -> None:
    for name in ("start_task", "finish_task", "skip_task", "assign_task", "redate_task"):
        assert not named(name).allowed(Scene())


async def test_the_key_bar_shows_the_commands_of_the_registry(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter")
        for command in of_place(PlaceId.INCIDENT):
            if command.bar and command.tab in {"", PLAN_TAB}:
                assert f"{command.shown} {at.app.texts(command.short_key)}" in at.words


async def test_an_empty_store_offers_only_what_can_be_done(empty_store: Path) -> None:
    """Whoever sees the first screen for the first time finds the trigger, and nothing to stumble over."""
    async with at_screen(empty_store) as at:
        assert at.text.splitlines()[-1].split("  ")[0].strip() == "K Käynnistä toimintamalli"
        assert "Enter" not in at.text.splitlines()[-1]


async def test_a_finished_task_cannot_be_finished_again(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "v")
        active = at.app.screen.active_bindings
        assert not active["v"].enabled
        assert active["a"].enabled  # it can be re-opened


async def test_the_palette_finds_a_command_by_its_name_and_gives_it(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        await at.press("enter", "ctrl+p")
        await at.type("merkin")
        await at.press("enter")
        assert "Mitä tapahtui" in at.words


async def test_the_palette_says_when_nothing_fits(firm_store: Path) -> None:
    """Textual's own sentence is English."""
    async with at_screen(firm_store) as at:
        await at.press("ctrl+p")
        await at.type("qqqq")
        assert "Sellaista komentoa ei ole" in at.words


def test_keys_are_ones_textual_knows() -> None:
    with_names = {"enter", "escape", "tab", "question_mark", "colon", "plus", "minus"}
    for command in COMMANDS:
        for key in command.keys.split(",") if command.keys else ():
            base = key.rpartition("+")[2]
            known = base in with_names or (len(base) == 1 and _character_to_key(base)) or base[1:].isdigit()
            assert known or base in {"left", "right"}, key
