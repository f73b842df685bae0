"""What a change did to a plan, as the payload of its event tells it."""

from __future__ import annotations

from typing import Any

from muutosturva.incidents.pure.views import Changes


def told_changes(changes: Changes) -> dict[str, Any]:
    """Return a change of the plan as values: enough to tell it to someone who was not there."""
    return {
        "moved": [
            {"key": moved.key, "old": moved.old, "new": moved.new, "outcome": moved.outcome}
            for moved in changes.moved
        ],
        "added": changes.added,
        "offered": changes.offered,
        "withdrawn": changes.withdrawn,
        "stays": changes.stays,
        "states": dict(changes.states),
        "level": changes.level[1] if changes.level[0] != changes.level[1] else None,
    }
