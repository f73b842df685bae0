"""Every command, declared once: its id, its keys, where it applies and when it is allowed.

Bindings, the key bar, the palette and the help screen are derived from this list; the words are
in the catalogue under ``tui.command.<id>``: ``name`` (palette and help), ``short`` (key bar) and
``help`` (one sentence). The id is the Textual action of the place that carries it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from textual.binding import Binding, BindingType

from muutosturva.incidents.views import IncidentView, TaskView
from muutosturva.models.states import INCIDENT_MOVES, RUNNING, TaskState


class PlaceId(StrEnum):
    """Where a command applies."""

    ANYWHERE = "anywhere"
    BOARD = "board"
    INCIDENT = "incident"
    TRIGGER = "trigger"
    HELP = "help"
    DIALOG = "dialog"


@dataclass(frozen=True, slots=True)
class Scene:
    """What decides which commands can be given now.

    Attributes:
        incident: the incident on screen, or None.
        task: the chosen task, or None.
        task_listed: the list of tasks is what is shown.
        running: how many running incidents the first screen lists.
        listed: how many incidents it lists in all.
        step: step of the trigger dialog, counted from 0.
        last: the trigger dialog shows its preview.
        ready: the preview may be carried out.
    """

    incident: IncidentView | None = None
    task: TaskView | None = None
    task_listed: bool = False
    running: int = 0
    listed: int = 0
    step: int = 0
    last: bool = False
    ready: bool = False


Rule = Callable[[Scene], bool]


def always(_scene: Scene) -> bool:
    """Allow a command at any time."""
    return True


def running(scene: Scene) -> bool:
    """Allow while the incident may still change."""
    return scene.incident is not None and scene.incident.state in RUNNING


def one_firm(scene: Scene) -> bool:
    """Allow for one running firm; a regional situation has no plan of its own."""
    return running(scene) and scene.incident is not None and not scene.incident.situation


def has_anchors(scene: Scene) -> bool:
    """Allow when the running incident has dates that can move."""
    return one_firm(scene) and scene.incident is not None and bool(scene.incident.anchors)


def asked(scene: Scene) -> bool:
    """Allow when the running incident has a question nobody has answered."""
    return running(scene) and scene.incident is not None and bool(scene.incident.questions)


def has_roles(scene: Scene) -> bool:
    """Allow when the running incident has roles to fill."""
    return running(scene) and scene.incident is not None and bool(scene.incident.roles)


def can_change_state(scene: Scene) -> bool:
    """Allow when the incident has a state it may move to."""
    return scene.incident is not None and bool(INCIDENT_MOVES[scene.incident.state])


def task_startable(scene: Scene) -> bool:
    """Allow for a task not begun, or one that is finished and may be re-opened."""
    return _chosen(scene) and scene.task is not None and scene.task.state not in _NOT_STARTABLE


def task_open(scene: Scene) -> bool:
    """Allow for a chosen task that still asks for work."""
    return _chosen(scene) and scene.task is not None and scene.task.open


_NOT_STARTABLE: Final = frozenset({TaskState.STARTED, TaskState.WITHDRAWN})


def _chosen(scene: Scene) -> bool:
    return running(scene) and scene.task_listed and scene.task is not None


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    Attributes:
        id: Textual action and stem of the catalogue keys.
        keys: Textual keys, separated by commas.
        shown: the key as people see it.
        place: where it applies.
        bar: shown in the key bar, too; help and palette show every command.
        allowed: when it may be given.
        hides: left out of the key bar while it is not allowed, instead of dim.
        priority: works before the focused widget has its say.
    """

    id: str
    keys: str
    shown: str
    place: PlaceId
    bar: bool = True
    allowed: Rule = always
    hides: bool = False
    priority: bool = False

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
            self.id,
            self.name_key,
            show=self.bar,
            key_display=self.shown,
            priority=self.priority,
            id=f"{self.place.value}.{self.id}",
        )


COMMANDS: Final[tuple[Command, ...]] = (
    Command("trigger", "l,L", "L", PlaceId.BOARD),
    Command(
        "open_chosen", "enter", "Enter", PlaceId.BOARD, allowed=lambda scene: scene.listed > 0, hides=True
    ),
    Command("group", "y,Y", "Y", PlaceId.BOARD, allowed=lambda scene: scene.running > 1, hides=True),
    Command("next_list", "tab", "Tab", PlaceId.BOARD, allowed=lambda scene: scene.listed > 0, hides=True),
    Command("start_task", "a,A", "A", PlaceId.INCIDENT, allowed=task_startable),
    Command("finish_task", "v,V", "V", PlaceId.INCIDENT, allowed=task_open),
    Command("skip_task", "o,O", "O", PlaceId.INCIDENT, allowed=task_open),
    Command("assign_task", "t,T", "T", PlaceId.INCIDENT, allowed=task_open),
    Command("redate_task", "s,S", "S", PlaceId.INCIDENT, allowed=task_open),
    Command("add_task", "u,U", "U", PlaceId.INCIDENT, bar=False, allowed=one_firm),
    Command("set_anchor", "p,P", "P", PlaceId.INCIDENT, allowed=has_anchors),
    Command("assign_role", "r,R", "R", PlaceId.INCIDENT, allowed=has_roles),
    Command("add_note", "m,M", "M", PlaceId.INCIDENT, allowed=running),
    Command("answer", "k,K", "K", PlaceId.INCIDENT, allowed=asked),
    Command("export_document", "e,E", "E", PlaceId.INCIDENT, allowed=lambda s: s.incident is not None),
    Command("export_calendar", "c,C", "C", PlaceId.INCIDENT, allowed=lambda s: s.incident is not None),
    Command("change_state", "x,X", "X", PlaceId.INCIDENT, bar=False, allowed=can_change_state),
    Command("narrow_list", "n,N", "N", PlaceId.INCIDENT, bar=False),
    Command("show_plan", "1", "1", PlaceId.INCIDENT, bar=False),
    Command("show_log", "2", "2", PlaceId.INCIDENT, bar=False),
    Command("show_documents", "3", "3", PlaceId.INCIDENT, bar=False),
    Command("show_facts", "4", "4", PlaceId.INCIDENT, bar=False),
    Command("previous_step", "f7,alt+left", "F7", PlaceId.TRIGGER, allowed=lambda scene: scene.step > 0),
    Command("next_step", "f8,alt+right", "F8", PlaceId.TRIGGER, allowed=lambda scene: not scene.last),
    Command("confirm_trigger", "f9", "F9", PlaceId.TRIGGER, allowed=lambda scene: scene.ready),
    Command("next_answer", "enter", "Enter", PlaceId.TRIGGER, bar=False, priority=True),
    Command("go_back", "escape", "Esc", PlaceId.INCIDENT),
    Command("leave_trigger", "escape", "Esc", PlaceId.TRIGGER),
    Command("close_help", "escape,q,Q", "Esc", PlaceId.HELP),
    Command("next_field", "enter", "Enter", PlaceId.DIALOG, priority=True),
    Command("cancel_dialog", "escape", "Esc", PlaceId.DIALOG),
    Command("refresh_view", "f5", "F5", PlaceId.ANYWHERE, bar=False),
    Command("choose_command", "ctrl+p", "^P", PlaceId.ANYWHERE, priority=True),
    Command("show_help", "f1,question_mark", "F1", PlaceId.ANYWHERE),
    Command("change_language", "f2", "F2", PlaceId.ANYWHERE, bar=False),
    Command("leave", "q,Q", "Q", PlaceId.BOARD),
    Command("quit", "ctrl+q", "^Q", PlaceId.ANYWHERE, bar=False, priority=True),
)
"""In the order of the key bar and of the help screen."""


def of_place(place: PlaceId) -> Iterator[Command]:
    """Yield the commands declared for one place, without those that apply anywhere."""
    return (command for command in COMMANDS if command.place is place)


def seen_in(place: PlaceId) -> tuple[Command, ...]:
    """Return every command a person can give in a place, its own ones first."""
    return (*of_place(place), *of_place(PlaceId.ANYWHERE))


def bindings(place: PlaceId) -> list[BindingType]:
    """Return the Textual bindings of a place."""
    return [command.binding for command in of_place(place)]


def find(action: str, place: PlaceId) -> Command | None:
    """Return the command behind an action of a place, or None when it is Textual's own."""
    return next((command for command in seen_in(place) if command.id == action), None)
