"""Dialogs that decide something of an incident: an answer to its question, its state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from textual.widget import Widget
from textual.widgets import Input

from muutosturva.incidents.pure.views import IncidentView, QuestionView
from muutosturva.incidents.told.wording import question_label
from muutosturva.models.states import INCIDENT_MOVES, IncidentState
from muutosturva.playbooks.plan import TextMap
from muutosturva.tui.dialogs.asking import required
from muutosturva.tui.dialogs.base import Dialog
from muutosturva.tui.widgets.choice import Choice

NOT_KNOWN = ""
YES = "true"
NO = "false"


class QuestionDialog(Dialog[str]):
    """Asks which of several questions to answer."""

    NAME = "question"

    def __init__(self, questions: Sequence[QuestionView]) -> None:
        super().__init__()
        self.questions = tuple(questions)

    def fields(self) -> Iterable[Widget]:
        """Return the questions."""
        options = [
            (found.name, question_label(self.texts, found.name, found.label)) for found in self.questions
        ]
        yield Choice(options, id="question")

    def read(self) -> str | None:
        """Return the name of the question."""
        return self.query_one(Choice).value


class AnswerDialog(Dialog[str]):
    """Asks one question of the plan, in the form its type needs; the answer is checked when given."""

    NAME = "answer"

    def __init__(self, question: QuestionView, decided: Mapping[str, TextMap]) -> None:
        """Ask ``question``; ``decided`` holds the titles of what it decides, by key."""
        super().__init__()
        self.question = question
        self.decided = decided

    def title_text(self) -> str:
        """Return the question."""
        return question_label(self.texts, self.question.name, self.question.label)

    def help_text(self) -> str:
        """Return what the answer decides."""
        titles = tuple(self.decided.get(key) or key for key in self.question.decides)
        return self.words("decides", n=len(titles), titles=titles)

    def fields(self) -> Iterable[Widget]:
        """Return yes and no, the options, or a line to type in.

        "Not known yet" stands first, so that an Enter pressed too early changes no plan.
        """
        open_still = (NOT_KNOWN, self.words("not_known"))
        if self.question.type == "bool":
            yes, no = self.texts("common.yes"), self.texts("common.no")
            yield Choice([open_still, (YES, yes), (NO, no)], id="answer")
        elif self.question.type == "enum":
            yield Choice([open_still, *((option, option) for option in self.question.options)], id="answer")
        else:
            yield Input(id="answer", placeholder=self.words(self.question.type), compact=True)

    def read(self) -> str | None:
        """Return the answer as text, or None when it is not known yet; the use case gives it its type.

        Raises:
            UsageError: the line is empty.
        """
        choices = self.query(Choice)
        if choices:
            return choices.first().value or None
        return required(self.text("answer"), "tui.answer_missing")


class NewState(NamedTuple):
    """The state an incident moves to, and why."""

    state: IncidentState
    reason: str


class StateDialog(Dialog[NewState]):
    """Asks for the incident's next state; closing is checked by the use case."""

    NAME = "state"

    def __init__(self, view: IncidentView) -> None:
        super().__init__()
        self.view = view

    def title_text(self) -> str:
        """Return the present state."""
        return self.words("title", state=self.texts(f"words.incident_state.{self.view.state.value}"))

    def fields(self) -> Iterable[Widget]:
        """Return the states it may move to, in the order of its life, and the reason."""
        allowed = INCIDENT_MOVES[self.view.state]
        options = [
            (state.value, self.texts(f"words.incident_state.{state.value}"))
            for state in IncidentState
            if state in allowed
        ]
        yield Choice(options, id="state")
        yield self.label("reason")
        yield Input(id="reason", compact=True)

    def read(self) -> NewState:
        """Return state and reason.

        Raises:
            UsageError: no reason.
        """
        reason = required(self.text("reason"), "tui.reason_missing")
        return NewState(IncidentState(str(self.query_one(Choice).value)), reason)
