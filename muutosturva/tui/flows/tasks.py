"""Commands of the chosen task, and a task of one's own."""

from __future__ import annotations

from muutosturva.errors import ConflictError
from muutosturva.i18n import Texts
from muutosturva.incidents.acts.answering import Reply
from muutosturva.incidents.pure.views import TaskView
from muutosturva.models.states import OPEN_TASKS
from muutosturva.playbooks.plan import AskedField, Asks
from muutosturva.tui import words
from muutosturva.tui.dialogs.asking import ReasonDialog
from muutosturva.tui.dialogs.dating import DueDialog
from muutosturva.tui.dialogs.form import Answers, FormDialog, Line, OneOf, Question
from muutosturva.tui.dialogs.people import AddTaskDialog, PersonDialog
from muutosturva.tui.dialogs.telling import ConflictDialog
from muutosturva.tui.flows.job import Job, TaskFlow


async def guarded(flow: TaskFlow, job: Job, task: TaskView) -> str:
    """Carry out a task's command; when somebody changed the task first, show both versions."""
    try:
        return await flow(job, task)
    except ConflictError:
        theirs = await job.do(job.backend.reading.task, task.incident, task.key)
        await job.ask(ConflictDialog(task, theirs, job.backend.today))
        return job.texts("tui.done.reread")


async def start(job: Job, task: TaskView) -> str:
    """Begin a task; a finished one is re-opened, with a reason."""
    reason = ""
    if task.state not in OPEN_TASKS:
        given = await job.ask(ReasonDialog("reopen", words.task_title(job.texts, task)))
        if given is None:
            return ""
        reason = given
    return _with_effect(job.texts, "started", await job.do(job.backend.tasks.start, task, reason))


async def finish(job: Job, task: TaskView) -> str:
    """Mark a task done; it can be re-opened, so nothing is asked but what the task itself asks."""
    reply = None
    if task.asks is not None:
        reply = await job.ask(_reply_dialog(job.texts, task, task.asks))
        if reply is None:
            return ""
    return _with_effect(job.texts, "finished", await job.do(job.backend.tasks.finish, task, reply))


def _reply_dialog(texts: Texts, task: TaskView, asks: Asks) -> FormDialog[Reply]:
    """Return the dialog that asks what a task needs before it is done."""
    title = words.task_title(texts, task)
    if asks.options:
        options = [(option, texts.pick(label)) for option, label in asks.options.items()]
        chosen: list[Question] = [OneOf("option", options), Line("because", needed=True)]
        return FormDialog(
            "task_decision", chosen, lambda got: Reply(got["option"], got["because"]), task=title
        )
    questions = [asked_field(texts, field) for field in asks.fields]
    names = [field.name for field in asks.fields]

    def made(got: Answers) -> Reply:
        return Reply(fields={name: got[f"field-{name}"] for name in names})

    return FormDialog("task_form", questions, made, task=title)


def asked_field(texts: Texts, field: AskedField) -> Question:
    """Return a field a playbook declares as a question of a dialog, ``field-<name>``."""
    label, name = texts.pick(field.label), f"field-{field.name}"
    if field.type not in {"enum", "bool"}:
        return Line(name, needed=field.required, label=label)
    options = [(option, texts.pick(said)) for option, said in field.options.items()]
    if field.type == "bool":
        options = [("true", texts("common.yes")), ("false", texts("common.no"))]
    unsaid = [] if field.required else [("", texts("common.unknown"))]
    return OneOf(name, [*unsaid, *options], label=label)


async def skip(job: Job, task: TaskView) -> str:
    """Leave a task undone, with a reason."""
    reason = await job.ask(ReasonDialog("skip", words.task_title(job.texts, task)))
    if reason is None:
        return ""
    return _told(job.texts, "skipped", await job.do(job.backend.tasks.skip, task, reason))


async def assign(job: Job, task: TaskView) -> str:
    """Give a task to a person of the roster."""
    title = words.task_title(job.texts, task)
    person = await job.ask(PersonDialog(title, job.page.roster, task.role, task.person))
    if person is None:
        return ""
    done = await job.do(job.backend.tasks.assign, task, person)
    told = job.texts("tui.done.assigned", task=words.task_title(job.texts, done), person=person)
    warnings = await job.do(job.backend.tasks.away_warnings, done, person)
    return "\n".join([told, *(f"! {job.texts.problem(warning)}" for warning in warnings)])


async def redate(job: Job, task: TaskView) -> str:
    """Set a task's due day by hand."""
    new = await job.ask(DueDialog(task))
    if new is None:
        return ""
    done = await job.do(job.backend.tasks.redate, task, new.due, new.reason)
    return job.texts("tui.done.redated", task=words.task_title(job.texts, done), due=new.due)


async def add(job: Job) -> str:
    """Add a task the playbook does not have."""
    taken = [task.step for task in job.page.tasks]
    new = await job.ask(AddTaskDialog(job.view.roles, taken))
    if new is None:
        return ""
    done = await job.do(job.backend.tasks.add, job.incident, new.step, new.title, new.role, new.due)
    return _told(job.texts, "added", done)


def _told(texts: Texts, name: str, task: TaskView) -> str:
    return texts(f"tui.done.{name}", task=words.task_title(texts, task))


def _with_effect(texts: Texts, name: str, task: TaskView) -> str:
    """Return what was done to a task, and how much of the plan followed its answer."""
    told = _told(texts, name, task)
    if task.effect is None:
        return told
    count = len(task.effect.added) + len(task.effect.withdrawn) + len(task.effect.states)
    return f"{told}\n{texts('tui.done.answered', n=count)}"
