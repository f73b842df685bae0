"""``task``: what is to be done, and saying that it was."""

from __future__ import annotations

import datetime as dt
from typing import Any

import click

from muutosturva.cli import stable, words
from muutosturva.cli.framework import Group, argument, count, flag, option
from muutosturva.cli.incident_pages import change_lines, task_lines
from muutosturva.cli.state import State
from muutosturva.cli.task_advice import TaskCommand
from muutosturva.cli.task_page import page_lines
from muutosturva.clock import local_date
from muutosturva.errors import UsageError
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.typed.notation import parse_day

LISTED = 100
"""Tasks listed for a reader who says nothing else; nobody reads a thousand."""


@click.group("task", cls=Group)
def task() -> None:
    """Work the tasks."""


@task.command("list")
@flag("--mine")
@option("--person", text="tasks_of_person", value="person")
@option("--role", text="only_role", value="role", default="")
@option("--accountable", text="only_accountable", value="role_or_person", default="")
@option("--area", text="only_area", value="area", default="")
@option("--due-until", text="due_until", value="day", convert=parse_day)
@flag("--late", text="tasks_late")
@flag("--all", "everything", text="tasks_all")
@option("--limit", value="count", text="tasks_limit", convert=count("--limit"))
@click.pass_obj
def list_command(
    state: State,
    /,
    *,
    mine: bool,
    person: str | None,
    late: bool,
    everything: bool,
    limit: int | None,
    **typed: Any,
) -> None:
    """List the open tasks of every running incident."""
    if mine and person:
        raise UsageError("cli.mine_or_person")
    if mine and state.settings.name is None:
        raise UsageError("cli.mine_without_name")
    if mine or person or any(typed.values()) or state.out.as_json:
        _list_whole(state, mine=mine, person=person, late=late, everything=everything, limit=limit, **typed)
        return
    from muutosturva.incidents.reading.task_lines import task_lines as read_lines

    now = state.now()
    today = local_date(now)
    with state.glance() as (seen, reader):
        found = read_lines(
            seen, reader, today=today, late=late, now=now, everything=everything, limit=limit or LISTED
        )
    _show_list(state, task_lines(state, found.lines), found.left_out, found.count)


def _list_whole(
    state: State,
    /,
    *,
    mine: bool,
    person: str | None,
    late: bool,
    everything: bool,
    limit: int | None,
    **typed: Any,
) -> None:
    """List tasks with all that is known of each: those of one person, or narrowed otherwise."""
    from muutosturva.incidents.reading.finding import find_person
    from muutosturva.incidents.reading.worklist import narrowed, worklist

    today = local_date(state.now())
    with state.store() as store, store.reading() as session:
        me = state.named_actor(store) if mine else None
        found = worklist(
            session,
            person=find_person(session, person).name if person else me,
            today=today,
            late_on=state.now() if late else None,
            everything=everything,
            limit=limit or (None if state.out.as_json else LISTED),
            only=narrowed(session, **typed),
        )
    if state.out.as_json:
        state.out.document([stable.task(item, state.texts) for item in found.tasks])
    else:
        _show_list(state, task_lines(state, found.tasks), found.left_out, found.count)


def _show_list(state: State, lines: list[str], left_out: int, count: int) -> None:
    state.out.show(None, lines)
    if left_out:
        state.out.say(state.texts("cli.task.left_out", n=left_out, count=count))
    if not count:
        state.out.say(state.texts("cli.task.none"))


@task.command("show", cls=TaskCommand)
@argument("incident_id", text="incident")
@argument("step")
@click.pass_obj
def show_command(state: State, incident_id: str, step: str) -> None:
    """Show how a task is done, and by which law."""
    from muutosturva.incidents.reading import finding, queries

    today = local_date(state.now())
    with state.store() as store, store.reading() as session:
        view = queries.incident_view(session, incident_id)
        found = finding.find_task(session, queries.find_incident(session, incident_id), step)
        shown = next(item for item in queries.tasks(session, incident_id, today) if item.id == found.id)
    document = {
        **stable.task(shown, state.texts),
        "howto": state.texts.pick(shown.howto) or None,
        "checklist": [state.texts.pick(point) for point in shown.checklist],
        "law_rows": [stable.law_row(row) for row in (shown.statutory.law if shown.statutory else ())],
    }
    state.out.show(document, page_lines(state, shown, view))


@task.command("start", cls=TaskCommand)
@argument("incident_id", text="incident")
@argument("step")
@option("--reason", text="start_reason", value="reason", default="")
@click.pass_obj
def start_command(state: State, *, incident_id: str, step: str, reason: str) -> None:
    """Begin a task, or open a finished one again."""
    from muutosturva.incidents.acts.tasks import start_task

    with state.store() as store:
        done = start_task(store, incident_id, step, reason=reason, actor=state.actor(store), now=state.now())
    _tell_with_effect(state, done, "started")


@task.command("done", cls=TaskCommand)
@argument("incident_id", text="incident")
@argument("step")
@option("--note", text="done_note", value="note", default="")
@option("--decide", text="done_decide", value="option", default="")
@option("--because", text="done_because", value="reason", default="")
@option("--field", "fields", text="done_field", value="field", multiple=True)
@click.pass_obj
def done_command(
    state: State,
    *,
    incident_id: str,
    step: str,
    note: str,
    decide: str,
    because: str,
    fields: tuple[str, ...],
) -> None:
    """Mark a task done, with the answer it asks for."""
    from muutosturva.incidents.acts.answering import Reply
    from muutosturva.incidents.acts.tasks import finish_task

    reply = Reply(decide, because, _fields(fields))
    with state.store() as store:
        done = finish_task(
            store, incident_id, step, note=note, reply=reply, actor=state.actor(store), now=state.now()
        )
    _tell_with_effect(state, done, "done")


def _tell_with_effect(state: State, done: TaskView, what: str) -> None:
    """Say what was done to a task, and what its answer did to the plan."""
    effect = done.effect
    following = "" if effect is None else "\n".join(change_lines(state, effect))
    tell(
        state,
        done,
        what,
        following=following,
        changes=None if effect is None else stable.changes(effect, state.texts),
    )


def _fields(typed: tuple[str, ...]) -> dict[str, str]:
    """Return the answers of a form by field.

    Raises:
        UsageError: one is not ``name=value``.
    """
    found = {}
    for text in typed:
        name, mark, value = text.partition("=")
        if not mark or not name.strip():
            raise UsageError("cli.field_without_value", value=text)
        found[name.strip()] = value
    return found


@task.command("skip", cls=TaskCommand)
@argument("incident_id", text="incident")
@argument("step")
@option("--reason", value="reason", required=True)
@click.pass_obj
def skip_command(state: State, *, incident_id: str, step: str, reason: str) -> None:
    """Leave a task undone, and say why."""
    from muutosturva.incidents.acts.tasks import skip_task

    with state.store() as store:
        done = skip_task(store, incident_id, step, reason=reason, actor=state.actor(store), now=state.now())
    tell(state, done, "skipped")


@task.command("assign", cls=TaskCommand)
@argument("incident_id", text="incident")
@argument("step")
@argument("person")
@click.pass_obj
def assign_command(state: State, *, incident_id: str, step: str, person: str) -> None:
    """Give a task to a person of the roster."""
    from muutosturva.incidents.acts.tasks import assign_task
    from muutosturva.incidents.reading.away_warnings import task_warnings

    with state.store() as store:
        done = assign_task(store, incident_id, step, person=person, actor=state.actor(store), now=state.now())
        with store.reading() as session:
            found = task_warnings(session, done, person, local_date(state.now()))
    warnings = [state.texts.problem(problem) for problem in found]
    tell(state, done, "assigned", warnings=warnings)
    for warning in warnings:
        state.out.say(warning)


@task.command("due", cls=TaskCommand)
@argument("incident_id", text="incident")
@argument("step")
@argument("day", text="due", convert=parse_day)
@option("--reason", value="reason", required=True)
@click.pass_obj
def due_command(state: State, *, incident_id: str, step: str, day: dt.date, reason: str) -> None:
    """Set a task's due day by hand."""
    from muutosturva.incidents.acts.tasks import redate_task

    with state.store() as store:
        done = redate_task(
            store, incident_id, step, due=day, reason=reason, actor=state.actor(store), now=state.now()
        )
    tell(state, done, "redated")
    if done.statutory is not None and done.statutory.date < day:
        law = ", ".join(stable.statutory(done.statutory, done.law)["law"])  # type: ignore[index]
        state.out.say(state.texts("cli.task.after_law", day=done.statutory.date, law=law))


def tell(state: State, done: TaskView, what: str, *, following: str = "", **more: object) -> None:
    """Say what was done to a task, and what followed; ``more`` goes into its document."""
    texts = state.texts
    sentence = texts(
        f"cli.task.{what}",
        incident=done.incident,
        task=done.key,
        title=texts.pick(done.title),
        person=done.person or texts("cli.nobody"),
        due=words.day(texts, done.due),
    )
    state.out.done({**stable.task(done, texts), **more}, sentence, following)
