"""``task label`` and ``task move``, and how a list of tasks is narrowed and sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from muutosturva.cli.framework import Command, argument, flag, option
from muutosturva.cli.incident_pages import columns
from muutosturva.cli.task_advice import TaskCommand
from muutosturva.cli.values import pairs
from muutosturva.errors import UsageError

if TYPE_CHECKING:
    from muutosturva.cli.state import State
    from muutosturva.incidents.reading.selecting import Wanted
    from muutosturva.models.states import TaskState

SORTS = ("due", "plan", "own", "role", "state", "label", "title")

NARROWING = (
    option("--sort", text="task_sort", choices=SORTS, default="due"),
    option("--state", "states", text="task_state", value="states", commas=True),
    option("--role", text="only_role", value="role", default=""),
    option("--person", text="only_person", value="person", default=""),
    option("--label", text="only_label", value="label", default=""),
    option("--phase", text="only_phase", value="phase", default=""),
    option("--text", text="only_text", value="text", default=""),
    option("--wave", text="only_wave", value="wave_id", default=""),
    option("--area", text="only_area", value="area", default=""),
)
"""Options that choose tasks of a list and their order."""


def wanted_of(typed: dict[str, object]) -> Wanted:
    """Return what was typed as options of ``NARROWING``, with ``open`` and ``late``.

    Raises:
        UsageError: there is no such state.
    """
    from muutosturva.incidents.reading.selecting import Wanted

    names = typed.pop("states", None) or ()
    assert isinstance(names, tuple)
    return Wanted(states=tuple(_state(str(name)) for name in names), **typed)  # type: ignore[arg-type]


def _state(text: str) -> TaskState:
    from muutosturva.incidents.reading.selecting import state_named
    from muutosturva.models.states import TaskState

    found = state_named(text)
    if found is None:
        known = ", ".join(state.value for state in TaskState)
        raise UsageError("cli.bad_choice", option="--state", value=text, known=known)
    return found


@click.command("label", cls=Command)
@argument("incident_id", text="incident")
@argument("label")
@argument("steps", text="steps", nargs=-1, required=True)
@click.pass_obj
def label_command(state: State, *, incident_id: str, label: str, steps: tuple[str, ...]) -> None:
    """Put a label on tasks, or take it away."""
    from muutosturva.cli import stable
    from muutosturva.incidents.acts.labels import set_label

    with state.store() as store:
        done = set_label(
            store,
            incident_id,
            steps,
            "" if label.strip() in {"-", "–"} else label,
            actor=state.actor(store),
            now=state.now(),
        )
    keys = [task.key for task in done]
    word = done[0].label
    sentence = (
        state.texts("cli.task.labelled", n=len(done), label=word, tasks=keys)
        if word
        else state.texts("cli.task.unlabelled", n=len(done), tasks=keys)
    )
    state.out.done([stable.task(task, state.texts) for task in done], sentence)


@click.command("labels", cls=Command)
@argument("changes", text="label_colour", nargs=-1)
@click.pass_obj
def labels_command(state: State, *, changes: tuple[str, ...]) -> None:
    """Show the office's labels and their colours, or set them."""
    from muutosturva.incidents.acts.labels import office_labels, read_labels, set_office_labels

    texts = state.texts
    with state.store() as store:
        if changes:
            named = pairs(changes, "labels")
            read = {word: read_labels(f"{word}={colour}").get(word, "") for word, colour in named.items()}
            wanted = {word: colour or named[word] for word, colour in read.items()}
            set_office_labels(store, wanted, actor=state.actor(store), now=state.now())
        with store.reading() as session:
            labels = office_labels(session, store.owner_area, texts)
    rows = [(word, texts(f"incidents.colour.{colour}") if colour else "") for word, colour in labels.items()]
    state.out.show(
        [{"label": word, "colour": colour or None} for word, colour in labels.items()],
        state.out.table(columns(state, "task_label", "colour"), rows),
    )


@click.command("move", cls=TaskCommand)
@argument("incident_id", text="incident")
@argument("step")
@option("--before", text="move_before", value="step", default="")
@option("--after", text="move_after", value="step", default="")
@flag("--reset", text="move_reset")
@click.pass_obj
def move_command(state: State, *, incident_id: str, step: str, before: str, after: str, reset: bool) -> None:
    """Move a task in the group's own order."""
    from muutosturva.cli import stable
    from muutosturva.incidents.acts.moving import move_task

    if sum((bool(before), bool(after), reset)) != 1:
        raise UsageError("cli.move_where")
    with state.store() as store:
        done = move_task(
            store,
            incident_id,
            step,
            before=before,
            after=after,
            actor=state.actor(store),
            now=state.now(),
        )
    where = "before" if before else "after" if after else "reset"
    sentence = state.texts(
        f"cli.task.moved_{where}", task=done.key, other=before or after, incident=done.incident
    )
    state.out.done(stable.task(done, state.texts), sentence)
