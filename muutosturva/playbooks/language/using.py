"""How a playbook takes in a bundle: which one, in which version, and where its entries stand."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BeforeValidator, Field, StringConstraints

from muutosturva.playbooks.language.vocabulary import Ids, Model

BundleName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,59}@[0-9]{4}\.[0-9]{1,3}(\.[0-9]{1,3})?$"),
]
"""Id and exact version of a bundle: ``staff-session@2026.1``."""


class Use(Model):
    """A bundle that is taken in."""

    bundle: BundleName
    after: Ids = ()
    """Ids of the host's entries: in each section the bundle's own come after the first that stands there."""


def _by_name(value: object) -> object:
    return {"bundle": value} if isinstance(value, str) else value


MOST_BUNDLES: Final = 20
"""Most bundles a playbook takes in, its layers together."""
Uses = Annotated[
    tuple[Annotated[Use, BeforeValidator(_by_name, json_schema_input_type=BundleName | Use)], ...],
    Field(max_length=MOST_BUNDLES),
]
"""Bundles, each by name or with the place of its entries."""
FACTS: Final = frozenset({"inputs", "anchors", "waves", "phases", "roles"})
"""Sections a bundle declares so that it stands on its own; the host's word goes before its own."""
