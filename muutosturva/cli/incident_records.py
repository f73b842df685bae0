"""``incident decide``, ``minutes``, ``update``, ``review``, ``records`` and ``correct``: the fixed forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from muutosturva.cli.early import say_if_early
from muutosturva.cli.framework import Command, argument, count, flag, option
from muutosturva.cli.incident_pages import columns
from muutosturva.cli.text_files import small_text
from muutosturva.errors import UsageError
from muutosturva.incidents.pure import forms
from muutosturva.incidents.typed.corrections import STATE, correctable, corrected
from muutosturva.incidents.typed.moments import parse_event_time
from muutosturva.incidents.typed.notation import parse_day
from muutosturva.models.states import RecordKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from muutosturva.cli.stable import Document
    from muutosturva.cli.state import State
    from muutosturva.incidents.acts.records import RecordView
    from muutosturva.incidents.reading.naming import Names

KINDS = tuple(kind.value for kind in RecordKind)
STATES = tuple(state.value for state in forms.UpdateState)
PARTS = "|"
"""Between the text, the owner and the day of a decision typed as one word."""


@click.command("decide", cls=Command)
@argument("incident_id", text="incident")
@argument("text", text="decision")
@option("--by", "decided_by", value="person", required=True)
@option("--ground", value="reason", required=True)
@option("--owner", text="carries_out", value="person", default="")
@option("--due", text="carried_out_by", value="day", convert=parse_day, default=None)
@option("--refers", value="step", default="")
@option("--at", text="event_at", value="moment")
@flag("--task", text="decision_task")
@click.pass_obj
def decide_command(
    state: State,
    *,
    incident_id: str,
    text: str,
    decided_by: str,
    ground: str,
    owner: str,
    due: dt.date | None,
    refers: str,
    at: str | None,
    task: bool,
) -> None:
    """Write down a decision."""
    form = forms.Decision(text, decided_by, ground, owner, due)
    _add(state, incident_id, form, at, refers=refers, task=task)


@click.command("minutes", cls=Command)
@argument("incident_id", text="incident")
@option("--meeting", value="title", required=True)
@option("--at", text="held_at", value="moment", required=True)
@option("--present", "present", value="person", multiple=True, required=True)
@option("--notes", value="note", default="")
@option("--file", "file", text="notes_file", value="file", default="")
@option("--decision", "decisions", value="decision", multiple=True)
@click.pass_obj
def minutes_command(
    state: State,
    *,
    incident_id: str,
    meeting: str,
    at: str,
    present: tuple[str, ...],
    notes: str,
    file: str,
    decisions: tuple[str, ...],
) -> None:
    """Write down what was said and decided in a meeting."""
    from muutosturva.incidents.reading import queries

    with state.store() as store, store.reading() as session:
        planned = {each.key: each for each in queries.meetings(session, incident_id)}
    known = planned.get(meeting.strip())
    form = forms.Minutes(
        meeting=meeting if known is None else state.texts.pick(known.title),
        attendees=present,
        notes=small_text(Path(file)) if file else notes,
        decisions=tuple(_decision(each) for each in decisions),
    )
    _add(state, incident_id, form, at, refers="" if known is None else known.key)


def _decision(typed: str) -> forms.Decision:
    """Return a decision typed as ``text|owner|day``; owner and day may be left out."""
    text, owner, day, *rest = [*(part.strip() for part in typed.split(PARTS)), "", ""]
    if any(rest):
        raise UsageError("cli.decision_parts", text=typed)
    return forms.Decision(text, owner=owner, due=parse_day(day) if day else None)


@click.command("update", cls=Command)
@argument("incident_id", text="incident")
@option("--state", "how", choices=STATES, text="update_state", required=True)
@option("--summary", value="note", default="")
@option("--done", value="note", default="")
@option("--needs", value="note", default="")
@option("--next", "following", text="next_update", value="day", convert=parse_day, default=None)
@option("--at", text="event_at", value="moment")
@click.pass_obj
def update_command(
    state: State,
    *,
    incident_id: str,
    how: str,
    summary: str,
    done: str,
    needs: str,
    following: dt.date | None,
    at: str | None,
) -> None:
    """Tell in a few words how it goes, for the situation picture."""
    form = forms.Update(forms.UpdateState(how), summary, done, needs, following)
    _add(state, incident_id, form, at)


@click.command("review", cls=Command)
@argument("incident_id", text="incident")
@option("--happened", value="note", required=True)
@option("--worked", value="note", default="")
@option("--failed", value="note", default="")
@option("--change", "changes", text="model_change", value="decision", multiple=True)
@click.pass_obj
def review_command(
    state: State, *, incident_id: str, happened: str, worked: str, failed: str, changes: tuple[str, ...]
) -> None:
    """Write down what was learnt."""
    made = tuple(forms.ModelChange(each.text, each.owner, each.due) for each in map(_decision, changes))
    _add(state, incident_id, forms.Review(happened, worked, failed, made), None)


def _add(state: State, incident_id: str, form: forms.Form, at: str | None, **given: Any) -> None:
    from muutosturva.incidents.acts.records import add_record

    with state.store() as store:
        view = add_record(
            store,
            incident_id,
            form,
            at=parse_event_time(at, state.now()),
            actor=state.actor(store),
            now=state.now(),
            **given,
        )
        say_if_early(state, store, incident_id, view.event_time)
    sentence = state.texts(
        "cli.record.added", incident=view.incident, kind=view.kind, number=view.number, title=view.title
    )
    state.out.done(_document(view), sentence)


@click.command("correct", cls=Command)
@argument("incident_id", text="incident")
@argument("kind", text="record_kind", choices=KINDS)
@argument("number", text="record_number", convert=count("NUMBER"))
@option("--set", "changes", text="record_fields", value="input", multiple=True, required=True)
@option("--reason", value="reason", required=True)
@click.pass_obj
def correct_command(
    state: State, *, incident_id: str, kind: str, number: int, changes: tuple[str, ...], reason: str
) -> None:
    """Write a corrected version of a record; the old one stays readable."""
    from muutosturva.cli.values import pairs
    from muutosturva.incidents.acts.records import correct_record, record_history

    wanted = RecordKind(kind)
    typed = pairs(changes, "--set")
    with state.store() as store:
        with store.reading() as session:
            present = record_history(session, incident_id, wanted, number)[0]
        view = correct_record(
            store,
            incident_id,
            wanted,
            number,
            _changed(present.form, typed),
            reason=reason,
            expected_version=present.version,
            actor=state.actor(store),
            now=state.now(),
        )
    sentence = state.texts(
        "cli.record.corrected", incident=view.incident, kind=view.kind, number=view.number, title=view.title
    )
    state.out.done(_document(view), sentence)


def _changed(form: forms.Form, typed: dict[str, str]) -> forms.Form:
    """Return a form with the fields that were typed; a day may be typed the Finnish way.

    Raises:
        UsageError: the form has no such field, or it does not hold plain text, a day or names.
    """
    known = correctable(form)
    for name, value in typed.items():
        if name not in known:
            raise UsageError("cli.no_such_field", field=name, known=", ".join(known))
        if name == STATE and value not in STATES:
            raise UsageError("cli.bad_choice", option=name, value=value, known=", ".join(STATES))
    return corrected(form, typed)


@click.command("records", cls=Command)
@argument("incident_id", text="incident")
@option("--kind", choices=KINDS, text="record_kind", default=None)
@option("--number", text="record_history", value="seq", convert=count("--number"), default=None)
@click.pass_obj
def records_command(state: State, *, incident_id: str, kind: str | None, number: int | None) -> None:
    """List decisions, minutes, updates and reviews; or one with all its versions."""
    from muutosturva.incidents.acts import records
    from muutosturva.incidents.reading.naming import names

    wanted = None if kind is None else RecordKind(kind)
    if number is not None and wanted is None:
        raise UsageError("cli.number_without_kind")
    with state.store() as store, store.reading() as session:
        if number is None or wanted is None:
            found = records.records(session, incident_id, wanted)
        else:
            found = records.record_history(session, incident_id, wanted, number)
        named = names(session, incident_id)
    lines = _lines(state, found, named, incident_id, whole=number is not None)
    state.out.show([_document(view) for view in found], lines)
    if not found:
        state.out.say(state.texts("cli.record.none", incident=incident_id))


def _lines(state: State, found: Sequence[RecordView], named: Names, asked: str, *, whole: bool) -> list[str]:
    from muutosturva.incidents.told import recorded

    texts = state.texts
    several = len({view.incident for view in found} | {asked.strip().upper()}) > 1
    if whole:
        return [line for view in found for line in _page(state, view, named, several=several)]
    rows = [
        (
            view.incident if several else "",
            f"{texts.word(view.kind)} {view.number}",
            texts.moment(view.event_time),
            view.author,
            recorded.titled(texts, view),
            _carried(state, view, named),
        )
        for view in found
    ]
    return state.out.table(columns(state, "incident", "record", "when", "~who", "_title", "_carried"), rows)


def _carried(state: State, view: RecordView, named: Names) -> str:
    from muutosturva.incidents.told import recorded

    if not isinstance(view.form, forms.Decision) or not view.form.owner:
        return ""
    owner = recorded.person(state.texts, view, named, view.form.owner)
    return state.texts("cli.record.carried_out", owner=owner, due=state.texts.day(view.form.due))


def _page(state: State, view: RecordView, named: Names, *, several: bool) -> list[str]:
    """Return one version of a record, field by field; with its incident where that is not the one asked."""
    from muutosturva.incidents.told import recorded

    head = recorded.heading(state.texts, view)
    lines = state.out.wrapped(f"{view.incident}: {head}" if several else head)
    for line in recorded.field_lines(state.texts, view, named):
        lines += state.out.wrapped(line, "  ", "  ")
    return lines


def _document(view: RecordView) -> Document:
    return {
        "incident": view.incident,
        "kind": view.kind.value,
        "number": view.number,
        "title": view.title,
        "fields": forms.to_body(view.form),
        "refers": view.refers or None,
        "event_time": view.event_time.isoformat(),
        "record_time": view.recorded_at.isoformat(),
        "author": view.author,
        "corrects": view.corrects,
        "current": view.current,
        "version": view.version,
    }
