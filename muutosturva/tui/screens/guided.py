"""A guided dialog: questions one at a time, and a preview of every date at the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, Static

from muutosturva.coordination.trigger import Preview
from muutosturva.errors import MuutosturvaError
from muutosturva.tui import preview_rows
from muutosturva.tui.dialogs.asking import ConfirmDialog
from muutosturva.tui.dialogs.base import focus_after
from muutosturva.tui.places import Place
from muutosturva.tui.scene import Scene
from muutosturva.tui.screens.trigger_steps import FIELDS, PREVIEW, READ, Known, estimate
from muutosturva.tui.trigger_form import Draft, inputs, request, require_dates
from muutosturva.tui.widgets.choice import Choice
from muutosturva.tui.widgets.lists import ListTable


class Guided(Place):
    """What was typed is kept when one goes back, changes language or errs; nothing is written here."""

    STEPS: ClassVar[tuple[str, ...]]
    """The questions in the order they are asked, the preview last."""

    class Prepared(Message):
        """What a step needs has been read; the step may be shown."""

        def __init__(self, step: int, draft: Draft, known: Known) -> None:
            super().__init__()
            self.step = step
            self.draft = draft
            self.known = known

    class Estimated(Message):
        """The dates have been computed anew from what stands in the fields."""

        def __init__(self, preview: Preview) -> None:
            super().__init__()
            self.preview = preview

    def __init__(self, draft: Draft | None = None) -> None:
        """Begin with what is known already; nothing when None."""
        super().__init__()
        self.draft = draft or Draft()
        self.known = Known()
        self.step = 0
        self.unreadable = False
        """The fault in sight is of a field that could not be read: mended, it is told no more."""

    @property
    def name_of_step(self) -> str:
        """Return the question that is asked now."""
        return self.STEPS[self.step]

    @property
    def previewing(self) -> bool:
        """Tell whether all questions have been answered."""
        return self.name_of_step == PREVIEW

    def scene(self) -> Scene:
        """Return the step, and whether the preview may be carried out."""
        previewed = self.previewing and self.known.preview is not None
        problems = previewed and self.known.preview is not None and bool(self.known.preview.plan.problems)
        return Scene(step=self.step, last=self.previewing, ready=previewed and not problems)

    def body(self) -> Iterable[Widget]:
        """Return heading, help, the fields of the step, the fault, and the buttons."""
        yield Static("", id="question", markup=False)
        yield Static("", id="question-help", markup=False)
        yield VerticalScroll(id="fields", can_focus=False)
        yield Vertical(ListTable(preview_rows.PREVIEW, id="preview"), id="preview-box")
        yield Static("", id="fault", markup=False)
        yield Horizontal(*self.buttons(), id="trigger-buttons")

    def buttons(self) -> Iterable[Button]:
        """Return the buttons that lead from question to question."""
        yield Button(self.texts("tui.trigger.back"), id="back", compact=True)
        yield Button(self.texts("tui.trigger.next"), id="next", variant="primary", compact=True)

    def load(self) -> None:
        """Show the step as it stands."""
        self.post_message(self.Prepared(self.step, self.draft, self.known))

    async def relabel(self) -> None:
        """Keep what was typed while the language changes."""
        self.draft = self.typed()
        await super().relabel()

    def typed(self) -> Draft:
        """Return the draft with what stands in the fields, or as it was where that is no answer yet."""
        if self.previewing:
            return self.draft
        try:
            return READ[self.name_of_step](self.query_one("#fields"), self.draft)
        except MuutosturvaError:
            return self.draft

    @property
    def _half_typed(self) -> bool:
        """Tell whether a field holds something that is no answer yet."""
        before = self.draft.employer, self.draft.municipality, self.draft.sector
        typed = {field.value.strip() for field in self.query("#fields Input").results(Input)} - {""}
        return bool(typed - {*before, *self.draft.numbers.values(), *self.draft.dates.values()})

    def _go(self, step: int) -> None:
        """Read what the step needs, in a thread, and show it."""
        self.query_one("#fault", Static).update(self.texts("tui.trigger.working"))
        self.in_thread("prepare", partial(self._prepare, step, self.draft), lambda message: message)

    def _prepare(self, step: int, draft: Draft) -> Prepared:
        name, known = self.STEPS[step], self.known
        if step == 1 and draft.municipality:
            draft = replace(draft, municipality=self.backend.reading.municipality(draft.municipality))
        if name == "playbook":
            known = replace(known, suggestions=self.backend.opening.suggestions(inputs(draft)))
        elif name == "dates":
            same = known.preview is not None and known.preview.plan.playbook_id == draft.playbook
            wanted = request(draft, known.preview if same else None)
            known = replace(known, preview=self.backend.opening.preview(wanted))
        elif name == "lead":
            known = replace(known, roster=self.backend.reading.roster())
        if name in {"lead", PREVIEW}:
            wanted = request(draft, known.preview, known.lead_role)
            known = replace(known, preview=self.backend.opening.preview(wanted))
        return self.Prepared(step, draft, known)

    @on(Prepared)
    async def _prepared(self, message: Prepared) -> None:
        self.step, self.draft, self.known = message.step, message.draft, message.known
        fields = self.query_one("#fields", VerticalScroll)
        await fields.remove_children()
        if not self.previewing:
            await fields.mount_all(FIELDS[self.name_of_step](self.texts, self.draft, self.known))
        self.set_class(self.previewing, "-previewing")
        self.fault("")
        if self.previewing:
            self._show_preview()
        else:
            self._focus_first()
        self.query_one("#question", Static).update(self._heading())
        self.query_one("#question-help", Static).update(self.help_of_step())
        self.query_one("#back", Button).disabled = self.step == 0
        self.show_commands()

    def _heading(self) -> str:
        title = self.texts(f"tui.trigger.step.{self.name_of_step}")
        if self.previewing:
            return title
        count = len(self.STEPS) - 1
        return self.texts("tui.trigger.heading", number=self.step + 1, count=count, title=title)

    def help_of_step(self) -> str:
        """Return what to do with the question, or what the preview comes to."""
        if self.previewing and self.known.preview is not None:
            return preview_rows.summary(self.texts, self.known.preview.plan)
        return self.texts(f"tui.trigger.step_help.{self.name_of_step}")

    def _focus_first(self) -> None:
        fields = self.query("#fields Input, #fields Choice").results(Widget)
        self.set_focus(next(iter(fields), None))
        # The focus brings its field into sight, and would leave the label above it out of sight.
        self.call_after_refresh(self.query_one("#fields", VerticalScroll).scroll_home, animate=False)

    def _show_preview(self) -> None:
        assert self.known.preview is not None, "the preview is prepared before it is shown"
        plan = self.known.preview.plan
        self.query_one("#preview", ListTable).show(preview_rows.preview(self.texts, plan))
        lines = preview_rows.preview_problems(self.texts, self.known.preview, self.draft.employer, self.STEPS)
        self.fault("\n".join(lines))
        self.query_one("#back" if plan.problems else "#preview").focus()

    def fault(self, text: str) -> None:
        """Show what is wrong, above the buttons; "" for nothing."""
        self.unreadable = False
        self.query_one("#fault", Static).update(text)

    @on(Place.Failed)
    def _not_prepared(self, message: Place.Failed) -> None:
        """Show what is wrong beside the question that asked for it."""
        message.stop()
        message.prevent_default()
        lines = [self.texts.error(message.error)]
        self.fault("\n".join(["! " + lines[0], *preview_rows.problems(self.texts, message.error.problems)]))
        self.unreadable = True

    @on(Choice.Taken)
    def _taken(self, message: Choice.Taken) -> None:
        message.stop()
        self.action_next_answer()

    def action_next_answer(self) -> None:
        """Go to the next field on Enter, to the next question from the last one, or press the button."""
        last = self.focused
        if isinstance(last, Button):
            last.press()
        elif not focus_after(self, "#fields"):
            (last or self).call_later(self.action_next_step)

    @on(Input.Blurred)
    def _estimate(self) -> None:
        """Compute the dates anew when a field of the dates has been left."""
        if self.name_of_step != "dates":
            return
        draft = self.typed()
        self.in_thread(
            "estimate",
            lambda: self.backend.opening.preview(request(draft, self.known.preview)),
            self.Estimated,
        )

    @on(Estimated)
    def _estimated(self, message: Estimated) -> None:
        if self.name_of_step != "dates":
            return
        if self.unreadable:
            self.fault("")
        for number, anchor in enumerate(message.preview.plan.anchors):
            for field in self.query(f"#estimate-{number}").results(Static):
                field.update(estimate(self.texts, anchor))

    @on(OptionList.OptionHighlighted, "#playbook")
    def _describe(self) -> None:
        chosen = self.query_one("#playbook", Choice).value
        for found in self.known.suggestions:
            if found.playbook_id == chosen:
                self.query_one("#description", Static).update(self.texts.pick(found.description))

    @on(Button.Pressed, "#next")
    def action_next_step(self) -> None:
        """Read this question's answer and go on to the next."""
        if self.previewing:
            return
        try:
            self.draft = READ[self.name_of_step](self.query_one("#fields"), self.draft)
            self.judge()
        except MuutosturvaError as error:
            self.fault(f"! {self.texts.error(error)}")
            wrong = str(error.params.get("name") or error.params.get("question") or "employer")
            fields = self.query("#fields Input, #fields Choice").results(Widget)
            self.set_focus(next((field for field in fields if wrong in {field.id, field.name}), self.focused))
        else:
            self._go(self.step + 1)

    def judge(self) -> None:
        """Refuse an answer that is not enough, on the page that asks.

        Raises:
            UsageError: a date is missing.
        """
        if self.name_of_step == "dates" and self.known.preview is not None:
            require_dates(self.draft, self.known.preview)

    @on(Button.Pressed, "#back")
    def action_previous_step(self) -> None:
        """Go back to the question before; what was typed stays."""
        if self.step > 0:
            self.draft = self.typed()
            self.post_message(self.Prepared(self.step - 1, self.draft, self.known))

    def ask_to_leave(self) -> None:
        """Go back to where the dialog was opened; what was typed is not thrown away unasked."""

        async def ask() -> None:
            leaving: bool | None = self.typed().empty and not self._half_typed
            if not leaving:
                leaving = await self.app.push_screen_wait(ConfirmDialog("leave"))
            if leaving:
                self.dismiss()

        self.in_dialog(ask)
