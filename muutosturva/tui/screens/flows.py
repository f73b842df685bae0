"""What the incident's commands do: ask, carry out, and say what was done.

Each is called in the place's dialog worker and returns what to tell the person, or "" when the
dialog was cancelled and nothing happened.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from muutosturva.errors import ConflictError
from muutosturva.i18n import Texts
from muutosturva.incidents.views import Changes, QuestionView, RoleView, TaskView
from muutosturva.models.states import OPEN_TASKS
from muutosturva.tui import words
from muutosturva.tui.backend import IncidentPage
from muutosturva.tui.dialogs.asking import NoteDialog, ReasonDialog
from muutosturva.tui.dialogs.dating import AnchorDialog, ChangesDialog, DueDialog
from muutosturva.tui.dialogs.deciding import AnswerDialog, QuestionDialog, StateDialog
from muutosturva.tui.dialogs.people import AddTaskDialog, HolderDialog, PersonDialog, RoleDialog
from muutosturva.tui.dialogs.telling import ConflictDialog
from muutosturva.tui.places import Place
from muutosturva.tui.work import in_background

TaskFlow = Callable[[Place, IncidentPage, TaskView], Awaitable[str]]
PageFlow = Callable[[Place, IncidentPage], Awaitable[str]]


async def guarded(flow: TaskFlow, place: Place, page: IncidentPage, task: TaskView) -> str:
    """Carry out a task's command; when somebody changed the task first, show both versions."""
    try:
        return await flow(place, page, task)
    except ConflictError:
        theirs = await in_background(place.backend.task, task.incident, task.key)
        await place.app.push_screen_wait(ConflictDialog(task, theirs, place.backend.today))
        return place.texts("tui.done.reread")


async def start_task(place: Place, _page: IncidentPage, task: TaskView) -> str:
    """Begin a task; a finished one is re-opened, with a reason."""
    reason = ""
    if task.state not in OPEN_TASKS:
        given = await place.app.push_screen_wait(ReasonDialog("reopen", words.task_title(place.texts, task)))
        if given is None:
            return ""
        reason = given
    done = await in_background(place.backend.start_task, task, reason)
    return _told(place.texts, "started", done)


async def finish_task(place: Place, _page: IncidentPage, task: TaskView) -> str:
    """Mark a task done; it can be re-opened, so nothing is asked."""
    return _told(place.texts, "finished", await in_background(place.backend.finish_task, task))


async def skip_task(place: Place, _page: IncidentPage, task: TaskView) -> str:
    """Leave a task undone, with a reason."""
    reason = await place.app.push_screen_wait(ReasonDialog("skip", words.task_title(place.texts, task)))
    if reason is None:
        return ""
    return _told(place.texts, "skipped", await in_background(place.backend.skip_task, task, reason))


async def assign_task(place: Place, page: IncidentPage, task: TaskView) -> str:
    """Give a task to a person of the roster."""
    dialog = PersonDialog(words.task_title(place.texts, task), page.roster, task.role, task.person)
    person = await place.app.push_screen_wait(dialog)
    if person is None:
        return ""
    done = await in_background(place.backend.assign_task, task, person)
    return place.texts("tui.done.assigned", task=words.task_title(place.texts, done), person=person)


async def redate_task(place: Place, _page: IncidentPage, task: TaskView) -> str:
    """Set a task's due day by hand."""
    new = await place.app.push_screen_wait(DueDialog(task))
    if new is None:
        return ""
    done = await in_background(place.backend.redate_task, task, new.due, new.reason)
    return place.texts("tui.done.redated", task=words.task_title(place.texts, done), due=new.due)


def _told(texts: Texts, name: str, task: TaskView) -> str:
    return texts(f"tui.done.{name}", task=words.task_title(texts, task))


async def add_task(place: Place, page: IncidentPage) -> str:
    """Add a task the playbook does not have."""
    taken = [task.step for task in page.tasks]
    new = await place.app.push_screen_wait(AddTaskDialog(page.view.roles, taken))
    if new is None:
        return ""
    done = await in_background(
        place.backend.add_task, page.view.readable_id, new.step, new.title, new.role, new.due
    )
    return _told(place.texts, "added", done)


async def set_anchor(place: Place, page: IncidentPage, name: str = "") -> str:
    """Move a date; what it moves is shown before anything is written."""
    incident = page.view.readable_id
    new = await place.app.push_screen_wait(AnchorDialog(page.view.anchors, name))
    if new is None:
        return ""
    anchor = page.view.anchor(new.key)
    assert anchor is not None, "the dialog offers only anchors of the page"
    changes = await in_background(place.backend.preview_anchor, incident, new.key, new.value)
    if not await place.app.push_screen_wait(ChangesDialog(anchor, new.value, changes)):
        return ""
    done = await in_background(place.backend.set_anchor, page.view, new.key, new.value, new.reason)
    label = words.anchor_label(place.texts, anchor)
    return place.texts("tui.done.anchor", label=label, n=_moved(done))


def _moved(changes: Changes) -> int:
    return sum(1 for moved in changes.moved if moved.outcome == "moved")


async def answer(place: Place, page: IncidentPage, name: str = "") -> str:
    """Answer a question of the plan; which one is asked when there are several."""
    questions = page.view.questions
    if not name and len(questions) == 1:
        name = questions[0].name
    if not name:
        chosen = await place.app.push_screen_wait(QuestionDialog(questions))
        name = chosen or ""
    question = next((found for found in questions if found.name == name), None)
    return "" if question is None else await _answer(place, page, question)


async def _answer(place: Place, page: IncidentPage, question: QuestionView) -> str:
    given = await place.app.push_screen_wait(AnswerDialog(question))
    if given is None:
        return ""
    changes = await in_background(place.backend.answer, page.view, question.name, given)
    count = len(changes.added) + len(changes.withdrawn) + len(changes.states)
    return place.texts("tui.done.answered", n=count)


async def assign_role(place: Place, page: IncidentPage, name: str = "") -> str:
    """Name somebody to a role; which one is asked unless it is known."""
    if not name:
        chosen = await place.app.push_screen_wait(RoleDialog(page.view.roles))
        name = chosen or ""
    role = next((found for found in page.view.roles if found.role == name), None)
    return "" if role is None else await _hold(place, page, role)


async def _hold(place: Place, page: IncidentPage, role: RoleView) -> str:
    holder = await place.app.push_screen_wait(HolderDialog(role, page.roster))
    if holder is None:
        return ""
    done = await in_background(
        place.backend.assign_role, page.view.readable_id, role.role, holder.person, deputy=holder.deputy
    )
    return words.role_line(place.texts, done)


async def add_note(place: Place, page: IncidentPage) -> str:
    """Write a note in the log."""
    note = await place.app.push_screen_wait(NoteDialog())
    if note is None:
        return ""
    await in_background(place.backend.add_note, page.view.readable_id, note.text, note.at)
    return place.texts("tui.done.noted")


async def change_state(place: Place, page: IncidentPage) -> str:
    """Move the incident to another state; closing lists what is still missing."""
    new = await place.app.push_screen_wait(StateDialog(page.view))
    if new is None:
        return ""
    view = await in_background(place.backend.move_state, page.view, new.state, new.reason)
    return place.texts("tui.done.state", state=place.texts(f"words.incident_state.{view.state.value}"))
