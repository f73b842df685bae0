"""The fixed forms a group fills in: a decision, minutes, an update, a review. Pure.

A form is short on purpose: it is filled in on the telephone. What is wrong with one is told all at
once, as problems whose path is the name of the field.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Final

from muutosturva.errors import Problem
from muutosturva.models.states import RecordKind
from muutosturva.rules.identity_codes import holds_identity_code
from muutosturva.rules.short_texts import short_text_problems

TITLE: Final = 80
"""Characters of a record's title; the rest of a long first line is cut off there."""


class UpdateState(StrEnum):
    """How an incident goes, in the words of whoever answers for it."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    STUCK = "stuck"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided what, on which ground.

    Attributes:
        text: what was decided.
        decided_by: the person, role or body that decided.
        ground: why, and by which right.
        owner: who carries it out, or "".
        due: by when, or None.
        minutes: number of the minutes it stands in, which are its ground; 0 for none.
    """

    text: str
    decided_by: str = ""
    ground: str = ""
    owner: str = ""
    due: dt.date | None = None
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was said and decided in a meeting.

    Attributes:
        meeting: its title.
        attendees: names or roles of those present.
        notes: what was said.
        decisions: what was decided; each becomes a record of its own.
    """

    meeting: str
    attendees: tuple[str, ...] = ()
    notes: str = ""
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Update:
    """A short report of how it goes; it feeds the situation picture.

    Attributes:
        state: how it goes.
        summary: the state in one sentence.
        done: what was done since the last one.
        needs: what is needed, and from whom.
        next_update: the day the next one is promised for, or None.
    """

    state: UpdateState
    summary: str = ""
    done: str = ""
    needs: str = ""
    next_update: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ModelChange:
    """A change to the way of working that a review asks for."""

    text: str
    owner: str = ""
    due: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """What is learnt when it is over.

    Attributes:
        happened: the course of events.
        worked: what worked.
        failed: what did not.
        changes: what is to be changed, each with owner and day.
    """

    happened: str
    worked: str = ""
    failed: str = ""
    changes: tuple[ModelChange, ...] = ()


Form = Decision | Minutes | Update | Review

FORMS: Final[Mapping[RecordKind, type[Form]]] = {
    RecordKind.DECISION: Decision,
    RecordKind.MINUTES: Minutes,
    RecordKind.UPDATE: Update,
    RecordKind.REVIEW: Review,
}


def kind_of(form: Form) -> RecordKind:
    """Return which form it is."""
    return next(kind for kind, made in FORMS.items() if isinstance(form, made))


def title_of(form: Form) -> str:
    """Return what a list calls a form: its first line; of minutes the meeting."""
    match form:
        case Decision(text=text):
            said = text
        case Minutes(meeting=meeting):
            said = meeting
        case Update():
            said = form.summary or form.done or form.needs
        case Review(happened=happened):
            said = happened
    first = said.strip().partition("\n")[0]
    return first if len(first) <= TITLE else f"{first[: TITLE - 1].rstrip()}…"


def cleaned(form: Form) -> Form:
    """Return a form without spaces around its texts."""
    return from_body(kind_of(form), _stripped(to_body(form)))


def _stripped(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return [_stripped(item) for item in value]
    if isinstance(value, dict):
        return {name: _stripped(item) for name, item in value.items()}
    return value


def to_body(form: Form) -> dict[str, Any]:
    """Return a form as JSON holds it."""
    found: dict[str, Any] = _jsonable(asdict(form))
    return found


def _jsonable(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [_jsonable(item) for item in value]
    if isinstance(value, dict):
        return {name: _jsonable(item) for name, item in value.items()}
    return value.value if isinstance(value, StrEnum) else value


def from_body(kind: RecordKind, body: Mapping[str, Any]) -> Form:
    """Return the form that ``to_body`` made; a field of a later version is passed over."""
    match kind:
        case RecordKind.DECISION:
            return _decision(body)
        case RecordKind.MINUTES:
            decisions = tuple(_decision(each) for each in body.get("decisions", ()))
            attendees = tuple(body.get("attendees", ()))
            return Minutes(**_texts(Minutes, body), attendees=attendees, decisions=decisions)
        case RecordKind.UPDATE:
            state = UpdateState(body["state"])
            return Update(state, **_texts(Update, body), next_update=_day(body.get("next_update")))
        case RecordKind.REVIEW:
            changes = tuple(
                ModelChange(**_texts(ModelChange, each), due=_day(each.get("due")))
                for each in body.get("changes", ())
            )
            return Review(**_texts(Review, body), changes=changes)


def _decision(body: Mapping[str, Any]) -> Decision:
    return Decision(**_texts(Decision, body), due=_day(body.get("due")), minutes=int(body.get("minutes", 0)))


def _texts(form: type[Any], body: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of a form that are plain text."""
    return {field.name: str(body.get(field.name, "")) for field in fields(form) if field.type == "str"}


def _day(value: object) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) and value else None


def problems(form: Form, day: dt.date) -> tuple[Problem, ...]:
    """Return everything that is wrong with a form; () when it may be kept.

    Args:
        form: without spaces around its texts.
        day: the day it is about; what is promised may not lie before it.
    """
    match form:
        case Decision():
            found = _of_decision(form, day, "")
        case Minutes():
            found = _of_minutes(form, day)
        case Update():
            found = _of_update(form, day)
        case Review():
            found = _of_review(form, day)
    return (*found, *_short(form), *_codes(to_body(form), ""))


def _short(form: Form) -> Iterator[Problem]:
    """Yield the names in a form that are no short texts; what was said and decided may be long."""
    names: list[tuple[str, str]] = []
    if isinstance(form, Minutes):
        names += [(form.meeting, "meeting"), *((name, "attendees") for name in form.attendees)]
        names += [
            (text, f"decisions.{number}.{field}")
            for number, made in enumerate(form.decisions, 1)
            for text, field in ((made.decided_by, "decided_by"), (made.owner, "owner"))
        ]
    elif isinstance(form, Decision):
        names += [(form.decided_by, "decided_by"), (form.owner, "owner")]
    elif isinstance(form, Review):
        names += [(change.owner, f"changes.{number}.owner") for number, change in enumerate(form.changes, 1)]
    for text, path in names:
        yield from short_text_problems(
            text, path, codes=("incidents.form_lines", "incidents.form_long"), identity_codes=False
        )


def _missing(form: Form, *names: str) -> Iterator[Problem]:
    for name in names:
        if not getattr(form, name):
            yield Problem(f"incidents.form_{name}_missing", {}, name)


def _of_decision(form: Decision, day: dt.date, path: str) -> Iterator[Problem]:
    yield from _missing(form, "text", "decided_by", *(() if form.minutes else ("ground",)))
    yield from _promise(form.owner, form.due, day, path)


def _promise(owner: str, due: dt.date | None, day: dt.date, path: str) -> Iterator[Problem]:
    if due is not None and not owner:
        yield Problem("incidents.form_owner_missing", {"due": due}, f"{path}owner")
    if due is not None and due < day:
        yield Problem("incidents.form_day_passed", {"day": due, "of": day}, f"{path}due")


def _of_minutes(form: Minutes, day: dt.date) -> Iterator[Problem]:
    yield from _missing(form, "meeting", "attendees")
    if not form.notes and not form.decisions:
        yield Problem("incidents.form_notes_missing", {}, "notes")
    for index, decision in enumerate(form.decisions, 1):
        path = f"decisions.{index}."
        if not decision.text:
            yield Problem("incidents.form_text_missing", {}, f"{path}text")
        yield from _promise(decision.owner, decision.due, day, path)


def _of_update(form: Update, day: dt.date) -> Iterator[Problem]:
    if not (form.summary or form.done or form.needs):
        yield Problem("incidents.form_update_empty", {}, "done")
    if form.next_update is not None and form.next_update < day:
        yield Problem("incidents.form_day_passed", {"day": form.next_update, "of": day}, "next_update")


def _of_review(form: Review, day: dt.date) -> Iterator[Problem]:
    yield from _missing(form, "happened")
    if not (form.worked or form.failed or form.changes):
        yield Problem("incidents.form_review_empty", {}, "worked")
    for index, change in enumerate(form.changes, 1):
        path = f"changes.{index}."
        if not change.text:
            yield Problem("incidents.form_text_missing", {}, f"{path}text")
        yield from _promise(change.owner, change.due, day, path)


def _codes(value: object, path: str) -> Iterator[Problem]:
    """Yield the fields that hold a personal identity code: no free text may."""
    if isinstance(value, str) and holds_identity_code(value):
        yield Problem("incidents.form_identity_code", {}, path)
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _codes(item, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for index, item in enumerate(value, 1):
            yield from _codes(item, f"{path}.{index}")
