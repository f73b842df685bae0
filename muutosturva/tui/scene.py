"""What decides which commands can be given now, and the rules that say so. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from muutosturva.coordination.freshness import Freshness
from muutosturva.incidents.pure.views import IncidentView, TaskView
from muutosturva.models.states import INCIDENT_MOVES, RUNNING, IncidentState, Secrecy, TaskState
from muutosturva.playbooks.facts import DEFAULT_WAVE


@dataclass(frozen=True, slots=True)
class Scene:
    """What is on screen.

    Attributes:
        incident: the incident on screen, or None.
        task: the chosen task, or None.
        tab: the tab in sight; "" in a place without tabs.
        running: how many running incidents the first screen lists.
        listed: how many incidents it lists in all; of the playbooks, how many there are.
        step: step of the trigger dialog, counted from 0.
        last: the trigger dialog shows its preview.
        ready: the preview may be carried out.
        playbook: the playbook chosen or on screen, once it has been read.
    """

    incident: IncidentView | None = None
    task: TaskView | None = None
    tab: str = ""
    running: int = 0
    listed: int = 0
    step: int = 0
    last: bool = False
    ready: bool = False
    playbook: Freshness | None = None


Rule = Callable[[Scene], bool]

PLAN_TAB: Final = "plan"
LOG_TAB: Final = "log"


def always(_scene: Scene) -> bool:
    """Allow a command at any time."""
    return True


def shown(scene: Scene) -> bool:
    """Allow when an incident has been read, whatever its state."""
    return scene.incident is not None


def running(scene: Scene) -> bool:
    """Allow while the incident may still change."""
    return scene.incident is not None and scene.incident.state in RUNNING


def one_firm(scene: Scene) -> bool:
    """Allow for one running firm; a regional situation has no plan of its own."""
    return running(scene) and scene.incident is not None and not scene.incident.situation


def of_one_firm(scene: Scene) -> bool:
    """Allow for one firm, also when its incident has ended."""
    return scene.incident is not None and not scene.incident.situation


def has_anchors(scene: Scene) -> bool:
    """Allow when the running incident has dates that can move."""
    return one_firm(scene) and scene.incident is not None and bool(scene.incident.anchors)


def situation(scene: Scene) -> bool:
    """Allow for a running regional situation."""
    return running(scene) and scene.incident is not None and scene.incident.situation


def has_waves(scene: Scene) -> bool:
    """Allow when somebody has given the running firm a wave: that of everybody is the plan's own."""
    if not one_firm(scene) or scene.incident is None:
        return False
    return any(wave.wave != DEFAULT_WAVE for wave in scene.incident.waves)


def has_links(scene: Scene) -> bool:
    """Allow when firms are linked to the running one."""
    return one_firm(scene) and scene.incident is not None and bool(scene.incident.links)


def restricted(scene: Scene) -> bool:
    """Allow when only those let in may know."""
    return running(scene) and scene.incident is not None and scene.incident.secrecy is Secrecy.RESTRICTED


def not_public(scene: Scene) -> bool:
    """Allow when the news of a firm is not public yet."""
    return one_firm(scene) and scene.incident is not None and scene.incident.secrecy is not Secrecy.PUBLIC


def asked(scene: Scene) -> bool:
    """Allow when the running incident has a question nobody has answered."""
    return running(scene) and scene.incident is not None and bool(scene.incident.questions)


def has_roles(scene: Scene) -> bool:
    """Allow when the running incident has roles to fill."""
    return running(scene) and scene.incident is not None and bool(scene.incident.roles)


def can_change_state(scene: Scene) -> bool:
    """Allow when the incident has a state it may move to."""
    return scene.incident is not None and bool(INCIDENT_MOVES[scene.incident.state])


def closable(scene: Scene) -> bool:
    """Allow when the incident may be closed next; what is open is told when it is tried."""
    return scene.incident is not None and IncidentState.CLOSED in INCIDENT_MOVES[scene.incident.state]


def resting(scene: Scene) -> bool:
    """Allow for an incident that is watched or dormant, and may be taken up."""
    return scene.incident is not None and scene.incident.state in _RESTING


def closed(scene: Scene) -> bool:
    """Allow for a closed incident, whose review is written or skipped."""
    return scene.incident is not None and scene.incident.state is IncidentState.CLOSED


def task_startable(scene: Scene) -> bool:
    """Allow for a task not begun, or one that is finished and may be re-opened."""
    return task_chosen(scene) and scene.task is not None and scene.task.state not in _NOT_STARTABLE


def task_open(scene: Scene) -> bool:
    """Allow for a chosen task that still asks for work."""
    return task_chosen(scene) and scene.task is not None and scene.task.open


_RESTING: Final = frozenset({IncidentState.WATCH, IncidentState.DORMANT})
_NOT_STARTABLE: Final = frozenset({TaskState.STARTED, TaskState.WITHDRAWN})


def task_chosen(scene: Scene) -> bool:
    """Allow while a task of a running incident is chosen in the plan."""
    return running(scene) and scene.tab == PLAN_TAB and scene.task is not None


def listed(scene: Scene) -> bool:
    """Allow when something is listed."""
    return scene.listed > 0


def several_running(scene: Scene) -> bool:
    """Allow when the first screen lists incidents that could be joined."""
    return scene.running > 1


def playbook_plannable(scene: Scene) -> bool:
    """Allow when the playbook could be triggered."""
    return scene.playbook is not None and scene.playbook.usable and scene.playbook.triggered


def playbook_tested(scene: Scene) -> bool:
    """Allow when the playbook has worked cases that can be run."""
    return scene.playbook is not None and scene.playbook.usable and scene.playbook.tests > 0


def playbook_own(scene: Scene) -> bool:
    """Allow for one of the office's own: what ships is copied, not edited."""
    return scene.playbook is not None and scene.playbook.volume.own
