"""Every command, declared once: its id, its keys, its topic, where it applies and when it is allowed.

Bindings, the key bar, the palette and the help screen are derived from this list; the words are
in the catalogue under ``tui.command.<id>``: ``name`` (palette and help), ``short`` (key bar) and
``help`` (one sentence).

How to add a command of the incident:

1. the use case as a method of the part of its topic: ``tui/backend/<topic>.py``;
2. its dialog, when it asks something: ``tui/dialogs/<topic>.py``;
3. what it does as a flow in ``tui/flows/<topic>.py``: an ``async def`` that takes a ``Job`` (and a
   task), asks, acts and returns what to tell the person; its name goes into ``tui/flows/table.py``;
4. here: ``_asks("<id>", Topic.…, "<keys>")`` with the rule from ``tui/scene.py`` that allows it;
5. its words in the three languages.

Keys. A letter of its own is for what is done many times a day; it stands in both cases, since caps
lock must not make the program deaf. A letter that means something in one tab only is declared with
``tab`` and may mean something else in another. Everything else has no key: it is found by its name
or its topic in the palette (``:`` or Ctrl+P), and in the help. ``bar`` puts a command into the key
bar; the bar has three lines at 80 columns and is for what a first-time user looks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from textual.binding import Binding, BindingType

from muutosturva.tui import scene
from muutosturva.tui.scene import LOG_TAB, PLAN_TAB, Rule, Scene


class PlaceId(StrEnum):
    """Where a command applies."""

    ANYWHERE = "anywhere"
    BOARD = "board"
    INCIDENT = "incident"
    TRIGGER = "trigger"
    PLAYBOOKS = "playbooks"
    PLAYBOOK = "playbook"
    TRIAL = "trial"
    HELP = "help"
    DIALOG = "dialog"


class Topic(StrEnum):
    """What a command is about, in the order of the help screen."""

    TASKS = "tasks"
    DATES = "dates"
    NUMBERS = "numbers"
    WAVES = "waves"
    PEOPLE = "people"
    FIRMS = "firms"
    SECRECY = "secrecy"
    RECORDS = "records"
    EVIDENCE = "evidence"
    FILES = "files"
    PLAYBOOKS = "playbooks"
    LIFE = "life"
    VIEWS = "views"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    Attributes:
        id: stem of the catalogue keys.
        keys: Textual keys, separated by commas; "" for a command of the palette alone.
        shown: the key as people see it.
        place: where it applies.
        topic: what it is about.
        action: Textual action that carries it out.
        bar: shown in the key bar, too; help and palette show every command.
        allowed: when it may be given.
        hides: left out of the key bar while it is not allowed, instead of dim.
        priority: works before the focused widget has its say.
        tab: the only tab in which its key means this; the palette gives it everywhere.
    """

    id: str
    keys: str
    shown: str
    place: PlaceId
    topic: Topic
    action: str
    bar: bool = True
    allowed: Rule = scene.always
    hides: bool = False
    priority: bool = False
    tab: str = ""

    @property
    def name_key(self) -> str:
        """Return the catalogue key of its name."""
        return f"tui.command.{self.id}.name"

    @property
    def short_key(self) -> str:
        """Return the catalogue key of its name in the key bar."""
        return f"tui.command.{self.id}.short"

    @property
    def help_key(self) -> str:
        """Return the catalogue key of its help sentence."""
        return f"tui.command.{self.id}.help"

    @property
    def binding(self) -> Binding:
        """Return the binding; its description is a catalogue key, since languages change at run time."""
        return Binding(
            self.keys,
            f"in_tab('{self.id}')" if self.tab else self.action,
            self.name_key,
            show=self.bar,
            key_display=self.shown,
            priority=self.priority,
            id=f"{self.place.value}.{self.id}",
        )

    def keyed(self, now: Scene) -> bool:
        """Tell whether its key means this in the tab in sight."""
        return self.tab in {"", now.tab}


_SIGNS: Final = {"plus": "+", "minus": "-"}


def _letter(letter: str) -> tuple[str, str]:
    """Return the keys of a letter in both cases, and how people see it; of a sign the sign."""
    if letter in _SIGNS:
        return letter, _SIGNS[letter]
    return (f"{letter},{letter.upper()}", letter.upper()) if letter else ("", "")


def _asks(
    name: str, topic: Topic, letter: str = "", *, allowed: Rule, bar: bool = False, tab: str = ""
) -> Command:
    """Return a command of the incident that a flow of ``flows.table`` carries out."""
    keys, shown = _letter(letter)
    place, action = PlaceId.INCIDENT, f"give('{name}')"
    return Command(name, keys, shown, place, topic, action, bar=bar, allowed=allowed, tab=tab)


def _tab(number: int, tab: str) -> Command:
    """Return the command that shows a tab of the incident."""
    key, action = str(number), f"turn_to('{tab}')"
    return Command(f"show_{tab}", key, key, PlaceId.INCIDENT, Topic.VIEWS, action, bar=False)


def _does(
    name: str,
    keys: str,
    shown: str,
    place: PlaceId,
    topic: Topic = Topic.VIEWS,
    *,
    bar: bool = True,
    allowed: Rule = scene.always,
    hides: bool = False,
    priority: bool = False,
    tab: str = "",
) -> Command:
    """Return a command that a method ``action_<name>`` of its place carries out."""
    return Command(name, keys, shown, place, topic, name, bar, allowed, hides, priority, tab)


_PLANNED, _TESTED, _OWN = scene.playbook_plannable, scene.playbook_tested, scene.playbook_own

TABS: Final = ("plan", "log", "documents", "facts", "numbers")
"""Tabs of the incident, in the order of their keys."""

COMMANDS: Final[tuple[Command, ...]] = (
    _does("trigger", "k,K,l,L", "K", PlaceId.BOARD, Topic.FIRMS),
    _does("open_chosen", "enter", "Enter", PlaceId.BOARD, allowed=scene.listed, hides=True),
    _does("group", "y,Y", "Y", PlaceId.BOARD, Topic.FIRMS, allowed=scene.several_running, hides=True),
    _does("show_playbooks", "t,T", "T", PlaceId.BOARD, Topic.PLAYBOOKS),
    _does("add_office_days", "", "", PlaceId.BOARD, Topic.DATES, bar=False),
    _does("remove_office_days", "", "", PlaceId.BOARD, Topic.DATES, bar=False),
    _does("next_list", "tab", "Tab", PlaceId.BOARD, allowed=scene.listed, hides=True),
    _asks("start_task", Topic.TASKS, "a", allowed=scene.task_startable, bar=True),
    _asks("finish_task", Topic.TASKS, "v", allowed=scene.task_open, bar=True),
    _asks("skip_task", Topic.TASKS, "o", allowed=scene.task_open, bar=True),
    _asks("assign_task", Topic.TASKS, "t", allowed=scene.task_open, bar=True),
    _asks("redate_task", Topic.TASKS, "s", allowed=scene.task_open, bar=True),
    _asks("label_task", Topic.TASKS, "l", allowed=scene.task_chosen),
    _asks("move_task", Topic.TASKS, "w", allowed=scene.task_chosen),
    _asks("share_task", Topic.TASKS, "y", allowed=scene.task_chosen),
    _asks("show_shared", Topic.TASKS, allowed=scene.shown),
    _asks("tell_of_late", Topic.TASKS, "h", allowed=scene.running),
    _asks("add_task", Topic.TASKS, "u", allowed=scene.one_firm),
    _asks("paste_tasks", Topic.TASKS, allowed=scene.one_firm),
    _asks("set_anchor", Topic.DATES, "p", allowed=scene.has_anchors, bar=True),
    _asks("assign_role", Topic.PEOPLE, "r", allowed=scene.has_roles, bar=True),
    _asks("show_roles", Topic.PEOPLE, allowed=scene.shown),
    _asks("add_absence", Topic.PEOPLE, allowed=scene.shown),
    _asks("remove_absence", Topic.PEOPLE, allowed=scene.shown),
    _asks("add_note", Topic.RECORDS, "m", allowed=scene.running, bar=True),
    _asks("answer", Topic.DATES, "k", allowed=scene.asked, bar=True),
    _asks("export_document", Topic.FILES, "e", allowed=scene.shown, bar=True),
    _asks("export_calendar", Topic.FILES, "c", allowed=scene.shown),
    _asks("export_tables", Topic.FILES, allowed=scene.shown),
    _asks("export_checklist", Topic.FILES, allowed=scene.has_roles),
    _asks("import_sheet", Topic.FILES, allowed=scene.running),
    _asks("amend", Topic.NUMBERS, "i", allowed=scene.one_firm, bar=True),
    _asks("accept_offers", Topic.NUMBERS, allowed=scene.one_firm),
    _asks("decline_offers", Topic.NUMBERS, allowed=scene.one_firm),
    _asks("set_level", Topic.NUMBERS, allowed=scene.one_firm),
    _asks("set_wave", Topic.WAVES, allowed=scene.one_firm),
    _asks("remove_wave", Topic.WAVES, allowed=scene.has_waves),
    _asks("extend", Topic.NUMBERS, allowed=scene.one_firm),
    _asks("ungroup", Topic.FIRMS, allowed=scene.situation),
    _asks("merge", Topic.FIRMS, allowed=scene.one_firm),
    _asks("link_firm", Topic.FIRMS, allowed=scene.one_firm),
    _asks("change_link", Topic.FIRMS, allowed=scene.has_links),
    _asks("unlink_firm", Topic.FIRMS, allowed=scene.has_links),
    _asks("publish", Topic.SECRECY, allowed=scene.not_public),
    _asks("set_secrecy", Topic.SECRECY, allowed=scene.running),
    _asks("grant_access", Topic.SECRECY, allowed=scene.restricted),
    _asks("end_access", Topic.SECRECY, allowed=scene.restricted),
    _asks("update", Topic.RECORDS, allowed=scene.running),
    _asks("decide", Topic.RECORDS, allowed=scene.running),
    _asks("write_minutes", Topic.RECORDS, allowed=scene.running),
    _asks("correct", Topic.RECORDS, allowed=scene.shown),
    _asks("attach", Topic.EVIDENCE, allowed=scene.running),
    _asks("check_evidence", Topic.EVIDENCE, allowed=scene.shown),
    _asks("detach", Topic.EVIDENCE, allowed=scene.running),
    _asks("undo", Topic.LIFE, "z", allowed=scene.shown),
    _asks("redo", Topic.LIFE, allowed=scene.shown),
    _asks("change_state", Topic.LIFE, "x", allowed=scene.can_change_state),
    _asks("close", Topic.LIFE, allowed=scene.closable),
    _asks("rebase", Topic.LIFE, allowed=scene.one_firm),
    _asks("save_as_playbook", Topic.FILES, allowed=scene.of_one_firm),
    _asks("resume", Topic.LIFE, allowed=scene.resting),
    _asks("write_review", Topic.LIFE, allowed=scene.closed),
    _asks("skip_review", Topic.LIFE, allowed=scene.closed),
    _asks("turn_view", Topic.VIEWS, "n", allowed=scene.shown, bar=True, tab=PLAN_TAB),
    _asks("turn_log", Topic.VIEWS, "n", allowed=scene.shown, bar=True, tab=LOG_TAB),
    _asks("narrow_list", Topic.VIEWS, "f", allowed=scene.shown, tab=PLAN_TAB),
    _asks("reorder_list", Topic.VIEWS, "j", allowed=scene.shown, tab=PLAN_TAB),
    _asks("show_nearer", Topic.VIEWS, "plus", allowed=scene.shown, tab=PLAN_TAB),
    _asks("show_whole", Topic.VIEWS, "minus", allowed=scene.shown, tab=PLAN_TAB),
    *(_tab(number, tab) for number, tab in enumerate(TABS, 1)),
    _does("previous_step", "f7,alt+left", "F7", PlaceId.TRIGGER, allowed=lambda now: now.step > 0),
    _does("next_step", "f8,alt+right", "F8", PlaceId.TRIGGER, allowed=lambda now: not now.last),
    _does("confirm_trigger", "f9", "F9", PlaceId.TRIGGER, allowed=lambda now: now.ready),
    _does("next_answer", "enter", "Enter", PlaceId.TRIGGER, bar=False, priority=True),
    _does("go_back", "escape", "Esc", PlaceId.INCIDENT),
    _does("leave_trigger", "escape", "Esc", PlaceId.TRIGGER),
    _does("previous_question", "f7,alt+left", "F7", PlaceId.TRIAL, allowed=lambda now: now.step > 0),
    _does("next_question", "f8,alt+right", "F8", PlaceId.TRIAL, allowed=lambda now: not now.last),
    _does("answer_next", "enter", "Enter", PlaceId.TRIAL, bar=False, priority=True),
    _does("leave_trial", "escape", "Esc", PlaceId.TRIAL),
    _does("open_playbook", "enter", "Enter", PlaceId.PLAYBOOKS, Topic.PLAYBOOKS, allowed=scene.listed),
    _does("try_chosen", "e,E", "E", PlaceId.PLAYBOOKS, Topic.PLAYBOOKS, allowed=_PLANNED),
    _does("test_chosen", "a,A", "A", PlaceId.PLAYBOOKS, Topic.PLAYBOOKS, allowed=_TESTED),
    _does("leave_playbooks", "escape", "Esc", PlaceId.PLAYBOOKS),
    _does("next_part", "tab", "Tab", PlaceId.PLAYBOOK),
    _does("try_playbook", "e,E", "E", PlaceId.PLAYBOOK, Topic.PLAYBOOKS, allowed=_PLANNED),
    _does("test_playbook", "a,A", "A", PlaceId.PLAYBOOK, Topic.PLAYBOOKS, allowed=_TESTED),
    _does("edit_playbook", "m,M", "M", PlaceId.PLAYBOOK, Topic.PLAYBOOKS, allowed=_OWN, hides=True),
    _does("leave_playbook", "escape", "Esc", PlaceId.PLAYBOOK),
    _does("close_help", "escape,q,Q", "Esc", PlaceId.HELP),
    _does("next_field", "enter", "Enter", PlaceId.DIALOG, priority=True),
    _does("cancel_dialog", "escape", "Esc", PlaceId.DIALOG),
    _does("refresh_view", "f5", "F5", PlaceId.ANYWHERE, bar=False),
    _does("choose_command", "ctrl+p,colon", "^P", PlaceId.ANYWHERE, Topic.PROGRAM),
    _does("show_help", "f1,question_mark", "F1", PlaceId.ANYWHERE, Topic.PROGRAM),
    _does("change_language", "f2", "F2", PlaceId.ANYWHERE, Topic.PROGRAM, bar=False),
    _does("change_person", "f3", "F3", PlaceId.ANYWHERE, Topic.PROGRAM, bar=False),
    _does("show_work", "", "", PlaceId.ANYWHERE, Topic.PEOPLE, bar=False),
    _does("show_gaps", "", "", PlaceId.ANYWHERE, Topic.PEOPLE, bar=False),
    _does("leave", "q,Q", "Q", PlaceId.BOARD, Topic.PROGRAM),
    _does("quit", "ctrl+q", "^Q", PlaceId.ANYWHERE, Topic.PROGRAM, bar=False, priority=True),
)
"""In the order of the key bar; the help screen goes by topic."""


def of_place(place: PlaceId) -> Iterator[Command]:
    """Yield the commands declared for one place, without those that apply anywhere."""
    return (command for command in COMMANDS if command.place is place)


def seen_in(place: PlaceId) -> tuple[Command, ...]:
    """Return every command a person can give in a place, its own ones first."""
    return (*of_place(place), *of_place(PlaceId.ANYWHERE))


def bindings(place: PlaceId) -> list[BindingType]:
    """Return the Textual bindings of a place."""
    return [command.binding for command in of_place(place) if command.keys]


def named(name: str) -> Command:
    """Return a command by its id, which must be one."""
    return next(command for command in COMMANDS if command.id == name)


def find(action: str, parameters: tuple[object, ...], place: PlaceId) -> Command | None:
    """Return the command behind an action of a place, or None when it is Textual's own."""
    full = f"{action}('{parameters[0]}')" if parameters else action
    for command in seen_in(place):
        if full in {command.action, f"in_tab('{command.id}')"}:
            return command
    return None
