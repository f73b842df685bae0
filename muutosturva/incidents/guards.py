"""What several use cases refuse alike: no reason, an ended incident."""

from __future__ import annotations

from muutosturva.errors import InputError, Problem, RefusedError
from muutosturva.models.incident import Incident
from muutosturva.models.states import RUNNING


def require_reason(reason: str) -> str:
    """Return the reason without its edges.

    Raises:
        InputError: there is none; the log would not say why.
    """
    stripped = reason.strip()
    if not stripped:
        raise InputError("incidents.input", problems=[Problem("incidents.reason_missing")])
    return stripped


def require_running(incident: Incident) -> None:
    """Refuse to change the work of an incident that has ended.

    Raises:
        RefusedError: the incident is closed, reviewed or cancelled.
    """
    if incident.state not in RUNNING:
        raise RefusedError("incidents.not_running", incident=incident.readable_id, state=incident.state)
