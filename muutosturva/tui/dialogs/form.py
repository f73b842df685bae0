"""A dialog that asks several things at once: lines to type, one of a few or of many, several of a few.

A form is declared where its command is (``flows/``): its questions in their order, and what is made
of the answers. The words are ``tui.dialog.<name>.title``, ``.help``, ``.ok`` and ``.<question>``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from textual.widget import Widget
from textual.widgets import Button, Input, Static

from muutosturva.errors import UsageError
from muutosturva.tui.dialogs.base import Dialog
from muutosturva.tui.widgets.choice import Choice, Finder, Picks

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Line:
    """A line to type.

    Attributes:
        name: name of the question.
        needed: True when it may not be left empty.
        value: what stands in it at first.
        example: shown while it is empty.
        label: what is asked, where the catalogue cannot know it: the name of a date.
    """

    name: str
    needed: bool = False
    value: str = ""
    example: str = ""
    label: str = ""

    def widget(self) -> Widget:
        """Return the field."""
        return Input(self.value, id=self.name, placeholder=self.example, compact=True)


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few; pairs of a value and its label, and what is asked where the catalogue cannot know it."""

    name: str
    options: Sequence[tuple[str, str]]
    value: str | None = None
    label: str = ""

    def widget(self) -> Widget:
        """Return the field."""
        return Choice(self.options, value=self.value, id=self.name)


@dataclass(frozen=True, slots=True)
class OneOfMany:
    """One of many: typing a part of a label narrows the list; ``example`` says so in the empty line."""

    name: str
    options: Sequence[tuple[str, str]]
    value: str | None = None
    example: str = ""

    def widget(self) -> Widget:
        """Return the field."""
        return Finder(self.options, value=self.value, example=self.example, id=self.name)


@dataclass(frozen=True, slots=True)
class SomeOf:
    """Several of a few; pairs of a value and its label."""

    name: str
    options: Sequence[tuple[str, str]]
    picked: bool = False

    def widget(self) -> Widget:
        """Return the field."""
        return Picks([(value, label, self.picked) for value, label in self.options], id=self.name)


Question = Line | OneOf | OneOfMany | SomeOf


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered, by the name of the question."""

    texts: Mapping[str, str]
    picks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """Return the line typed or the value chosen; "" for an empty line."""
        return self.texts[name]

    def several(self, name: str) -> tuple[str, ...]:
        """Return the values picked."""
        return self.picks[name]


class FormDialog(Dialog[Made], Generic[Made]):
    """Asks the questions of a form, and makes of the answers what its command needs."""

    NAME = "form"

    def __init__(
        self, name: str, questions: Sequence[Question], made: Callable[[Answers], Made], **title: object
    ) -> None:
        """Make the dialog.

        Args:
            name: stem of its words.
            questions: in the order they are asked.
            made: what the answers come to; the errors it raises are shown in the dialog.
            title: what the title names.
        """
        super().__init__(name)
        self.questions = tuple(questions)
        self.made = made
        self.title_params = title

    def title_text(self) -> str:
        """Return the title with what it names."""
        return self.words("title", **self.title_params)

    def fields(self) -> Iterable[Widget]:
        """Return each question under its label."""
        for question in self.questions:
            yield self.label(question.name) if not _own(question) else said(_own(question))
            yield question.widget()

    def read(self) -> Made:
        """Return what the answers come to.

        Raises:
            UsageError: a line that is needed is empty, or nothing fits what was typed to find one of many.
            MuutosturvaError: the answers cannot be meant.
        """
        texts, picks = {}, {}
        for question in self.questions:
            if isinstance(question, SomeOf):
                picks[question.name] = self.query_one(f"#{question.name}", Picks).picked
            elif isinstance(question, OneOf):
                texts[question.name] = self.query_one(f"#{question.name}", Choice).value or ""
            elif isinstance(question, OneOfMany):
                value = self.query_one(f"#{question.name}", Choice).value
                if value is None:
                    raise UsageError("tui.nothing_fits", label=self.words(question.name))
                texts[question.name] = value
            else:
                texts[question.name] = self.text(question.name)
                if question.needed and not texts[question.name]:
                    raise UsageError("tui.line_empty", label=_own(question) or self.words(question.name))
        return self.made(Answers(texts, picks))


def _own(question: Question) -> str:
    """Return the label a question brings itself, or ""."""
    return question.label if isinstance(question, (Line, OneOf)) else ""


def said(text: str) -> Static:
    """Return a label with words of its own."""
    return Static(text, classes="label", markup=False)


class LinesDialog(Dialog[bool]):
    """Shows what a command would do, line by line; only yes does it."""

    NAME = "lines"
    READS = True

    def __init__(self, name: str, lines: Sequence[str], **title: object) -> None:
        super().__init__(name)
        self.lines = tuple(lines)
        self.title_params = title

    def title_text(self) -> str:
        """Return the title with what it names."""
        return self.words("title", **self.title_params)

    def fields(self) -> Iterable[Widget]:
        """Return the lines."""
        yield Static("\n".join(self.lines), markup=False)

    def read(self) -> bool:
        """Return yes."""
        return True


class OfferDialog(Dialog[str]):
    """Shows what a change would do, and asks what becomes of the tasks it calls for.

    The answer is ``LATER`` or ``TAKEN``. Enter goes from the lines to the question, so that nobody
    passes it by.
    """

    NAME = "difference"
    READS = True
    LATER: Final = "later"
    TAKEN: Final = "taken"

    def __init__(self, lines: Sequence[str], offered: int) -> None:
        """Make the dialog; ``offered`` is how many tasks wait to be taken on."""
        super().__init__()
        self.lines = tuple(lines)
        self.offered = offered

    def fields(self) -> Iterable[Widget]:
        """Return the lines and the choice."""
        yield Static("\n".join(self.lines), markup=False)
        yield said(self.words("offered", n=self.offered))
        options = [(way, self.words(way)) for way in (self.LATER, self.TAKEN)]
        yield Choice(options, id="offered")

    def action_next_field(self) -> None:
        """Go from the lines to the question first."""
        if isinstance(self.focused, (Choice, Button)):
            super().action_next_field()
        else:
            self.set_focus(self.query_one(Choice))

    def read(self) -> str:
        """Return what becomes of the offered tasks."""
        return self.query_one(Choice).value or self.LATER
