"""Fields of a form as people type them over: plain text, a day the Finnish way, names between commas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from muutosturva.incidents.pure import forms
from muutosturva.incidents.pure.forms import Form
from muutosturva.incidents.typed.notation import parse_day

DAYS: Final = frozenset({"due", "next_update"})
NAMES: Final = "attendees"
STATE: Final = "state"


def correctable(form: Form) -> tuple[str, ...]:
    """Return the fields that can be typed over: not numbers, not what is a record of its own."""
    return tuple(
        name
        for name, held in forms.to_body(form).items()
        if not isinstance(held, int) and (not isinstance(held, list) or name == NAMES)
    )


def corrected(form: Form, typed: Mapping[str, str]) -> Form:
    """Return a form with other fields; an empty day is none.

    Args:
        form: as it stands.
        typed: by name of a field that ``correctable`` gives; a state is one of ``UpdateState``.

    Raises:
        UsageError: a day is none.
    """
    body = forms.to_body(form)
    for name, value in typed.items():
        if name in DAYS:
            body[name] = parse_day(value).isoformat() if value else None
        elif name == NAMES:
            body[name] = [part.strip() for part in value.split(",") if part.strip()]
        else:
            body[name] = value
    return forms.from_body(forms.kind_of(form), body)
