"""One record in words: when and by whom, whether it stands, and what was filled in, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from muutosturva.i18n import Texts
from muutosturva.incidents.acts.records import RecordView
from muutosturva.incidents.pure import forms
from muutosturva.incidents.reading.naming import Names

PEOPLE: Final = frozenset({"decided_by", "owner"})
"""Fields of forms that name somebody."""


def heading(texts: Texts, view: RecordView) -> str:
    """Return which version it is: kind, number, moment, author, and whether it stands."""
    standing = texts("incidents.record.stands" if view.current else "incidents.record.replaced")
    return (
        f"{texts.word(view.kind)} {view.number}: {texts.moment(view.event_time)}, {view.author} ({standing})"
    )


def field_lines(texts: Texts, view: RecordView, named: Names) -> Iterator[str]:
    """Yield each field that was filled in; a role written by its id by its title."""
    for name, value in forms.to_body(view.form).items():
        if value:
            yield f"{texts(f'incidents.record_field.{name}')}: {_said(texts, view, name, named)}"


def titled(texts: Texts, view: RecordView) -> str:
    """Return a record's title, marked where it replaces an earlier version."""
    return f"{view.title} {texts('incidents.record.is_corrected')}" if view.corrects else view.title


def person(texts: Texts, view: RecordView, named: Names, written: str) -> str:
    """Return a person as written; a role written by its id by its title."""
    found = named.by_incident.get(view.incident, {}).get(written)
    return texts.pick(found.title) if found else written


def _said(texts: Texts, view: RecordView, name: str, named: Names) -> str:
    value = getattr(view.form, name)
    if isinstance(value, tuple):
        return "; ".join(_part(texts, view, part, named) for part in value)
    return person(texts, view, named, value) if name in PEOPLE else str(texts.spoken(value))


def _part(
    texts: Texts, view: RecordView, part: str | forms.Decision | forms.ModelChange, named: Names
) -> str:
    if isinstance(part, str):
        return person(texts, view, named, part)
    due = texts.day(part.due) if part.due else ""
    return ", ".join(filter(None, (part.text, person(texts, view, named, part.owner), due)))
