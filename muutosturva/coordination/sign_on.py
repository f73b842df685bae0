"""Who works on which store: opening it and knowing the person."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlmodel import col, select

from muutosturva.coordination.actors import among, by_login
from muutosturva.models.standing import RosterPerson
from muutosturva.store.location import default_path
from muutosturva.store.store import Store


def open_store(place: str | Path | None, *, look: bool = False) -> Store:
    """Open the store at ``place``, or the user's own one; with ``look`` only to read.

    Raises:
        NotFoundError, UsageError, RefusedError, MachineError: as ``Store.open``.
    """
    return Store.open(place if place is not None else default_path(), look=look)


def actor_named(store: Store, name: str | None) -> str:
    """Return the name of the person who acts.

    A name given must stand in the roster. Without one the login name stands for the person:
    on a shared laptop either is a statement, not a proof (the log keeps both).

    Raises:
        NotFoundError: nobody of that name is in the roster.
    """
    if name is None or not name.strip():
        return by_login()
    return among(name, _active(store))


def in_roster(store: Store, name: str) -> bool:
    """Tell whether somebody active in the roster bears a name."""
    return any(name == known for known, _ in _active(store))


def _active(store: Store) -> Sequence[tuple[str, str]]:
    with store.reading() as session:
        return session.exec(
            select(RosterPerson.name, RosterPerson.slug).where(col(RosterPerson.active))
        ).all()
