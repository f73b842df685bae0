"""Who acts: a name as typed among those of the roster. Pure but for the login name."""

from __future__ import annotations

from collections.abc import Iterable

from muutosturva.errors import NotFoundError, nearest
from muutosturva.store.login import login_name


def by_login() -> str:
    """Return who acts where nobody said who: the login name."""
    return login_name() or "–"


def among(name: str, people: Iterable[tuple[str, str]]) -> str:
    """Return the name of the person meant, in any letter case.

    Args:
        name: name or slug, as typed.
        people: name and slug of everybody it may be.

    Raises:
        NotFoundError: none of them; the nearest names are in the parameters.
    """
    known = list(people)
    folded = name.strip().casefold()
    for person, slug in known:
        if folded in {person.casefold(), slug.casefold()}:
            return person
    raise NotFoundError(
        "coordination.actor_not_found", person=name, nearest=nearest(name, [person for person, _ in known])
    )
