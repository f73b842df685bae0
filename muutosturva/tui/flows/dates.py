"""Commands that change a plan: its dates, the answers to its questions."""

from __future__ import annotations

from muutosturva.errors import RefusedError
from muutosturva.incidents.pure.views import Changes
from muutosturva.playbooks.plan import step_of
from muutosturva.tui import words
from muutosturva.tui.dialogs.dating import AnchorDialog, ChangesDialog
from muutosturva.tui.dialogs.deciding import AnswerDialog, QuestionDialog
from muutosturva.tui.flows import tasks
from muutosturva.tui.flows.job import Job


async def set_anchor(job: Job) -> str:
    """Move a date; what it moves is shown before anything is written."""
    new = await job.ask(AnchorDialog(job.view.anchors, job.name))
    if new is None:
        return ""
    anchor = job.view.anchor(new.key)
    assert anchor is not None, "the dialog offers only anchors of the page"
    changes = await job.do(job.backend.plan.preview_anchor, job.incident, new.key, new.value)
    if not await job.ask(ChangesDialog(anchor, new.value, changes)):
        return ""
    done = await job.do(job.backend.plan.set_anchor, job.view, new.key, new.value, new.reason)
    return job.texts("tui.done.anchor", label=words.anchor_label(job.texts, anchor), n=_moved(done))


def _moved(changes: Changes) -> int:
    return sum(1 for moved in changes.moved if moved.outcome == "moved")


async def answer(job: Job) -> str:
    """Answer a question of the plan; which one is asked when there are several.

    What a task decides is answered by finishing that task.
    """
    questions = job.view.questions
    name = job.name
    if not name:
        name = questions[0].name if len(questions) == 1 else await job.ask(QuestionDialog(questions)) or ""
    question = next((found for found in questions if found.name == name), None)
    if question is None:
        return ""
    if step := step_of(question.name):
        task = next(found for found in job.page.tasks if found.step == step)
        if not task.open:
            raise RefusedError("incidents.task_already", task=task.key, state=task.state)
        return await tasks.guarded(tasks.finish, job, task)
    decided = {key: job.page.names.title(job.incident, key) for key in question.decides}
    given = await job.ask(AnswerDialog(question, decided))
    if given is None:
        return ""
    changes = await job.do(job.backend.plan.answer, job.view, question.name, given)
    count = len(changes.added) + len(changes.withdrawn) + len(changes.states)
    return job.texts("tui.done.answered", n=count)
