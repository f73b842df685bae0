"""The stable JSON of several firms: sums as far as they are known, linked firms, merges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from muutosturva.cli import stable
from muutosturva.cli.stable import Document
from muutosturva.incidents.pure.views import IncidentView, LinkView

if TYPE_CHECKING:
    from muutosturva.incidents.acts.merging import Merged


def incident(view: IncidentView) -> Document:
    """Return an incident with what hangs on it."""
    return {
        **stable.incident(view),
        "people": stable.tally(view.people),
        "linked_people": stable.tally(view.beyond) if view.beyond else None,
        "links": [link(item) for item in view.links],
        "duplicate_of": view.duplicate_of or None,
        "duplicates": list(view.duplicates),
    }


def link(view: LinkView) -> Document:
    """Return a linked firm."""
    return {
        "incident": view.incident,
        "name": view.name,
        "kind": view.kind.value,
        "own_incident": view.other or None,
        "headcount": view.headcount,
        "included": view.included,
        "source": view.source or None,
    }


def merged(value: Merged) -> Document:
    """Return what a merge does, or did."""
    return {
        "duplicate": value.duplicate,
        "into": value.into,
        "carried": list(value.carried),
        "moved": [{"old": old, "new": new} for old, new in value.moved],
        "links": list(value.links),
        "situation": value.situation or None,
    }
