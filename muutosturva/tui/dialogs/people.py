"""Dialogs about people: who does a task, who holds a role; a task of one's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from textual.widget import Widget
from textual.widgets import Input, Static

from muutosturva.errors import UsageError
from muutosturva.i18n import Texts
from muutosturva.incidents.pure.views import RoleView
from muutosturva.incidents.typed.moments import parse_event_time
from muutosturva.incidents.typed.notation import parse_day
from muutosturva.preparedness.queries import PersonView
from muutosturva.tui import words
from muutosturva.tui.dialogs.asking import required
from muutosturva.tui.dialogs.base import Dialog
from muutosturva.tui.host import host
from muutosturva.tui.widgets.choice import Choice

FIRST: Final = "first"
DEPUTY: Final = "deputy"
AWAY: Final = "away "
"""Before the name of a holder who is stood in for."""


def by_role(texts: Texts, roster: Sequence[PersonView], role: str) -> list[tuple[str, str]]:
    """Return the roster as options: those whose role it is first, then their deputies, then the rest."""
    active = [person for person in roster if person.active]

    def rank(person: PersonView) -> tuple[int, str]:
        order = 0 if role in person.roles else 1 if role in person.deputy_for else 2
        return order, person.name

    def label(person: PersonView) -> str:
        title = texts.pick(person.title)
        return f"{person.name}, {title}" if title else person.name

    return [(person.name, label(person)) for person in sorted(active, key=rank)]


class PersonDialog(Dialog[str]):
    """Asks for a person of the roster."""

    NAME = "person"

    def __init__(self, subject: str, roster: Sequence[PersonView], role: str, present: str) -> None:
        super().__init__()
        self.subject = subject
        self.roster = tuple(roster)
        self.role = role
        self.present = present

    def title_text(self) -> str:
        """Return what the person is for."""
        return self.words("title", subject=self.subject)

    def fields(self) -> Iterable[Widget]:
        """Return the people."""
        options = by_role(self.texts, self.roster, self.role)
        yield Choice(options, value=self.present or None, id="person")
        if not options:
            yield Static(self.texts("tui.error.roster_empty"), markup=False)

    def read(self) -> str:
        """Return the person's name.

        Raises:
            UsageError: the roster is empty.
        """
        return required(self.query_one(Choice).value or "", "tui.roster_empty")


class RoleDialog(Dialog[str]):
    """Asks which role to fill; the roles nobody holds stand first."""

    NAME = "role"

    def __init__(self, roles: Sequence[RoleView]) -> None:
        super().__init__()
        self.roles = sorted(roles, key=lambda role: role.filled)

    def fields(self) -> Iterable[Widget]:
        """Return the roles with those who hold them."""
        yield Choice([(role.role, words.role_line(self.texts, role)) for role in self.roles], id="role")

    def read(self) -> str | None:
        """Return the role's id."""
        return self.query_one(Choice).value


class Holder(NamedTuple):
    """Who takes a role, and how.

    ``deputy`` tells whether as deputy; ``away`` is the holder whom they stand in for while away, or "".
    ``at`` is when it changed hands as it was typed, "" for now; ``moment`` the same as a moment;
    ``note`` is what was agreed.
    """

    person: str
    deputy: bool
    away: str
    at: str
    moment: dt.datetime | None
    note: str


class HolderDialog(Dialog[Holder]):
    """Asks who takes a role, from when, and what was agreed."""

    NAME = "holder"

    def __init__(self, role: RoleView, roster: Sequence[PersonView]) -> None:
        super().__init__()
        self.role = role
        self.roster = tuple(roster)

    def title_text(self) -> str:
        """Return the role with those who hold it."""
        return words.role_line(self.texts, self.role)

    def fields(self) -> Iterable[Widget]:
        """Return the people, how, from when, and the note."""
        yield Choice(by_role(self.texts, self.roster, self.role.role), id="person")
        yield self.label("as")
        ways = [(FIRST, self.words(FIRST)), (DEPUTY, self.words(DEPUTY))]
        ways += [(f"{AWAY}{name}", self.words("away", holder=name)) for name in self.role.holders]
        yield Choice(ways, id="as")
        yield self.label("at")
        yield Input(id="at", placeholder=self.words("at_example"), compact=True)
        yield self.label("note")
        yield Input(id="note", compact=True)

    def read(self) -> Holder:
        """Return the person.

        Raises:
            UsageError: the roster is empty, the moment is none, or a note is to go with an absence, of
                which nothing but its days is kept.
        """
        person = required(self.query_one("#person", Choice).value or "", "tui.roster_empty")
        how = self.query_one("#as", Choice).value or FIRST
        at, note = self.text("at"), self.text("note")
        if how.startswith(AWAY):
            if note:
                raise UsageError("tui.note_of_absence")
            return Holder(person, False, how.removeprefix(AWAY), at, None, "")
        moment = parse_event_time(at or None, host(self).backend.desk.now)
        return Holder(person, how == DEPUTY, "", at, moment, note)


class NewTask(NamedTuple):
    """A task the playbook does not have."""

    step: str
    title: str
    role: str
    due: dt.date | None


class AddTaskDialog(Dialog[NewTask]):
    """Asks for a task of one's own: what, whose role, by when."""

    NAME = "task"

    def __init__(self, roles: Sequence[RoleView], taken: Sequence[str]) -> None:
        super().__init__()
        self.roles = tuple(roles)
        self.taken = frozenset(taken)

    def fields(self) -> Iterable[Widget]:
        """Return title, due day and role."""
        yield self.label("what")
        yield Input(id="what", compact=True)
        yield self.label("due")
        yield Input(id="due", placeholder=self.texts("tui.day_placeholder"), compact=True)
        yield self.label("role")
        yield Choice(
            [(role.role, self.texts.pick(role.title) or role.role) for role in self.roles], id="role"
        )

    def read(self) -> NewTask:
        """Return the task; its step id is the next free one.

        Raises:
            UsageError: no title, no such day, or the incident has no roles.
        """
        title = required(self.text("what"), "tui.title_missing")
        due = self.text("due")
        role = self.query_one(Choice).value
        if role is None:
            raise UsageError("tui.no_roles")
        return NewTask(next_step(self.taken), title, role, parse_day(due) if due else None)


def next_step(taken: Iterable[str]) -> str:
    """Return the next free step id for tasks added by hand: ``own-1``, then ``own-2``."""
    used = set(taken)
    number = 1
    while f"own-{number}" in used:
        number += 1
    return f"own-{number}"
