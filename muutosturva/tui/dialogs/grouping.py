"""Joining several firms' incidents into one regional situation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual.widget import Widget
from textual.widgets import Input

from muutosturva.errors import UsageError
from muutosturva.i18n import Texts
from muutosturva.incidents.acts.grouping import SecretJoining
from muutosturva.incidents.pure.views import IncidentSummary
from muutosturva.models.states import RUNNING
from muutosturva.tui.dialogs.asking import required
from muutosturva.tui.dialogs.base import Dialog
from muutosturva.tui.dialogs.form import FormDialog, OneOf
from muutosturva.tui.widgets.choice import Picks


class Grouping(NamedTuple):
    """The situation to be: its id, its firms and its title."""

    situation: str
    children: tuple[str, ...]
    title: str


class GroupDialog(Dialog[Grouping]):
    """Asks which incidents to join and what the situation is called."""

    NAME = "group"

    def __init__(self, lines: Sequence[IncidentSummary], today: dt.date) -> None:
        super().__init__()
        self.lines = [
            line for line in lines if line.state in RUNNING and not line.situation and not line.parent
        ]
        self.proposed = f"{lines[0].readable_id.partition('-')[0]}-{today.year}-ALUE" if lines else ""

    def fields(self) -> Iterable[Widget]:
        """Return the firms, the title and the id."""
        options = [(line.readable_id, f"{line.readable_id} {line.employer}", True) for line in self.lines]
        yield Picks(options, id="children")
        yield self.label("name")
        yield Input(id="name", compact=True)
        yield self.label("id")
        yield Input(self.proposed, id="id", compact=True)

    def read(self) -> Grouping:
        """Return the situation.

        Raises:
            UsageError: fewer than two firms, no title or no id.
        """
        children = self.query_one(Picks).picked
        if len(children) < 2:
            raise UsageError("tui.two_firms")
        title = required(self.text("name"), "tui.title_missing")
        return Grouping(required(self.text("id"), "tui.id_missing"), children, title)


def secret_joining(texts: Texts) -> FormDialog[SecretJoining]:
    """Return the dialog that asks what a secret firm does to the class of the situation it joins."""
    options = [(way.value, texts(f"tui.secret_joining.{way.value}")) for way in SecretJoining]
    return FormDialog(
        "group_secret", [OneOf("secret", options)], lambda answers: SecretJoining(answers["secret"])
    )
