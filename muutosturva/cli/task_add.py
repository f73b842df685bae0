"""``task add``: one task of our own, or many that were copied from Excel or Word."""

from __future__ import annotations

import datetime as dt
import sys
from typing import TYPE_CHECKING

import click

from muutosturva.cli import stable
from muutosturva.cli.framework import Command, argument, flag, option
from muutosturva.cli.incident_pages import columns, task_lines
from muutosturva.cli.task import tell
from muutosturva.errors import Problem, UsageError
from muutosturva.i18n import LANGUAGES, Texts
from muutosturva.incidents.typed.notation import parse_day

if TYPE_CHECKING:
    from muutosturva.cli.state import State
    from muutosturva.incidents.typed.pasting import NewTask


@click.command("add", cls=Command)
@argument("incident_id", text="incident")
@argument("step", text="new_step", required=False, default="")
@option("--title", text="task_title", value="title", default="")
@option("--role", text="task_role", value="role", default="")
@option("--due", text="task_due", value="day", convert=parse_day)
@flag("--paste")
@flag("--yes", text="paste_yes")
@click.pass_obj
def add_command(
    state: State,
    *,
    incident_id: str,
    step: str,
    title: str,
    role: str,
    due: dt.date | None,
    paste: bool,
    yes: bool,
) -> None:
    """Add a task of our own, or many from lines that were copied."""
    if paste:
        if step or title or role or due:
            raise UsageError("cli.paste_alone")
        _paste(state, incident_id, save=yes)
        return
    if not title.strip():
        raise UsageError("cli.title_or_paste")
    from muutosturva.incidents.acts.adding import add_task

    with state.store() as store:
        done = add_task(
            store,
            incident_id,
            step,
            title=title,
            role=role,
            due=due,
            actor=state.actor(store),
            now=state.now(),
        )
    tell(state, done, "added")


def _paste(state: State, incident: str, *, save: bool) -> None:
    from muutosturva.incidents.acts.adding import add_tasks, preview_tasks

    items, problems = _read()
    with state.store() as store:
        if save:
            done = add_tasks(store, incident, items, problems, actor=state.actor(store), now=state.now())
            found = [stable.task(task, state.texts) for task in done]
            state.out.show(found, task_lines(state, done))
            state.out.say(state.texts("cli.task.pasted", n=len(done), incident=incident))
            return
        judged = preview_tasks(store, incident, items, problems)
    texts = state.texts
    rows = [
        (
            item.item.path,
            item.item.step,
            texts.day(item.item.due) if item.item.due else "",
            item.item.title,
            item.who,
        )
        for item in judged
    ]
    document = [
        {
            "line": int(item.item.path),
            "id": item.item.step,
            "title": item.item.title,
            "due": stable.plain(item.item.due),
            "role": item.role,
            "assignee": item.person.name if item.person else None,
        }
        for item in judged
    ]
    names = ("^line", "~task", "due", "_title", "_who")
    state.out.show(document, state.out.table(columns(state, *names), rows))
    state.out.say(texts("cli.task.paste_preview", n=len(judged)))


def _read() -> tuple[tuple[NewTask, ...], tuple[Problem, ...]]:
    """Return the tasks of the lines on stdin, and what is wrong with the lines."""
    from muutosturva.incidents.typed.pasting import pasted

    headings = [Texts(language)("incidents.sheet.title") for language in LANGUAGES]
    return pasted(sys.stdin.read(), headings)
