"""``incident attach``, ``evidence`` and ``detach``: what proves what the log says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from muutosturva.cli.early import say_if_early
from muutosturva.cli.framework import Command, argument, count, flag, option
from muutosturva.cli.incident_pages import SHORT_HASH, columns
from muutosturva.errors import ExitCode
from muutosturva.incidents.typed.moments import parse_event_time

if TYPE_CHECKING:
    from muutosturva.cli.stable import Document
    from muutosturva.cli.state import State
    from muutosturva.incidents.acts.evidence import EvidenceView


@click.command("attach", cls=Command)
@argument("incident_id", text="incident")
@argument("source", text="evidence_source")
@option("--title", text="evidence_title", value="title", default="")
@flag("--leave", text="leave_file")
@option("--refers", value="step", default="")
@option("--at", text="event_at", value="moment")
@click.pass_obj
def attach_command(
    state: State, *, incident_id: str, source: str, title: str, leave: bool, refers: str, at: str | None
) -> None:
    """Attach a file or an address."""
    from muutosturva.incidents.acts.evidence import attach

    with state.store() as store:
        view = attach(
            store,
            incident_id,
            source,
            title=title,
            copy=not leave,
            refers=refers,
            at=parse_event_time(at, state.now()),
            actor=state.actor(store),
            now=state.now(),
        )
        say_if_early(state, store, incident_id, view.event_time)
    sentence = state.texts(
        "cli.evidence.attached", incident=view.incident, number=view.number, title=view.title, kind=view.kind
    )
    state.out.done(_document(view), sentence)


@click.command("evidence", cls=Command)
@argument("incident_id", text="incident")
@flag("--all", "removed", text="evidence_all")
@flag("--check", text="evidence_check")
@click.pass_obj
def evidence_command(state: State, *, incident_id: str, removed: bool, check: bool) -> int:
    """List what is attached, and what is no longer as it was; --check writes that into the log."""
    from muutosturva.incidents.acts import evidence
    from muutosturva.store.attachments import Finding

    states = {}
    with state.store() as store:
        found = (
            evidence.check_evidence(store, incident_id, actor=state.actor(store), now=state.now())
            if check
            else evidence.look_at_evidence(store, incident_id)
        )
        states = {(one.evidence.incident, one.evidence.number): one.found for one in found}
        with store.reading() as session:
            views = evidence.evidence(session, incident_id, removed=removed)
    rows = []
    documents: list[Document] = []
    for view in views:
        seen = states.get((view.incident, view.number))
        documents.append({**_document(view), "found": seen.value if seen else None})
        told = seen is not None and (check or seen is not Finding.INTACT)
        rows.append(_row(state, view, state.texts.word(seen) if seen and told else ""))
    names = ("^number", "incident", "attached", "~evidence_kind", "hash", "~found", "_title", "_place")
    state.out.show(documents, state.out.table(columns(state, *names), rows))
    if not views:
        state.out.say(state.texts("cli.evidence.none", incident=incident_id))
    broken = [seen for seen in states.values() if seen is not Finding.INTACT]
    if broken and not check:
        state.out.say(state.texts("cli.evidence.broken", incident=incident_id.strip().upper()))
    return int(ExitCode.PROBLEMS if broken else ExitCode.DONE)


def _row(state: State, view: EvidenceView, found: str) -> tuple[str, ...]:
    texts = state.texts
    gone = texts("cli.evidence.removed", at=view.removed_at) if view.removed_at else ""
    return (
        str(view.number),
        view.incident,
        texts.moment(view.event_time),
        texts.word(view.kind),
        view.sha256[:SHORT_HASH],
        found or gone,
        view.title,
        "" if view.kind.value == "copy" or view.place == view.title else view.place,
    )


@click.command("detach", cls=Command)
@argument("incident_id", text="incident")
@argument("number", text="evidence_number", convert=count("NUMBER"))
@option("--reason", value="reason", required=True)
@click.pass_obj
def detach_command(state: State, *, incident_id: str, number: int, reason: str) -> None:
    """Take an attachment off, with a reason."""
    from muutosturva.incidents.acts.evidence import detach

    with state.store() as store:
        view = detach(store, incident_id, number, reason=reason, actor=state.actor(store), now=state.now())
    sentence = state.texts(
        "cli.evidence.detached", incident=view.incident, number=view.number, title=view.title
    )
    state.out.done(_document(view), sentence)


def _document(view: EvidenceView) -> Document:
    return {
        "incident": view.incident,
        "number": view.number,
        "kind": view.kind.value,
        "title": view.title,
        "place": view.place,
        "sha256": view.sha256 or None,
        "size": view.size,
        "media_type": view.media_type or None,
        "refers": view.refers or None,
        "event_time": view.event_time.isoformat(),
        "record_time": view.added_at.isoformat(),
        "author": view.added_by,
        "removed": view.removed_at.isoformat() if view.removed_at else None,
    }
