"""``task escalated``: what somebody has to be told of, the text of the message, and that it was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from muutosturva.cli.framework import Command, argument, flag, option
from muutosturva.cli.incident_pages import columns
from muutosturva.clock import local_date
from muutosturva.errors import RefusedError, UsageError
from muutosturva.incidents.typed.moments import parse_moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from muutosturva.cli.stable import Document
    from muutosturva.cli.state import State
    from muutosturva.incidents.reading.escalations import Escalation
    from muutosturva.incidents.told.escalation_draft import Draft


@click.command("escalated", cls=Command)
@argument("incident_id", text="incident", required=False)
@argument("step", required=False)
@flag("--sent", text="escalation_sent")
@option("--to", text="escalation_to", value="person")
@option("--at", text="event_at", value="moment", convert=parse_moment)
@option("--note", text="done_note", value="note", default="")
@click.pass_obj
def escalated_command(
    state: State, /, *, incident_id: str | None, step: str | None, sent: bool, **told: object
) -> None:
    """Show what somebody has to be told of, draft the message, or say that it was sent."""
    if sent and step is None:
        raise UsageError("cli.sent_of_which")
    if any(told.values()) and not sent:
        raise UsageError("cli.only_with_sent")
    if sent:
        _record(state, incident_id or "", step or "", told)
    elif step is not None:
        _draft(state, incident_id or "", step)
    else:
        _list(state, incident_id)


def _list(state: State, incident_id: str | None) -> None:
    from muutosturva.incidents.reading import queries
    from muutosturva.incidents.reading.escalations import escalations, of_incident

    today = local_date(state.now())
    with state.store() as store, store.reading() as session:
        found = (
            escalations(session, today)
            if incident_id is None
            else of_incident(session, queries.find_incident(session, incident_id), today)
        )
    state.out.show([_document(state, each) for each in found], _lines(state, found))
    if not found:
        state.out.say(state.texts("cli.escalated.none"))
    else:
        state.out.say(state.texts("cli.escalated.how"))


def _lines(state: State, found: Sequence[Escalation]) -> list[str]:
    texts = state.texts
    rows = [
        (
            each.task.incident,
            each.task.code or each.task.key,
            texts.word(each.kind),
            texts.day(each.since),
            texts.pick(each.task.title),
            each.task.person or texts("cli.nobody"),
            each.to.person or texts("cli.escalated.nobody"),
            ", ".join(
                texts("cli.escalated.sent_to", person=sent.to or "–", at=sent.at) for sent in each.sent
            ),
        )
        for each in found
    ]
    names = ("incident", "~task", "~why", "since", "_title", "=who", "=tell", "=told_already")
    return state.out.table(columns(state, *names), rows)


def _draft(state: State, incident_id: str, step: str) -> None:
    from muutosturva.incidents.reading import finding, queries
    from muutosturva.incidents.reading.escalations import of_incident

    with state.store() as store, store.reading() as session:
        named = queries.find_incident(session, incident_id)
        row = finding.find_task(session, named, step)
        found = of_incident(session, named, local_date(state.now()))
        each = next((each for each in found if each.task.id == row.id), None)
        if each is None:
            raise RefusedError("incidents.nothing_to_escalate", task=row.key, incident=named.readable_id)
        if each.outside:
            raise RefusedError(
                "incidents.escalation_outsider", person=each.to.person, incident=named.readable_id
            )
        draft = _text(state, each, state.named_actor(store))
    texts = state.texts
    lines = [
        texts("cli.escalated.to", to=draft.to or texts("cli.escalated.nobody")),
        texts("cli.escalated.subject", subject=draft.subject),
        "",
        *draft.text.splitlines(),
    ]
    document = {**_document(state, each), "subject": draft.subject, "text": draft.text}
    state.out.show(document, lines)
    state.out.say(
        texts("cli.escalated.not_sent", incident=each.task.incident, task=each.task.code or each.task.key)
    )


def _text(state: State, each: Escalation, sender: str) -> Draft:
    from muutosturva.incidents.told.escalation_draft import draft_of

    return draft_of(state.texts, each, sender)


def _record(state: State, incident_id: str, step: str, told: dict[str, object]) -> None:
    from muutosturva.incidents.service import record_escalation

    with state.store() as store:
        done = record_escalation(
            store,
            incident_id,
            step,
            actor=state.actor(store),
            now=state.now(),
            **told,  # type: ignore[arg-type]
        )
    sent, task = done.sent[0], done.task
    sentence = state.texts(
        "cli.escalated.recorded", incident=task.incident, task=task.key, person=sent.to, at=sent.at
    )
    state.out.done(_document(state, done), sentence)


def _document(state: State, each: Escalation) -> Document:
    return {
        "incident": each.task.incident,
        "id": each.task.key,
        "code": each.task.code or None,
        "title": state.texts.pick(each.task.title),
        "kind": each.kind.value,
        "since": each.since.isoformat(),
        "days": each.days,
        "assignee": each.task.person or None,
        "to": each.to.person or None,
        "role": each.to.role or None,
        "email": each.address or None,
        "outside": each.outside,
        "sent": [
            {"to": sent.to or None, "role": sent.role or None, "at": sent.at.isoformat()}
            for sent in each.sent
        ],
    }
