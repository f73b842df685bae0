"""Trigger: five questions, one at a time, and a preview of every date before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, Static

from muutosturva.coordination.trigger import Preview, secrecy_of
from muutosturva.errors import MuutosturvaError, UsageError
from muutosturva.incidents.pure.publicity import LISTED
from muutosturva.incidents.pure.views import IncidentView
from muutosturva.tui import preview_rows
from muutosturva.tui.commands import PlaceId, bindings
from muutosturva.tui.dialogs.asking import ConfirmDialog
from muutosturva.tui.dialogs.base import focus_after
from muutosturva.tui.places import Place
from muutosturva.tui.scene import Scene
from muutosturva.tui.screens.incident import IncidentScreen
from muutosturva.tui.screens.trigger_steps import FIELDS, PREVIEW, READ, STEPS, Known, estimate
from muutosturva.tui.trigger_form import Draft, inputs, listed_open, request, require_dates
from muutosturva.tui.widgets.choice import Choice
from muutosturva.tui.widgets.lists import ListTable


class TriggerScreen(Place):
    """The guided dialog; what was typed is kept when one goes back, changes language or errs."""

    PLACE = PlaceId.TRIGGER
    BINDINGS: ClassVar[list[BindingType]] = bindings(PlaceId.TRIGGER)

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

    class Triggered(Message):
        """The incident has been opened."""

        def __init__(self, view: IncidentView) -> None:
            super().__init__()
            self.view = view

    def __init__(self) -> None:
        super().__init__()
        self.draft = Draft()
        self.known = Known()
        self.step = 0

    def scene(self) -> Scene:
        """Return the step, and whether the preview may be carried out."""
        previewed = self.step == PREVIEW and self.known.preview is not None
        problems = previewed and self.known.preview is not None and bool(self.known.preview.plan.problems)
        return Scene(step=self.step, last=self.step == PREVIEW, ready=previewed and not problems)

    def body(self) -> Iterable[Widget]:
        """Return heading, help, the fields of the step, the fault, and the buttons."""
        yield Static("", id="question", markup=False)
        yield Static("", id="question-help", markup=False)
        yield VerticalScroll(id="fields", can_focus=False)
        yield Vertical(ListTable(preview_rows.PREVIEW, id="preview"), id="preview-box")
        yield Static("", id="fault", markup=False)
        yield Horizontal(
            Button(self.texts("tui.trigger.back"), id="back", compact=True),
            Button(self.texts("tui.trigger.next"), id="next", variant="primary", compact=True),
            Button(self.texts("tui.trigger.confirm"), id="confirm", variant="success", compact=True),
            id="trigger-buttons",
        )

    def load(self) -> None:
        """Show the step as it stands."""
        self.post_message(self.Prepared(self.step, self.draft, self.known))

    async def relabel(self) -> None:
        """Keep what was typed while the language changes."""
        self.draft = self._typed()
        await super().relabel()

    def _typed(self) -> Draft:
        """Return the draft with what stands in the fields, or as it was where that is no answer yet."""
        if self.step == PREVIEW:
            return self.draft
        try:
            return READ[STEPS[self.step]](self.query_one("#fields"), self.draft)
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
        name, known = STEPS[step], self.known
        if name == "numbers" and draft.municipality:
            draft = replace(draft, municipality=self.backend.reading.municipality(draft.municipality))
        elif name == "playbook":
            known = replace(known, suggestions=self.backend.opening.suggestions(inputs(draft)))
        elif name == "dates":
            same = known.preview is not None and known.preview.plan.playbook_id == draft.playbook
            wanted = request(draft, known.preview if same else None)
            known = replace(known, preview=self.backend.opening.preview(wanted))
        elif name == "lead":
            known = replace(known, roster=self.backend.reading.roster())
        if name in {"lead", "preview"}:
            wanted = request(draft, known.preview, known.lead_role)
            known = replace(known, preview=self.backend.opening.preview(wanted))
        return self.Prepared(step, draft, known)

    @on(Prepared)
    async def _prepared(self, message: Prepared) -> None:
        self.step, self.draft, self.known = message.step, message.draft, message.known
        previewing = self.step == PREVIEW
        fields = self.query_one("#fields", VerticalScroll)
        await fields.remove_children()
        if not previewing:
            await fields.mount_all(FIELDS[STEPS[self.step]](self.texts, self.draft, self.known))
        self.set_class(previewing, "-previewing")
        self._fault("")
        if previewing:
            self._show_preview()
        else:
            self._focus_first()
        self.query_one("#question", Static).update(self._heading())
        self.query_one("#question-help", Static).update(self._help())
        self.query_one("#back", Button).disabled = self.step == 0
        self.query_one("#confirm", Button).disabled = not self.scene().ready
        self.show_commands()

    def _heading(self) -> str:
        name = STEPS[self.step]
        title = self.texts(f"tui.trigger.step.{name}")
        if self.step == PREVIEW:
            return title
        return self.texts("tui.trigger.heading", number=self.step + 1, count=PREVIEW, title=title)

    def _help(self) -> str:
        if self.step == PREVIEW and self.known.preview is not None:
            wanted = request(self.draft, self.known.preview, self.known.lead_role)
            secrecy = secrecy_of(wanted, self.known.preview, self.backend.desk.now)
            unsaid = listed_open(self.draft, self.known.preview)
            told = preview_rows.who_may_know(self.texts, secrecy, unsaid=unsaid)
            return f"{preview_rows.summary(self.texts, self.known.preview.plan)} {told}"
        return self.texts(f"tui.trigger.step_help.{STEPS[self.step]}")

    def _focus_first(self) -> None:
        fields = self.query("#fields Input, #fields Choice").results(Widget)
        self.set_focus(next(iter(fields), None))

    def _show_preview(self) -> None:
        assert self.known.preview is not None, "the preview is prepared before it is shown"
        plan = self.known.preview.plan
        self.query_one("#preview", ListTable).show(preview_rows.preview(self.texts, plan))
        self._fault(
            "\n".join(preview_rows.preview_problems(self.texts, self.known.preview, self.draft.employer))
        )
        self.query_one("#back" if plan.problems else "#preview").focus()

    def _fault(self, text: str) -> None:
        self.query_one("#fault", Static).update(text)

    @on(Place.Failed)
    def _not_prepared(self, message: Place.Failed) -> None:
        """Show what is wrong beside the question that asked for it."""
        message.stop()
        message.prevent_default()
        lines = [self.texts.error(message.error)]
        self._fault("\n".join(["! " + lines[0], *preview_rows.problems(self.texts, message.error.problems)]))

    @on(Choice.Taken)
    def _taken(self, message: Choice.Taken) -> None:
        message.stop()
        self.action_next_answer()

    def action_next_answer(self) -> None:
        """Go to the next field on Enter, to the next question from the last one, or press the button."""
        last = self.focused
        if last is not None and last.id == LISTED:
            # Enter on "not known" is an answer; an F8 over it is none.
            self.known = replace(self.known, warned=True)
        if isinstance(last, Button):
            last.press()
        elif not focus_after(self, "#fields"):
            (last or self).call_later(self.action_next_step)

    @on(Input.Blurred)
    def _estimate(self) -> None:
        """Compute the dates anew when a field of the dates has been left."""
        if STEPS[self.step] != "dates":
            return
        draft = self._typed()
        self.in_thread(
            "estimate",
            lambda: self.backend.opening.preview(request(draft, self.known.preview)),
            self.Estimated,
        )

    @on(Estimated)
    def _estimated(self, message: Estimated) -> None:
        if STEPS[self.step] != "dates":
            return
        self._fault("")
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
        if self.step == PREVIEW:
            return
        try:
            self.draft = READ[STEPS[self.step]](self.query_one("#fields"), self.draft)
            self._judge()
        except MuutosturvaError as error:
            self._fault(f"! {self.texts.error(error)}")
            wrong = str(error.params.get("name") or error.params.get("question") or "employer")
            fields = self.query("#fields Input, #fields Choice").results(Widget)
            self.set_focus(next((field for field in fields if wrong in {field.id, field.name}), self.focused))
        else:
            self._go(self.step + 1)

    def _judge(self) -> None:
        """Refuse an answer that is not enough, on the page that asks; whether the firm is listed once.

        Raises:
            UsageError: a date is missing, or nobody has said whether the firm is listed.
        """
        name, preview = STEPS[self.step], self.known.preview
        if name == "dates" and preview is not None:
            require_dates(self.draft, preview)
        elif name == "lead" and listed_open(self.draft, preview) and not self.known.warned:
            self.known = replace(self.known, warned=True)
            raise UsageError("tui.listed_unsaid", question=LISTED)

    @on(Button.Pressed, "#back")
    def action_previous_step(self) -> None:
        """Go back to the question before; what was typed stays."""
        if self.step > 0:
            self.draft = self._typed()
            self.post_message(self.Prepared(self.step - 1, self.draft, self.known))

    @on(Button.Pressed, "#confirm")
    def action_confirm_trigger(self) -> None:
        """Open the incident exactly as previewed."""
        if not self.scene().ready:
            return
        wanted = request(self.draft, self.known.preview, self.known.lead_role)
        self.known = replace(self.known, preview=None)
        self.show_commands()
        self._fault(self.texts("tui.trigger.opening"))
        self.in_thread("trigger", partial(self.backend.opening.trigger, wanted), self.Triggered)

    @on(Triggered)
    def _triggered(self, message: Triggered) -> None:
        view = message.view
        self.tell(self.texts("tui.done.triggered", incident=view.readable_id))
        self.app.switch_screen(IncidentScreen(view.readable_id))

    def action_leave_trigger(self) -> None:
        """Go back to the first screen; what was typed is not thrown away unasked."""

        async def ask() -> None:
            leaving: bool | None = self._typed().empty and not self._half_typed
            if not leaving:
                leaving = await self.app.push_screen_wait(ConfirmDialog("leave"))
            if leaving:
                self.dismiss()

        self.in_dialog(ask)
