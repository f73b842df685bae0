"""``incident``: open, look, change its dates and answers, close."""

from __future__ import annotations

import click

from muutosturva.cli import stable, stable_region, words
from muutosturva.cli.framework import Group, argument, flag, option
from muutosturva.cli.incident_life import closing_left
from muutosturva.cli.incident_pages import (
    change_lines,
    list_lines,
    odd_lines,
    same_firm_lines,
    show_lines,
    slip_lines,
    task_lines,
    warning_lines,
)
from muutosturva.cli.incident_secrecy import due_lines, inside_lines, newcomer_lines
from muutosturva.cli.plan_gantt import task_gantt_lines
from muutosturva.cli.state import State
from muutosturva.cli.task_order import NARROWING, wanted_of
from muutosturva.cli.triggering import AUTO, TRIGGER_OPTIONS, Typed, with_options
from muutosturva.cli.values import pair, pairs
from muutosturva.clock import local_date
from muutosturva.errors import Problem, UsageError
from muutosturva.i18n import LANGUAGES, Texts
from muutosturva.incidents.typed.moments import parse_event_time
from muutosturva.incidents.typed.notation import parse_anchor_value
from muutosturva.models.states import IncidentState

TASK_FORMATS = ("table", "gantt")


@click.group("incident", cls=Group)
def incident() -> None:
    """Work with incidents."""


@incident.command("open")
@argument("playbook")
@option("--employer", value="employer", required=True)
@with_options(TRIGGER_OPTIONS)
@option("--secrecy", choices=(AUTO, "restricted", "group", "public"), default=AUTO)
@option("--id", "readable_id", text="id", value="incident", default="")
@option("--role", "roles", text="role_person", value="role_person", multiple=True)
@flag("--watch")
@click.pass_obj
def open_command(
    state: State,
    /,
    *,
    playbook: str,
    employer: str,
    secrecy: str,
    readable_id: str,
    roles: tuple[str, ...],
    watch: bool,
    **typed: object,
) -> None:
    """Trigger a playbook and save its plan."""
    from muutosturva.cli.triggering import request_of
    from muutosturva.coordination.trigger import same_firm, trigger
    from muutosturva.incidents.reading import queries

    with state.store() as store:
        request, warnings = request_of(
            store,
            Typed.of(
                playbook,
                typed,
                employer=employer,
                secrecy=secrecy,
                readable_id=readable_id,
                roles=pairs(roles, "--role"),
                watch=watch,
            ),
            state.now(),
        )
        twice = same_firm(store, request.employer, state.now())
        view = trigger(store, request, actor=state.actor(store), now=state.now())
        with store.reading() as session:
            tasks = queries.tasks(session, view.readable_id)
        insiders = inside_lines(state, store, view)
    sentence = state.texts(
        "cli.incident.opened", incident=view.readable_id, employer=view.employer, tasks=len(tasks)
    )
    following = [*insiders, state.texts("cli.incident.opened_next", incident=view.readable_id)]
    if twice:
        following += same_firm_lines(state, view, twice)
    following += slip_lines(state, request.anchors, view)
    following += warning_lines(state, warnings)
    state.out.done(stable_region.incident(view), sentence, "\n".join(following))


@incident.command("list")
@flag("--all", "everything", text="list_all")
@click.pass_obj
def list_command(state: State, *, everything: bool) -> None:
    """List the incidents."""
    from muutosturva.incidents.reading import queries
    from muutosturva.models.states import RUNNING

    with state.store() as store, store.reading() as session:
        found = queries.summaries(session, state.now())
        kind = store.kind
    shown = [line for line in found if everything or line.state in RUNNING]
    state.out.show([stable.summary(line) for line in shown], list_lines(state, shown, kind))
    if not found:
        state.out.say(state.texts("cli.incident.none"))


@incident.command("show")
@argument("incident_id", text="incident")
@click.pass_obj
def show_command(state: State, *, incident_id: str) -> None:
    """Show what is known of an incident."""
    from muutosturva.cli.amend_pages import warning_lines
    from muutosturva.incidents.acts.numbers import incident_warnings
    from muutosturva.incidents.reading import queries
    from muutosturva.incidents.reading.expanding import assumed_answers

    with state.store() as store, store.reading() as session:
        view = queries.incident_view(session, incident_id)
        tasks = queries.tasks(session, incident_id, local_date(state.now()))
        warnings = warning_lines(state, incident_warnings(session, incident_id))
        assumed = assumed_answers(session, incident_id)
        left = closing_left(state, store, view)
    lines = [*show_lines(state, view, tasks), *due_lines(state, view), *warnings, *left]
    state.out.show({**stable_region.incident(view), "assumed": stable.plain(assumed)}, lines)


@incident.command("tasks")
@argument("incident_id", text="incident")
@flag("--open", "open", text="tasks_open")
@flag("--late", "late", text="tasks_late")
@with_options(NARROWING)
@option("--format", "form", text="tasks_format", choices=TASK_FORMATS, default="table")
@click.pass_obj
def tasks_command(state: State, /, *, incident_id: str, sort: str, form: str, **typed: object) -> None:
    """List the tasks of an incident, or draw them as bars over time."""
    from muutosturva.incidents.reading import queries, selecting

    wanted = wanted_of(typed)
    today = local_date(state.now())
    with state.store() as store, store.reading() as session:
        view = queries.incident_view(session, incident_id)
        firms = [queries.incident_view(session, child) for child in view.children]
        found = queries.tasks(session, incident_id, today)
    chosen = selecting.selected(found, wanted, today, (view, *firms))
    shown = selecting.ordered(chosen, sort, state.texts)
    bars = form == "gantt"
    lines = task_gantt_lines(state, view, shown, firms) if bars else task_lines(state, shown, view)
    state.out.show([stable.task(task, state.texts) for task in shown], lines)
    if found and not shown:
        state.out.say(state.texts("cli.task.none_match", n=len(found)))


@incident.command("anchor")
@argument("incident_id", text="incident")
@argument("change", text="anchor_change")
@option("--reason", value="reason", required=True)
@option("--source", value="source", default="")
@flag("--preview")
@click.pass_obj
def anchor_command(
    state: State, *, incident_id: str, change: str, reason: str, source: str, preview: bool
) -> None:
    """Give an anchor a new date and show what moved."""
    from muutosturva.incidents.acts.dating import preview_anchor, set_anchor

    name, text = _named(change)
    value = parse_anchor_value(text, source)
    with state.store() as store:
        if preview:
            changes = preview_anchor(store, incident_id, name, value, now=state.now())
        else:
            changes = set_anchor(
                store,
                incident_id,
                name,
                value,
                reason=reason,
                actor=state.actor(store),
                now=state.now(),
            )
    lines = [*odd_lines(state, incident_id, changes, preview=preview)]
    lines += change_lines(state, changes, preview=preview)
    state.out.show(stable.changes(changes, state.texts), lines)


def _named(change: str) -> tuple[str, str]:
    read = pair(change, "name=date")
    if isinstance(read, Problem):
        raise UsageError("cli.unreadable", problems=[read])
    return read


@incident.command("group")
@argument("situation")
@argument("children", nargs=-1, required=True)
@option("--title", text="group_title", value="title", default="")
@option("--secret", text="group_secret", choices=("raise", "keep"), default=None)
@click.pass_obj
def group_command(
    state: State, *, situation: str, children: tuple[str, ...], title: str, secret: str | None
) -> None:
    """Join incidents into one regional situation."""
    from muutosturva.incidents.acts.grouping import SecretJoining, group_incidents

    with state.store() as store:
        view = group_incidents(
            store,
            situation,
            children,
            title=title,
            secret=SecretJoining(secret) if secret else None,
            actor=state.actor(store),
            now=state.now(),
        )
        insiders = inside_lines(state, store, view)
    people = words.people(state.texts, view.people)
    sentence = state.texts(
        "cli.incident.grouped", incident=view.readable_id, n=len(view.children), people=people
    )
    following = [*insiders, state.texts("cli.incident.grouped_next", incident=view.readable_id)]
    state.out.done(stable_region.incident(view), sentence, "\n".join(following))


@incident.command("role")
@argument("incident_id", text="incident")
@argument("role")
@argument("person")
@flag("--deputy")
@option("--at", text="handover_at", value="moment")
@option("--note", text="handover_note", value="note", default="")
@click.pass_obj
def role_command(
    state: State, *, incident_id: str, role: str, person: str, deputy: bool, at: str | None, note: str
) -> None:
    """Hand a role to a person of the roster."""
    from muutosturva.incidents.acts.roles import assign_role
    from muutosturva.incidents.reading.away_warnings import role_warnings

    with state.store() as store:
        view = assign_role(
            store,
            incident_id,
            role,
            person,
            deputy=deputy,
            at=parse_event_time(at, state.now()),
            note=note,
            actor=state.actor(store),
            now=state.now(),
        )
        insiders = newcomer_lines(state, store, incident_id)
        with store.reading() as session:
            found = role_warnings(session, incident_id, role, person, local_date(state.now()))
    warnings = [state.texts.problem(problem) for problem in found]
    holders = state.texts.listing(view.holders) if view.holders else state.texts("cli.nobody")
    deputies = state.texts.listing(view.deputies) if view.deputies else state.texts("cli.nobody")
    sentence = state.texts(
        "cli.incident.role_given",
        role=state.texts.pick(view.title) or view.role,
        holders=holders,
        deputies=deputies,
    )
    document = {**stable.role(view, state.texts), "warnings": warnings}
    state.out.done(document, sentence, "\n".join([*insiders, *warnings]))


@incident.command("answer")
@argument("incident_id", text="incident")
@argument("question")
@argument("value", text="answer")
@option("--reason", text="answer_reason", value="reason", default="")
@click.pass_obj
def answer_command(state: State, *, incident_id: str, question: str, value: str, reason: str) -> None:
    """Answer a question of the plan."""
    from muutosturva.incidents.acts.dating import answer

    with state.store() as store:
        changes = answer(
            store, incident_id, question, value, reason=reason, actor=state.actor(store), now=state.now()
        )
    state.out.show(stable.changes(changes, state.texts), change_lines(state, changes))


@incident.command("state")
@argument("incident_id", text="incident")
@argument("to", text="incident_state")
@option("--reason", value="reason", required=True)
@click.pass_obj
def state_command(state: State, *, incident_id: str, to: str, reason: str) -> None:
    """Move an incident to another state."""
    from muutosturva.incidents.acts.life import move_state

    with state.store() as store:
        view = move_state(
            store,
            incident_id,
            _state_named(to),
            reason=reason,
            actor=state.actor(store),
            now=state.now(),
        )
        left = closing_left(state, store, view)
    sentence = state.texts("cli.incident.state_moved", incident=view.readable_id, state=view.state)
    state.out.done(stable_region.incident(view), sentence, "\n".join(left))


def _state_named(text: str) -> IncidentState:
    """Return a state by its code, or by its word in any of the languages, as messages show it.

    Raises:
        UsageError: there is no such state.
    """
    wanted = text.strip().casefold()
    spoken = [Texts(language) for language in LANGUAGES]
    for state in IncidentState:
        if wanted in {state.value, *(texts.word(state).casefold() for texts in spoken)}:
            return state
    known = ", ".join(state.value for state in IncidentState)
    raise UsageError("cli.bad_choice", option="incident state", value=text, known=known)
