"""Looking at a store as the person who acts, without loading the classes of its tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from muutosturva.coordination.actors import among, by_login
from muutosturva.store.glance import Glance, active_people, glance
from muutosturva.store.location import default_path


@contextmanager
def open_glance(place: str | Path | None) -> Iterator[Glance]:
    """Open the store at ``place``, or the user's own one, for one look.

    Raises:
        NotFoundError, UsageError, RefusedError, MachineError: as ``Store.open``.
    """
    with glance(place if place is not None else default_path()) as seen:
        yield seen


def looking(seen: Glance, name: str | None) -> str:
    """Return the name of the person who looks, as ``access.actor_named`` returns who acts.

    Raises:
        NotFoundError: nobody of that name is in the roster.
    """
    if name is None or not name.strip():
        return by_login()
    return among(name, active_people(seen))
