"""The shape of every dialog: title, help, fields, the fault in place, and two buttons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from muutosturva.errors import InputError, MuutosturvaError
from muutosturva.i18n import Texts
from muutosturva.rules.identity_codes import identity_code_problems
from muutosturva.tui.commands import PlaceId, bindings
from muutosturva.tui.host import texts
from muutosturva.tui.leaving import Once
from muutosturva.tui.typed import Typed, texts_in, type_again, typed_in
from muutosturva.tui.widgets.choice import Choice

Result = TypeVar("Result")


class Dialog(Once[Result | None], ModalScreen[Result | None]):
    """Asks one thing; Enter in the last field or the first button answers, Esc cancels.

    Subclasses give ``fields`` and ``read``; whatever ``read`` raises is shown in the dialog, which
    stays open with everything that was typed.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(PlaceId.DIALOG)
    NAME: ClassVar[str]
    """Stem of its catalogue keys: ``tui.dialog.<NAME>.title``, ``.help``, ``.ok`` and ``.cancel``."""
    READS: ClassVar[bool] = False
    """There is only something to read: the arrow keys scroll it, the buttons stay in sight."""

    def __init__(self, stem: str = "") -> None:
        """Make the dialog; ``stem`` takes the place of ``NAME`` where one class asks several things."""
        super().__init__(classes="dialog")
        self.stem = stem or self.NAME
        self.typed: Typed = {}
        self.fault: MuutosturvaError | None = None
        self._untouched: dict[str, str] = {}
        self._warned = False

    def begin_with(self, typed: Typed, fault: MuutosturvaError | None) -> None:
        """Ask again with what was typed before, and say what was wrong with it.

        Args:
            typed: what stood in the fields; empty at the first asking.
            fault: what is wrong; None where nothing is.
        """
        self.typed, self.fault = typed, fault

    def on_mount(self) -> None:
        """Put back what was typed before, and say what was wrong with it."""
        type_again(self, self.typed)
        self._untouched = texts_in(self)
        # The focus brings its field into sight, and would leave the label above it out of sight.
        self.call_after_refresh(self.query_one(".fields", VerticalScroll).scroll_home, animate=False)
        if self.fault is not None:
            self.show_fault(self.fault)

    @property
    def texts(self) -> Texts:
        """Return the words of the language in use."""
        return texts(self)

    def words(self, name: str, **params: object) -> str:
        """Return a text of this dialog; "" where the catalogue has none."""
        key = f"tui.dialog.{self.stem}.{name}"
        return self.texts(key, **params) if self.texts.has(key) else ""

    def title_text(self) -> str:
        """Return the title."""
        return self.words("title")

    def help_text(self) -> str:
        """Return the sentence under the title, or ""."""
        return self.words("help")

    def fields(self) -> Iterable[Widget]:
        """Return what the person fills in."""
        return ()

    def read(self) -> Result | None:
        """Return the answer.

        Raises:
            MuutosturvaError: something is missing or wrong; shown in the dialog.
        """
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Lay out title, help, fields, fault and buttons."""
        with Vertical(classes="box"):
            yield Static(self.title_text(), classes="title", markup=False)
            if self.help_text():
                yield Static(self.help_text(), classes="help", markup=False)
            with VerticalScroll(classes="fields", can_focus=self.READS):
                yield from self.fields()
            yield Static("", classes="fault", markup=False)
            with Horizontal(classes="buttons"):
                yield Button(
                    self.words("ok") or self.texts("tui.ok"), id="ok", variant="primary", compact=True
                )
                if self.cancellable:
                    cancel = self.words("cancel") or self.texts("tui.cancel")
                    yield Button(cancel, id="cancel", compact=True)

    @property
    def cancellable(self) -> bool:
        """Tell whether there is something to cancel."""
        return True

    def label(self, name: str) -> Static:
        """Return the label above a field."""
        return Static(self.words(name), classes="label", markup=False)

    def text(self, field: str) -> str:
        """Return what stands in an input, without its edges."""
        return self.query_one(f"#{field}", Input).value.strip()

    def submit(self) -> None:
        """Close with the answer, or show what is wrong with it, also what must not be saved.

        What has been answered already is not read again.
        """
        if not self.is_current:
            return
        try:
            self._refuse_identity_codes()
            result = self.read()
        except MuutosturvaError as error:
            self.show_fault(error)
        else:
            self.typed = typed_in(self)
            self.dismiss(result)

    def _refuse_identity_codes(self) -> None:
        """Look through every field; the store would refuse them too, but then the dialog is gone."""
        typed = texts_in(self).items()
        problems = [problem for name, text in typed for problem in identity_code_problems(text, name)]
        if problems:
            raise InputError("store.identity_code", problems=problems)

    def show_fault(self, error: MuutosturvaError) -> None:
        """Show what is wrong, above the buttons."""
        lines = [self.texts.error(error)] if not error.problems else []
        self._say(*lines, *(self.texts.problem(problem) for problem in error.problems))

    def _say(self, *lines: str) -> None:
        fault = self.query_one(".fault", Static)
        fault.update("\n".join(f"! {line}" for line in lines))
        fault.add_class("-shown")

    def action_cancel_dialog(self) -> None:
        """Close without an answer; what was typed is thrown away only at the second asking."""
        if texts_in(self) == self._untouched or self._warned:
            self.dismiss(None)
            return
        self._warned = True
        self._say(self.texts("tui.not_saved_yet"))

    @on(Button.Pressed, "#ok")
    def _ok(self) -> None:
        self.submit()

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.dismiss(None)

    @on(Choice.Taken)
    def _taken(self, message: Choice.Taken) -> None:
        message.stop()
        self.action_next_field()

    def action_next_field(self) -> None:
        """Go to the next field on Enter, answer from the last one, or press the button.

        The binding has priority, so that what is typed right after Enter lands in the next field; the
        answer is read only after the last field has taken in what was typed before Enter.
        """
        last = self.focused
        if isinstance(last, Button):
            last.press()
        elif not focus_after(self, ".fields"):
            (last or self).call_later(self.submit)


def focus_after(screen: Screen[Result], fields: str) -> bool:
    """Move to the field after the one that has the focus; tell whether there is one.

    Args:
        screen: the dialog or place.
        fields: selector of the box the fields lie in.
    """
    found = list(screen.query(f"{fields} Input, {fields} Choice, {fields} Picks").results(Widget))
    place = found.index(screen.focused) + 1 if screen.focused in found else len(found)
    if place < len(found):
        screen.set_focus(found[place])
        return True
    return False
