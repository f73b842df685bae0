"""``incident secrecy``, ``publish``, ``access`` and ``public``: who may know, and what was public when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import click

from muutosturva.cli import stable_numbers
from muutosturva.cli.framework import Command, argument, option
from muutosturva.cli.incident_pages import change_lines, columns
from muutosturva.errors import UsageError
from muutosturva.incidents.told import counted
from muutosturva.incidents.typed.moments import parse_moment

if TYPE_CHECKING:
    from muutosturva.cli.stable import Document
    from muutosturva.cli.state import State
    from muutosturva.incidents.pure.publicity import Access, NumberThen, Publicity, Turn
    from muutosturva.incidents.pure.views import IncidentView
    from muutosturva.store.store import Store

CLASSES: Final = ("restricted", "group", "public")


@click.command("secrecy", cls=Command)
@argument("incident_id", text="incident")
@argument("secrecy", text="secrecy", required=False, default=None, choices=CLASSES)
@option("--reason", value="reason", default="")
@option("--at", text="event_at", value="moment", convert=parse_moment)
@click.pass_obj
def secrecy_command(
    state: State, *, incident_id: str, secrecy: str | None, reason: str, at: dt.datetime | None
) -> None:
    """Show the class of secrecy, or move the incident to another."""
    from muutosturva.incidents.acts.publishing import set_secrecy
    from muutosturva.incidents.reading import queries
    from muutosturva.models.states import Secrecy

    with state.store() as store:
        if secrecy is None:
            with store.reading() as session:
                view = queries.incident_view(session, incident_id)
        else:
            view = set_secrecy(
                store,
                incident_id,
                Secrecy(secrecy),
                reason=reason,
                at=at,
                actor=state.actor(store),
                now=state.now(),
            )
        insiders = inside_lines(state, store, view)
    name = "shown" if secrecy is None else "moved"
    sentence = state.texts(f"cli.secrecy.{name}", incident=view.readable_id, secrecy=view.secrecy)
    document = {"id": view.readable_id, "secrecy": view.secrecy.value}
    state.out.show(document, [sentence, *insiders])


@click.command("publish", cls=Command)
@argument("incident_id", text="incident")
@option("--at", text="publish_at", value="moment", convert=parse_moment)
@option("--source", text="publish_source", value="source", default="")
@option("--reason", text="publish_reason", value="reason", required=True)
@click.pass_obj
def publish_command(
    state: State, *, incident_id: str, at: dt.datetime | None, source: str, reason: str
) -> None:
    """Say that the news is public."""
    from muutosturva.cli import stable
    from muutosturva.incidents.acts.publishing import public_at, publish

    with state.store() as store:
        changes = publish(
            store,
            incident_id,
            at=at,
            source=source,
            reason=reason,
            actor=state.actor(store),
            now=state.now(),
        )
        with store.reading() as session:
            found = public_at(session, incident_id, state.now())
    told = found.turns[-1]
    sentence = _turn_words(state, told)
    document = {**_publicity(found), "changes": stable.changes(changes, state.texts)}
    moves = [] if changes.empty else change_lines(state, changes)
    state.out.show(document, [*state.out.wrapped(sentence), *moves])


@click.command("access", cls=Command)
@argument("incident_id", text="incident")
@option("--add", text="access_add", value="person", default="")
@option("--end", text="access_end", value="person", default="")
@option("--reason", text="access_reason", value="reason", default="")
@option("--at", text="event_at", value="moment", convert=parse_moment)
@click.pass_obj
def access_command(
    state: State, *, incident_id: str, add: str, end: str, reason: str, at: dt.datetime | None
) -> None:
    """Show the access list, let somebody in, or end somebody's place."""
    from muutosturva.incidents.acts import access

    if add and end:
        raise UsageError("cli.access_one_act")
    with state.store() as store:
        act = access.grant_access if add else access.end_access
        if add or end:
            act(
                store,
                incident_id,
                add or end,
                reason=reason,
                at=at,
                actor=state.actor(store),
                now=state.now(),
            )
        with store.reading() as session:
            found = access.access_list(session, incident_id)
    state.out.show([_place(place) for place in found], _access_lines(state, found))


@click.command("public", cls=Command)
@argument("incident_id", text="incident")
@option("--at", text="public_at", value="moment", convert=parse_moment)
@click.pass_obj
def public_command(state: State, *, incident_id: str, at: dt.datetime | None) -> None:
    """Tell what was public at a moment, and who could know."""
    from muutosturva.incidents.acts.publishing import public_at

    with state.store() as store, store.reading() as session:
        found = public_at(session, incident_id, at or state.now())
    state.out.show(_publicity(found), _public_lines(state, found))


COMMANDS: Final = (secrecy_command, publish_command, access_command, public_command)
"""Commands of this topic, in the order in which they come into play."""


def inside_lines(state: State, store: Store, view: IncidentView) -> list[str]:
    """Return who sees a restricted incident, and that the release should be recorded once it is past."""
    from muutosturva.incidents.acts.access import access_list
    from muutosturva.models.states import Secrecy

    if view.secrecy is not Secrecy.RESTRICTED:
        return []
    with store.reading() as session:
        places = access_list(session, view.readable_id)
    present = [place.name for place in places if place.ended_at is None]
    told = state.texts("cli.secrecy.inside", n=len(present), people=present)
    return [*state.out.wrapped(told), *due_lines(state, view)]


def due_lines(state: State, view: IncidentView) -> list[str]:
    """Return the reminder of a restricted incident whose release should be out by now."""
    from muutosturva.incidents.pure.publicity import RELEASE, release_is_due
    from muutosturva.incidents.told.wording import release_due

    release = view.anchor(RELEASE)
    if release is None or not release_is_due(view.secrecy, release.value, state.now()):
        return []
    told = release_due(state.texts, release.value)
    command = state.texts("incidents.release.command", incident=view.readable_id)
    return state.out.wrapped(f"{told} {command}")


def newcomer_lines(state: State, store: Store, incident: str) -> list[str]:
    """Return who came into a restricted incident by what was just done."""
    from muutosturva.incidents.acts.access import access_list

    with store.reading() as session:
        places = access_list(session, incident)
    names = [place.name for place in places if place.recorded_at == state.now()]
    return [state.texts("cli.secrecy.let_in", person=name) for name in names]


def _access_lines(state: State, places: Sequence[Access]) -> list[str]:
    if not places:
        return [state.texts("cli.secrecy.no_list")]
    texts = state.texts
    rows = [
        (
            place.name,
            texts.moment(place.granted_at),
            texts.moment(place.ended_at) if place.ended_at else "",
            texts.moment(place.recorded_at),
            _ground(state, place),
            place.granted_by,
        )
        for place in places
    ]
    names = ("~name", "inside_from", "inside_until", "recorded", "_ground", "~let_in_by")
    note = state.out.wrapped(texts("cli.secrecy.list_note"))
    return [*state.out.table(columns(state, *names), rows), "", *note]


def _ground(state: State, place: Access) -> str:
    return state.texts(f"cli.ground.{place.ground}", detail=place.title or place.detail)


def _public_lines(state: State, found: Publicity) -> list[str]:
    texts = state.texts
    if found.secrecy is None:
        head = texts("cli.secrecy.not_known", at=found.moment)
    elif found.public_since is None:
        head = texts("cli.secrecy.was", at=found.moment, secrecy=found.secrecy)
    elif found.source:
        head = texts("cli.secrecy.was_leaked", at=found.moment, since=found.public_since, source=found.source)
    else:
        head = texts("cli.secrecy.was_public", at=found.moment, since=found.public_since)
    lines = state.out.wrapped(head)
    if found.inside:
        people = [place.name for place in found.inside]
        lines += state.out.wrapped(texts("cli.secrecy.could_know", people=people))
    turns = [_turn_words(state, turn) for turn in found.turns]
    lines += (line for turn in turns for line in state.out.wrapped(turn, "  ", "  "))
    return [*lines, *_number_lines(state, found.numbers)]


def _number_lines(state: State, numbers: Sequence[NumberThen]) -> list[str]:
    """Return the numbers that stood then: which of them were public, and since when."""
    texts = state.texts
    if not numbers:
        return []
    rows = [
        (
            counted.ends(texts, one.figure),
            texts.word(one.figure.stage),
            texts.word(one.figure.measure),
            one.figure.site,
            texts.moment(one.figure.event_time),
            texts.moment(one.public_since) if one.public_since else texts("cli.secrecy.number_not_public"),
            one.figure.source,
        )
        for one in numbers
    ]
    names = ("^people", "stage", "~figure_measure", "figure_site", "said", "=public_from", "_source")
    note = state.out.wrapped(texts("cli.secrecy.numbers_note"))
    return ["", *state.out.table(columns(state, *names), rows), "", *note]


def _turn_words(state: State, turn: Turn) -> str:
    name = "turn"
    if turn.source:
        name = "turn_leaked"
    elif turn.by_company:
        name = "turn_company"
    return state.texts(
        f"cli.secrecy.{name}",
        at=turn.moment,
        recorded=turn.recorded,
        secrecy=turn.secrecy,
        source=turn.source,
        who=turn.actor,
        reason=turn.reason or "–",
    )


def _place(place: Access) -> Document:
    return {
        "name": place.name,
        "ground": place.ground,
        "detail": place.detail or None,
        "granted_by": place.granted_by,
        "from": place.granted_at.isoformat(),
        "recorded": place.recorded_at.isoformat(),
        "until": place.ended_at.isoformat() if place.ended_at else None,
    }


def _publicity(found: Publicity) -> Document:
    return {
        "at": found.moment.isoformat(),
        "numbers": [
            {
                **stable_numbers.figure(one.figure),
                "public_since": one.public_since.isoformat() if one.public_since else None,
            }
            for one in found.numbers
        ],
        "secrecy": found.secrecy.value if found.secrecy else None,
        "public_since": found.public_since.isoformat() if found.public_since else None,
        "source": found.source or None,
        "inside": [_place(place) for place in found.inside],
        "turns": [
            {
                "at": turn.moment.isoformat(),
                "recorded": turn.recorded.isoformat(),
                "secrecy": turn.secrecy.value,
                "by_company": turn.by_company,
                "source": turn.source or None,
                "reason": turn.reason or None,
                "actor": turn.actor,
            }
            for turn in found.turns
        ],
    }
