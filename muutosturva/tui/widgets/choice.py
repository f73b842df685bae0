"""One or several of a few, all in sight: what is chosen is marked, so that colour is not needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

CHOSEN: Final = "(•)"
OTHER: Final = "( )"
PICKED: Final = "[x]"
LEFT: Final = "[ ]"


class Choice(OptionList):
    """A list to choose one from; the cursor is the choice, Enter takes it.

    Options are pairs of a value and its label.
    """

    DEFAULT_CSS = """
    Choice { height: auto; max-height: 8; border: none; padding: 0; background: $background; }
    """

    class Taken(Message):
        """Enter or a click took an option."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

        @property
        def control(self) -> Choice:
            """Return the list."""
            return self.choice

    def __init__(self, options: Sequence[tuple[str, str]], *, value: str | None = None, id: str) -> None:  # noqa: A002 - Textual's own name
        self.pairs = tuple(options)
        values = [pair[0] for pair in self.pairs]
        self.first = values.index(value) if value in values else 0
        super().__init__(
            *(Option(self._prompt(index, index == self.first)) for index in range(len(self.pairs))),
            id=id,
            markup=False,
        )

    def on_mount(self) -> None:
        """Put the cursor on the option chosen at first."""
        if self.pairs:
            self.highlighted = self.first

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer other options; the first of them is chosen."""
        self.pairs, self.first = tuple(options), 0
        self.clear_options()
        self.add_options([Option(self._prompt(index, index == 0)) for index in range(len(self.pairs))])
        if self.pairs:
            self.highlighted = 0

    @property
    def value(self) -> str | None:
        """Return the value chosen, or None when there is nothing to choose from."""
        if not self.pairs:
            return None
        return self.pairs[self.first if self.highlighted is None else self.highlighted][0]

    def choose(self, value: object) -> None:
        """Put the cursor on the option of a value; one that is not offered changes nothing."""
        values = [pair[0] for pair in self.pairs]
        if value in values:
            self.highlighted = values.index(str(value))

    def _prompt(self, index: int, chosen: bool) -> str:  # noqa: FBT001 - which of the two marks
        return f"{CHOSEN if chosen else OTHER} {self.pairs[index][1]}"

    @on(OptionList.OptionHighlighted)
    def _mark(self, message: OptionList.OptionHighlighted) -> None:
        for index in range(len(self.pairs)):
            self.replace_option_prompt_at_index(index, self._prompt(index, index == message.option_index))

    @on(OptionList.OptionSelected)
    def _take(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.post_message(self.Taken(self))


class Finder(Vertical):
    """One of many: what is typed above the list narrows it to the options that hold it.

    The list is a ``Choice`` with the id given; its value is the choice.
    """

    DEFAULT_CSS = """
    Finder { height: auto; }
    """

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        *,
        value: str | None = None,
        example: str = "",
        id: str,  # noqa: A002 - Textual's own name
    ) -> None:
        super().__init__()
        self.options = tuple(options)
        self.typed = Input(id=f"{id}-typed", placeholder=example, compact=True)
        self.choice = Choice(options, value=value, id=id)

    def compose(self) -> ComposeResult:
        """Lay out the line and the list."""
        yield self.typed
        yield self.choice

    @on(Input.Changed)
    def _narrow(self, message: Input.Changed) -> None:
        message.stop()
        typed = " ".join(message.value.split()).casefold()
        self.choice.offer([pair for pair in self.options if typed in pair[1].casefold()])


class Picks(OptionList):
    """A list to pick several from; Space or Enter picks the row under the cursor, or lets it go.

    Options are triples of a value, its label and whether it is picked at first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "select", show=False)]
    DEFAULT_CSS = """
    Picks { height: auto; max-height: 8; border: none; padding: 0; background: $background; }
    """

    def __init__(self, options: Sequence[tuple[str, str, bool]], *, id: str) -> None:  # noqa: A002 - Textual's own name
        self.pairs = tuple((value, label) for value, label, _ in options)
        self._picked = {value for value, _, picked in options if picked}
        super().__init__(
            *(Option(self._prompt(index)) for index in range(len(self.pairs))), id=id, markup=False
        )

    @property
    def picked(self) -> tuple[str, ...]:
        """Return the values picked, in the order of the list."""
        return tuple(value for value, _ in self.pairs if value in self._picked)

    def pick(self, values: object) -> None:
        """Pick these values and no others; what is no collection changes nothing."""
        if not isinstance(values, tuple):
            return
        self._picked = {value for value, _ in self.pairs if value in values}
        for index in range(len(self.pairs)):
            self.replace_option_prompt_at_index(index, self._prompt(index))

    def _prompt(self, index: int) -> str:
        value, label = self.pairs[index]
        return f"{PICKED if value in self._picked else LEFT} {label}"

    @on(OptionList.OptionSelected)
    def _toggle(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        index = message.option_index
        self._picked ^= {self.pairs[index][0]}
        self.replace_option_prompt_at_index(index, self._prompt(index))
