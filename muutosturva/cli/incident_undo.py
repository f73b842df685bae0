"""``incident undo`` and ``redo``: taking back one's own latest act, or any act by its number in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from muutosturva.cli.framework import Command, argument, count, flag, option
from muutosturva.cli.incident_pages import columns
from muutosturva.incidents.told.wording import act_words, restored_lines

if TYPE_CHECKING:
    from muutosturva.cli.stable import Document
    from muutosturva.cli.state import State
    from muutosturva.incidents.acts.undoing import Undoable, Undone

LISTED = 20
"""Acts shown when it is asked what can be undone."""


@click.command("undo", cls=Command)
@argument("incident_id", text="incident")
@argument("seq", required=False, convert=count("SEQ"))
@flag("--list", "listing", text="undo_list")
@flag("--preview")
@option("--reason", text="undo_reason", value="reason", default="")
@click.pass_obj
def undo_command(
    state: State, *, incident_id: str, seq: int | None, listing: bool, preview: bool, reason: str
) -> None:
    """Undo one's own latest act, or the act of a number."""
    from muutosturva.incidents.acts import undoing

    with state.store() as store:
        if listing:
            with store.reading() as session:
                found = undoing.undoable(session, incident_id, limit=LISTED)
            state.out.show([_act(act) for act in found], _listed(state, found))
            return
        actor = state.actor(store)
        if preview:
            undone = undoing.preview_undo(store, incident_id, actor=actor, seq=seq)
        else:
            undone = undoing.undo_event(
                store, incident_id, seq=seq, reason=reason, actor=actor, now=state.now()
            )
    name = "preview" if preview else "done"
    state.out.show(_document(undone), _told(state, f"cli.undo.{name}", undone))


@click.command("redo", cls=Command)
@argument("incident_id", text="incident")
@option("--reason", text="undo_reason", value="reason", default="")
@click.pass_obj
def redo_command(state: State, *, incident_id: str, reason: str) -> None:
    """Do again what was undone last."""
    from muutosturva.incidents.acts.undoing import redo_event

    with state.store() as store:
        done = redo_event(store, incident_id, reason=reason, actor=state.actor(store), now=state.now())
    state.out.show(_document(done), _told(state, "cli.undo.redone", done))


def _listed(state: State, acts: tuple[Undoable, ...]) -> list[str]:
    if not acts:
        return [state.texts("cli.undo.none")]
    rows = [
        (
            str(act.seq),
            state.texts.moment(act.record_time),
            act.actor,
            act_words(state.texts, act.kind),
            " ".join(act.subjects),
        )
        for act in acts
    ]
    return state.out.table(columns(state, "^number", "when", "~who", "~event", "_subject"), rows)


def _told(state: State, key: str, undone: Undone) -> list[str]:
    """Return what came back, the rows of one kind on one line."""
    texts = state.texts
    event = undone.event
    lines = state.out.wrapped(
        texts(key, seq=event.seq, what=act_words(texts, event.kind), who=event.actor, at=event.record_time)
    )
    for line in restored_lines(texts, undone.rows):
        lines += state.out.wrapped(line, "  ", "  ")
    return lines


def _act(act: Undoable) -> Document:
    return {
        "seq": act.seq,
        "kind": act.kind,
        "actor": act.actor,
        "recorded": act.record_time.isoformat(),
        "subjects": list(act.subjects),
    }


def _document(undone: Undone) -> Document:
    return {
        "event": _act(undone.event),
        "rows": [
            {"table": row.table, "name": row.name, "act": row.act.value, "fields": list(row.fields)}
            for row in undone.rows
        ],
    }
