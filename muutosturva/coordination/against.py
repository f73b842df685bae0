"""The other plan a preview is compared with: another playbook or version, or the text of an incident."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from sqlmodel import col, select

from muutosturva.coordination.shelf import at_hand
from muutosturva.coordination.trigger import TriggerRequest, preview_text
from muutosturva.errors import NotFoundError
from muutosturva.incidents.reading.queries import find_incident
from muutosturva.models.incident import Incident
from muutosturva.playbooks.library import Library
from muutosturva.playbooks.loading.resolved import Resolved, from_stored
from muutosturva.playbooks.plan import Plan
from muutosturva.store.store import Store

AT: Final = "@"
"""Stands between a playbook's id and its version: ``large-layoff@2026.1``."""


def other_text(store: Store | None, named: str, library: Library | None = None) -> Resolved:
    """Return the playbook somebody named to compare with.

    Args:
        store: where pinned texts are looked for, or None.
        named: id or path of a playbook; ``id@version``; or the id of an incident, for its pinned text.
        library: where playbooks are looked for; those of this machine when None.

    Raises:
        NotFoundError: there is nothing of that name (``coordination.other_not_found``), or no text of
            that version is at hand (``coordination.version_not_found``, with those that are).
        InputError: the playbook itself has problems.
    """
    shelf = library or at_hand()
    identity, at, version = named.partition(AT)
    if at and "/" not in named:
        return _version(store, shelf, identity, version)
    try:
        return shelf.load(named)
    except NotFoundError as missing:
        found = None if store is None else _pinned(store, named)
        if found is None:
            raise NotFoundError(
                "coordination.other_not_found", name=named, nearest=missing.params["nearest"]
            ) from missing
        return found


def other_plan(store: Store | None, request: TriggerRequest, resolved: Resolved, *, now: dt.datetime) -> Plan:
    """Return the plan the same answers and dates give by another playbook.

    Answers and dates it does not know are left out: they belong to the plan it is compared with.
    """
    playbook = resolved.playbook
    dates = {*playbook.anchors, *playbook.waves}
    fitting = replace(
        request,
        inputs={
            name: value
            for name, value in request.inputs.items()
            if name in playbook.inputs and (value is None or playbook.inputs[name].admits(value))
        },
        anchors={name: value for name, value in request.anchors.items() if name in dates},
        waves=tuple(
            replace(wave, anchors={name: day for name, day in wave.anchors.items() if name in playbook.waves})
            for wave in request.waves
        ),
    )
    return preview_text(store, fitting, resolved, now=now)


def _version(store: Store | None, library: Library, identity: str, version: str) -> Resolved:
    own = library.load(identity)
    if own.playbook.version == version:
        return own
    texts = {} if store is None else _pinned_versions(store, identity)
    if version in texts:
        return from_stored(texts[version], identity)
    known = ", ".join(dict.fromkeys((own.playbook.version, *sorted(texts))))
    raise NotFoundError("coordination.version_not_found", name=identity, version=version, known=known)


def _pinned(store: Store, incident: str) -> Resolved | None:
    with store.reading() as session:
        try:
            owner = find_incident(session, incident)
        except NotFoundError:
            return None
        return None if owner.situation else from_stored(owner.playbook_text, owner.playbook_id)


def _pinned_versions(store: Store, identity: str) -> dict[str, str]:
    """Return a pinned text of each version of a playbook; the oldest incident's goes first."""
    with store.reading() as session:
        rows = session.exec(
            select(Incident.playbook_version, Incident.playbook_text)
            .where(Incident.playbook_id == identity)
            .order_by(col(Incident.opened_at).desc())
        ).all()
    return dict(rows)
