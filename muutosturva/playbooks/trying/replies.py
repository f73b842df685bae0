"""What a simulated day decides and writes into forms, held to what its tasks ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Final

from muutosturva.errors import NONE_NEAR, nearest
from muutosturva.playbooks.facts import ReplyKey
from muutosturva.playbooks.language.replying import Asked, asked
from muutosturva.playbooks.language.schema import Playbook, Task
from muutosturva.playbooks.language.worked_cases import SimulatedDay
from muutosturva.playbooks.trying.differences import Gap, listed

_TYPES: Final = {"int": int, "bool": bool, "text": str, "date": dt.date}


def replies_of(playbook: Playbook, day: SimulatedDay) -> dict[ReplyKey, object]:
    """Return what was answered on a day, by task and field; a day is written ``2027-03-09``."""
    found: dict[ReplyKey, object] = {ReplyKey(step): option for step, option in day.decided.items()}
    for step, fields in day.answered.items():
        for name, value in fields.items():
            declared = asked(playbook, key := ReplyKey(step, name))
            found[key] = _day(value) if declared and declared.type == "date" else value
    return found


def _day(value: object) -> object:
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return value


def judged_replies(playbook: Playbook, day: SimulatedDay) -> Iterator[Gap]:
    """Yield every answer nobody asks for, or that does not fit; a task there is not is told elsewhere."""
    for key, value in replies_of(playbook, day).items():
        task, found = playbook.tasks.get(key.step), asked(playbook, key)
        if task is None:
            continue
        if found is None:
            known = _asked_of(task, key)
            yield _gap(key, listed(known), key.field or str(value), known)
        elif found.options and value not in found.options:
            yield _gap(key, _of(key, listed(found.options)), _of(key, str(value)), found.options)
        elif not found.options and not _fits(found, value):
            yield _gap(key, _of(key, found.type), _of(key, str(value)), ())


def _asked_of(task: Task, key: ReplyKey) -> Collection[str]:
    fields = task.form.fields if task.form is not None else {}
    return tuple(fields) if key.field else ()


def _of(key: ReplyKey, said: str) -> str:
    return f"{key.field}: {said}" if key.field else said


def _gap(key: ReplyKey, expected: str, found: str, known: Collection[str]) -> Gap:
    near = nearest(found.rpartition(": ")[2], known) if known else NONE_NEAR
    section = "answered" if key.field else "decided"
    return Gap(section, key.step, expected, found, "test_reply", near="" if near == NONE_NEAR else near)


def _fits(found: Asked, value: object) -> bool:
    return isinstance(value, _TYPES[found.type]) and not (found.type == "int" and isinstance(value, bool))
