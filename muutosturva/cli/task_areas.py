"""``task area`` and ``task areas``: which employment area has which part in a task."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from muutosturva.cli import stable, words
from muutosturva.cli.framework import Command, argument, flag, option
from muutosturva.cli.incident_pages import columns
from muutosturva.cli.task_advice import TaskCommand
from muutosturva.errors import UsageError

if TYPE_CHECKING:
    from muutosturva.cli.state import State
    from muutosturva.incidents.pure.views import TaskView
    from muutosturva.store.store import Store

PARTS = ("lead", "joins")


@click.command("area", cls=TaskCommand)
@argument("incident_id", text="incident")
@argument("step")
@argument("area")
@option("--part", text="area_part", choices=PARTS)
@option("--contact", text="area_contact", value="text")
@flag("--done", text="area_done")
@flag("--remove", text="area_remove")
@click.pass_obj
def area_command(
    state: State,
    *,
    incident_id: str,
    step: str,
    area: str,
    part: str | None,
    contact: str | None,
    done: bool,
    remove: bool,
) -> None:
    """Give an employment area a part in a task, or take it away."""
    from muutosturva.incidents.reading.finding import find_area

    changed = part is not None or contact is not None
    if sum((changed, done, remove)) > 1:
        raise UsageError("cli.area_one_thing")
    what = "done" if done else "removed" if remove else "set"
    with state.store() as store:
        task = _change(state, store, (incident_id, step, area), what, part=part, contact=contact)
        with store.reading() as session:
            name = find_area(session, area).name
    sentence = state.texts(
        f"cli.task_area.{what}",
        incident=task.incident,
        task=task.key,
        area=name,
        areas=words.shared(state.texts, task) or state.texts("cli.task_area.alone"),
    )
    state.out.done(stable.task(task, state.texts), sentence)


def _change(
    state: State,
    store: Store,
    named: tuple[str, str, str],
    what: str,
    *,
    part: str | None,
    contact: str | None,
) -> TaskView:
    from muutosturva.incidents.service import finish_task_area, remove_task_area, set_task_area
    from muutosturva.models.states import AreaPart

    actor, now = state.actor(store), state.now()
    if what == "set":
        chosen = AreaPart(part) if part else None
        return set_task_area(store, *named, part=chosen, contact=contact, actor=actor, now=now)
    act = finish_task_area if what == "done" else remove_task_area
    return act(store, *named, actor=actor, now=now)


@click.command("areas", cls=Command)
@argument("incident_id", text="incident")
@click.pass_obj
def areas_command(state: State, *, incident_id: str) -> None:
    """List the tasks of an incident that several areas share."""
    from muutosturva.incidents.reading import queries

    texts = state.texts
    with state.store() as store, store.reading() as session:
        found = [task for task in queries.tasks(session, incident_id) if task.areas]
        several = bool(queries.incident_view(session, incident_id).children)
    rows = [
        (
            task.incident if several else "",
            task.key,
            area.name,
            texts.word(area.part),
            area.contact,
            texts.moment(area.done_at) if area.done_at else "",
            texts.pick(task.title),
        )
        for task in found
        for area in task.areas
    ]
    names = ("incident", "~task", "~area_name", "part", "~area_contact", "~area_done", "_title")
    state.out.show(
        [stable.task(task, texts) for task in found], state.out.table(columns(state, *names), rows)
    )
    if not found:
        state.out.say(texts("cli.task_area.none"))
