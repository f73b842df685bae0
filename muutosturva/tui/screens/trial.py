"""Trying a playbook: the numbers and dates of a trigger, and the same preview; nothing is written."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from muutosturva.coordination.freshness import Freshness
from muutosturva.tui.commands import PlaceId, bindings
from muutosturva.tui.playbook_rows import name
from muutosturva.tui.screens.guided import Guided
from muutosturva.tui.screens.trigger_steps import TRIAL_STEPS
from muutosturva.tui.trigger_form import NO, YES, Draft


class TrialScreen(Guided):
    """Two questions and the preview."""

    PLACE = PlaceId.TRIAL
    STEPS = TRIAL_STEPS
    BINDINGS: ClassVar[list[BindingType]] = bindings(PlaceId.TRIAL)

    def __init__(self, found: Freshness) -> None:
        """Begin with a playbook that can be used, and with what it takes for granted itself."""
        super().__init__(first_draft(found))
        self.found = found

    def title_text(self) -> str:
        """Return which playbook is tried."""
        return self.texts("tui.trial.title", playbook=name(self.texts, self.found))

    def help_of_step(self) -> str:
        """Return what to do with the question, or what the preview comes to and that it stays one."""
        told = super().help_of_step()
        return f"{told} {self.texts('tui.trial.nothing')}" if self.previewing else told

    def action_previous_question(self) -> None:
        """Go back to the question before."""
        self.action_previous_step()

    def action_next_question(self) -> None:
        """Go on to the next question."""
        self.action_next_step()

    def action_answer_next(self) -> None:
        """Go on on Enter."""
        self.action_next_answer()

    def action_leave_trial(self) -> None:
        """Go back to where the trial was begun: nothing would be lost that was ever kept."""
        self.dismiss()


def first_draft(found: Freshness) -> Draft:
    """Return the answers a trial begins with: those the playbook itself takes for granted."""
    playbook = None if found.resolved is None else found.resolved.playbook
    asked = playbook.inputs.get("bankruptcy") if playbook is not None else None
    bankrupt = asked is not None and asked.default is True
    return Draft(playbook=found.volume.id, bankruptcy=YES if bankrupt else NO)
