"""Trigger: five questions, one at a time, and a preview of every date before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Button

from muutosturva.coordination.trigger import secrecy_of
from muutosturva.errors import UsageError
from muutosturva.incidents.pure.publicity import LISTED
from muutosturva.incidents.pure.views import IncidentView
from muutosturva.tui import preview_rows
from muutosturva.tui.commands import PlaceId, bindings
from muutosturva.tui.screens.guided import Guided
from muutosturva.tui.screens.incident import IncidentScreen
from muutosturva.tui.screens.trigger_steps import STEPS
from muutosturva.tui.trigger_form import listed_open, request


class TriggerScreen(Guided):
    """The guided dialog that opens an incident."""

    PLACE = PlaceId.TRIGGER
    STEPS = STEPS
    BINDINGS: ClassVar[list[BindingType]] = bindings(PlaceId.TRIGGER)

    class Triggered(Message):
        """The incident has been opened."""

        def __init__(self, view: IncidentView) -> None:
            super().__init__()
            self.view = view

    def buttons(self) -> Iterable[Button]:
        """Return the buttons between questions, and the one that opens the incident."""
        yield from super().buttons()
        yield Button(self.texts("tui.trigger.confirm"), id="confirm", variant="success", compact=True)

    def show_commands(self) -> None:
        """Draw the bars and the button anew after the scene has changed."""
        super().show_commands()
        self.query_one("#confirm", Button).disabled = not self.scene().ready

    def help_of_step(self) -> str:
        """Return what to do with the question, or what the preview comes to and who will see it."""
        told = super().help_of_step()
        if not self.previewing or self.known.preview is None:
            return told
        wanted = request(self.draft, self.known.preview, self.known.lead_role)
        secrecy = secrecy_of(wanted, self.known.preview, self.backend.desk.now)
        unsaid = listed_open(self.draft, self.known.preview)
        return f"{told} {preview_rows.who_may_know(self.texts, secrecy, unsaid=unsaid)}"

    def action_next_answer(self) -> None:
        """Go on on Enter; one on "not known" is an answer, an F8 over it is none."""
        if self.focused is not None and self.focused.id == LISTED:
            self.known = replace(self.known, warned=True)
        super().action_next_answer()

    def judge(self) -> None:
        """Refuse an answer that is not enough, on the page that asks; whether the firm is listed once.

        Raises:
            UsageError: a date is missing, or nobody has said whether the firm is listed.
        """
        super().judge()
        asked = self.name_of_step == "lead" and not self.known.warned
        if asked and listed_open(self.draft, self.known.preview):
            self.known = replace(self.known, warned=True)
            raise UsageError("tui.listed_unsaid", question=LISTED)

    @on(Button.Pressed, "#confirm")
    def action_confirm_trigger(self) -> None:
        """Open the incident exactly as previewed."""
        if not self.scene().ready:
            return
        wanted = request(self.draft, self.known.preview, self.known.lead_role)
        self.known = replace(self.known, preview=None)
        self.show_commands()
        self.fault(self.texts("tui.trigger.opening"))
        self.in_thread("trigger", partial(self.backend.opening.trigger, wanted), self.Triggered)

    @on(Triggered)
    def _triggered(self, message: Triggered) -> None:
        view = message.view
        self.tell(self.texts("tui.done.triggered", incident=view.readable_id))
        self.app.switch_screen(IncidentScreen(view.readable_id))

    def action_leave_trigger(self) -> None:
        """Go back to the first screen."""
        self.ask_to_leave()
