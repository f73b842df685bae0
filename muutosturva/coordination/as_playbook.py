"""Saving what a group did as a draft of a playbook: read, put into words, written, logged."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from muutosturva.clock import local_date
from muutosturva.coordination.as_playbook_text import Head, draft_text
from muutosturva.coordination.exports import hand_out
from muutosturva.coordination.new_playbook import place_of
from muutosturva.coordination.playbook_checks import outside
from muutosturva.coordination.shelf import at_hand
from muutosturva.errors import InputError, NotFoundError, Problem, RefusedError
from muutosturva.i18n import Language
from muutosturva.incidents.pure.drafting import Draft, Work, drafted
from muutosturva.incidents.reading.drafting import work_of
from muutosturva.incidents.reading.queries import find_incident
from muutosturva.incidents.reading.secrecy import class_of_all
from muutosturva.models.states import Secrecy
from muutosturva.playbooks.library import Library
from muutosturva.playbooks.loading.overlay import MOST_LAYERS
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.store.store import Store

PLAYBOOK_DRAFTED: Final = "coordination.playbook_drafted"


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft that was written.

    Attributes:
        path: its file.
        draft: what it holds.
        base: id of the playbook it is laid over; "" where it holds the whole of it.
        findings: what the lint says of it.
    """

    path: Path
    draft: Draft
    base: str
    findings: tuple[Problem, ...]


def save_as_playbook(
    store: Store,
    incident: str,
    playbook: str,
    *,
    out: Path | None = None,
    confirm: bool = False,
    language: Language,
    actor: str,
    now: dt.datetime,
    library: Library | None = None,
) -> Drafted:
    """Write what a group did in an incident as a draft of a playbook, and log that it was handed out.

    It is laid over the incident's playbook where that is at hand as it was pinned, and holds the whole of
    it otherwise. Nothing in it names anybody; what people wrote themselves is marked to be read through.

    Args:
        store: the store.
        incident: readable id.
        playbook: id of the draft, which is the name of its file too.
        out: a folder, or the file; None for the office's own playbooks.
        confirm: True where somebody has said that a restricted incident may be drafted from: what was
            done and when leaves the store, though not for whom.
        language: of the comments.
        actor: who saves it.
        now: the moment.
        library: where playbooks are looked for; those of this machine when None.

    Raises:
        NotFoundError: no such incident, or it is hidden from the actor.
        UsageError: the id has other letters, or is not the name of the file.
        RefusedError: the id or the file is taken, the incident is a regional situation or restricted and
            not confirmed, or nothing differs from its playbook.
        InputError: the office's own playbook of that id is broken.
        MachineError: the file cannot be written.
    """
    shelf = library or at_hand()
    path = place_of(shelf, playbook, out)
    with store.reading() as session:
        work = work_of(session, incident)
        secrecy = class_of_all(session, incident)
        owner = find_incident(session, incident)
    if secrecy is Secrecy.RESTRICTED and not confirm:
        raise RefusedError("coordination.draft_restricted", incident=owner.readable_id)
    pinned = owner.playbook_id
    if playbook == pinned:
        raise RefusedError("coordination.playbook_taken", id=playbook, path=pinned)
    today, base = local_date(now), _same(shelf, work, pinned)
    draft = _drafted(work, base)
    if not draft.entries:
        raise RefusedError("coordination.draft_nothing", incident=owner.readable_id, playbook=pinned)
    head = Head(playbook, f"{today.year}.1", pinned, owner.playbook_version, whole=base is None, on=today)
    text = draft_text(draft, work.at.playbook, head, language)
    _written(store, incident, path, text, actor=actor, now=now)
    found = shelf.read(path, outside(store, now)).problems
    return Drafted(path, draft, "" if base is None else pinned, found)


def _written(store: Store, incident: str, path: Path, text: str, *, actor: str, now: dt.datetime) -> None:
    with store.transaction(actor, now) as unit:
        if path.exists():
            raise RefusedError("coordination.playbook_taken", id=path.stem, path=str(path))
        hand_out(unit, incident, PLAYBOOK_DRAFTED, {path: text.encode()}, (f"playbook:{path.stem}",))


def _drafted(work: Work, base: Resolved | None) -> Draft:
    expected = frozenset(step for used in (base.used if base else ()) for step in used.expects)
    return drafted(replace(work, expected=expected))


def _same(shelf: Library, work: Work, playbook: str) -> Resolved | None:
    """Return the playbook at hand where it is the very one that is pinned and takes one more layer."""
    try:
        found = shelf.load(playbook)
    except (NotFoundError, InputError):
        return None
    same = found.sha256 == work.at.playbook.sha256
    return found if same and len(found.layers) < MOST_LAYERS else None
