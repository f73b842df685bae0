"""Commands about the office's own days, from the first screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from muutosturva.incidents.acts.office_days import DayChange, DaysSet
from muutosturva.incidents.typed.notation import parse_days
from muutosturva.models.states import OfficeDateKind
from muutosturva.tui.dialogs.form import Answers, FormDialog, Line, LinesDialog, OneOf, Question, SomeOf
from muutosturva.tui.difference import change_lines
from muutosturva.tui.work import in_background

if TYPE_CHECKING:
    from muutosturva.i18n import Texts
    from muutosturva.tui.places import Place


async def add_office_days(place: Place) -> str:
    """Say when the office is closed or the council meets; what moves is shown before it is written."""
    texts = place.texts

    def made(answers: Answers) -> DayChange:
        days = tuple(day for text in answers["days"].split(",") for day in parse_days(text))
        return DayChange(OfficeDateKind(answers["kind"]), days, answers["label"])

    questions: list[Question] = [
        OneOf("kind", [(kind.value, texts.word(kind)) for kind in OfficeDateKind]),
        Line("days", needed=True, example=texts("tui.dialog.office_days.example")),
        Line("label"),
    ]
    change = await place.app.push_screen_wait(FormDialog("office_days", questions, made))
    return "" if change is None else await _set(place, change)


async def remove_office_days(place: Place) -> str:
    """Take days of the office away; what moves is shown before it is written."""
    texts = place.texts
    found = await in_background(place.backend.people.office_days)
    if not found:
        return texts("tui.done.no_office_days")
    options = [
        (
            f"{kind.value} {day.isoformat()}",
            " · ".join(filter(None, (texts.weekday_date(day), texts.word(kind), label))),
        )
        for kind, day, label in found
    ]

    def made(answers: Answers) -> dict[OfficeDateKind, DayChange]:
        picked = answers.several("days")
        changes = {}
        for kind in OfficeDateKind:
            days = tuple(day for one, day, _ in found if f"{one.value} {day.isoformat()}" in picked)
            own = tuple(day for day in days if f"{kind.value} {day.isoformat()}" in picked)
            if own:
                changes[kind] = DayChange(kind, own, remove=True)
        return changes

    changes = await place.app.push_screen_wait(FormDialog("office_gone", [SomeOf("days", options)], made))
    told = [await _set(place, change) for change in (changes or {}).values()]
    return "\n".join(filter(None, told))


async def _set(place: Place, change: DayChange) -> str:
    seen = await in_background(place.backend.people.preview_office_days, change)
    if not seen.days:
        return place.texts("tui.done.office_days_stand")
    if not await place.app.push_screen_wait(LinesDialog("difference", _lines(place.texts, seen))):
        return ""
    done = await in_background(place.backend.people.set_office_days, change)
    name = "office_days_removed" if change.remove else "office_days_added"
    moved = sum(1 for each in done.followed for moved in each.changes.moved if moved.outcome == "moved")
    return place.texts(f"tui.done.{name}", days=done.days, n=moved)


def _lines(texts: Texts, seen: DaysSet) -> list[str]:
    lines = [f"{texts.word(seen.change.kind)}: {texts.spoken(seen.days)}"]
    lines += [f"! {texts.problem(problem)}" for problem in seen.warnings]
    for each in seen.followed:
        lines += ["", f"{each.incident} {each.employer}", *change_lines(texts, each.changes)]
    if not seen.followed:
        lines.append(texts("tui.dialog.office_days.nothing"))
    return lines
