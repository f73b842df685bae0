"""Commands about tasks that several employment areas share: who leads, who takes part, whose part is done."""

from __future__ import annotations

from typing import Final, NamedTuple

from muutosturva.errors import UsageError
from muutosturva.i18n import Texts
from muutosturva.incidents.pure.views import TaskAreaView, TaskView
from muutosturva.models.states import AreaPart
from muutosturva.tui import words
from muutosturva.tui.dialogs.form import Answers, FormDialog, Line, LinesDialog, OneOf, OneOfMany, Question
from muutosturva.tui.flows.job import Job

DONE: Final = "done"
REMOVE: Final = "remove"


class _Part(NamedTuple):
    what: str
    contact: str


async def share(job: Job, task: TaskView) -> str:
    """Give an employment area a part in a task, or change the part of one that has one already."""
    texts, title = job.texts, words.task_title(job.texts, task)
    names = dict(await job.do(job.backend.tasks.areas))
    present = {area.slug: area for area in task.areas}
    firm = job.page.firm_of(task)
    # The area whose task it is comes along with the first other one: nobody has to add it.
    known = {*present} or {task.area or firm.owner_area}
    near = [area.slug for area in firm.areas if area.slug not in known]
    rest = [slug for slug in names if slug not in {*known, *near}]
    options = [
        *((slug, words.area_part(texts, area)) for slug, area in present.items()),
        *((slug, names.get(slug, slug)) for slug in (*near, *rest)),
    ]
    slug = await job.ask(
        FormDialog(
            "areas",
            [OneOfMany("area", options, example=texts("tui.find_example"))],
            lambda got: got["area"],
            subject=title,
        )
    )
    if slug is None:
        return ""
    new = await job.ask(_part_dialog(texts, names.get(slug, slug), present.get(slug), title))
    if new is None:
        return ""
    if new.what == DONE:
        done = await job.do(job.backend.tasks.finish_area, task, slug)
    elif new.what == REMOVE:
        done = await job.do(job.backend.tasks.remove_area, task, slug)
    else:
        done = await job.do(job.backend.tasks.set_area, task, slug, AreaPart(new.what), new.contact)
    return "\n".join([title, *_areas(texts, done)])


def _part_dialog(texts: Texts, name: str, area: TaskAreaView | None, title: str) -> FormDialog[_Part]:
    """Return the question what an area does in a task; one that has a part may be ready or leave, too."""
    contact = area.contact if area else ""

    def made(answers: Answers) -> _Part:
        if answers["what"] in {DONE, REMOVE} and answers["contact"] != contact:
            raise UsageError("tui.contact_alone")
        return _Part(answers["what"], answers["contact"])

    options = [(part.value, texts.word(part)) for part in (AreaPart.JOINS, AreaPart.LEAD)]
    if area is not None:
        options += [(what, texts(f"tui.dialog.part.{what}")) for what in (DONE, REMOVE)]
    questions: list[Question] = [
        OneOf("what", options, area.part.value if area else None),
        Line("contact", value=contact),
    ]
    return FormDialog("part", questions, made, area=name, subject=title)


async def listed(job: Job) -> str:
    """Show the tasks that several areas do together."""
    lines: list[str] = []
    for task in job.page.tasks:
        if task.areas:
            firm = f"{task.incident} " if job.view.situation else ""
            lines.append(f"{firm}{words.task_title(job.texts, task)}")
            lines += [f"  {line}" for line in _areas(job.texts, task)]
    await job.ask(LinesDialog("shared", lines or [job.texts("tui.dialog.shared.nothing")]))
    return ""


def _areas(texts: Texts, task: TaskView) -> list[str]:
    lines = [words.area_part(texts, area) for area in task.areas]
    return lines or [texts("tui.no_other_areas")]
