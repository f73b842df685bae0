"""The task sheet: the tasks of an incident as a table that people may edit and hand back.

Beside what it shows, each row says which task it is and what it looked like when it was written: the
row's version, and after the hyphen a fingerprint of each field that may be edited. From these the
import knows what was edited in the sheet and what was changed in the store meanwhile.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from muutosturva.clock import HELSINKI
from muutosturva.i18n import Texts
from muutosturva.incidents.pure.ranking import place
from muutosturva.incidents.pure.views import IncidentView, TaskView
from muutosturva.incidents.reading.naming import Names
from muutosturva.tabular.table import Cell, Column, Kind, Table

EDITABLE: Final = ("order", "title", "state", "due", "person", "label")
"""The fields of a task that an edited sheet may change, in the order of their fingerprints."""
COLUMNS: Final[tuple[tuple[str, Kind, bool], ...]] = (
    ("order", "number", False),
    ("title", "text", True),
    ("state", "text", False),
    ("due", "date", False),
    ("person", "text", False),
    ("label", "text", False),
    ("lawful", "date", False),
    ("employer", "text", False),
    ("reason", "text", True),
    ("acting", "text", False),
    ("role", "text", False),
    ("law", "text", False),
    ("phase", "text", False),
    ("area", "text", False),
    ("wave", "text", False),
    ("code", "text", False),
    ("needs", "text", False),
    ("started", "moment", False),
    ("finished", "moment", False),
    ("finished_by", "text", False),
    ("key", "text", False),
    ("version", "text", False),
)
"""Every column: key, what its cells are, and whether they are sentences."""
PRINTED: Final = 8
"""The first columns, which stand on paper: all of them on one page could not be read."""

_DIGITS: Final = 5
"""Hexadecimal digits of a fingerprint: an edit is missed once in a million."""
_VERSION: Final = re.compile(rf"(\d{{1,9}})(?:-([0-9a-f]{{{_DIGITS * len(EDITABLE)}}}))?")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a row of the sheet says of the task it was written from.

    Attributes:
        version: the version of the task's row.
        fingerprints: by editable field; {} where only the version could be read.
    """

    version: int
    fingerprints: Mapping[str, str]

    @classmethod
    def read(cls, text: str) -> Stamp | None:
        """Return the stamp of a cell, or None where somebody has written something else."""
        match = _VERSION.fullmatch(text.strip().casefold())
        if match is None:
            return None
        prints = match[2] or ""
        return cls(
            int(match[1]),
            {
                field: prints[index * _DIGITS : (index + 1) * _DIGITS]
                for index, field in enumerate(EDITABLE)
                if prints
            },
        )


def identity(incident: str, key: str) -> str:
    """Return how the sheet names a task: ``LAHTI-2027-01 infotilaisuus[fi]``."""
    return f"{incident} {key}"


def own_order(tasks: Sequence[TaskView]) -> list[TaskView]:
    """Return tasks in the group's own order: firm by firm, moved ones where they were moved to."""
    return sorted(tasks, key=lambda task: (task.incident, place(task.rank, task.position), task.position))


def field_values(task: TaskView, order: int, texts: Texts) -> dict[str, str]:
    """Return the editable fields of a task as the plain texts that are compared."""
    return {
        "order": str(order),
        "title": plain(texts.pick(task.title)),
        "state": task.state.value,
        "due": task.due_on.isoformat() if task.due_on else "",
        "person": plain(task.appointed),
        "label": plain(task.label),
    }


def plain(text: str) -> str:
    """Return a text with single spaces: spreadsheets change line ends and edges."""
    return " ".join(text.split())


def fingerprint(name: str, field: str, value: str) -> str:
    """Return the fingerprint of a field of one task; the same value has another one elsewhere."""
    seen = f"{name}\n{field}\n{value}".encode()
    return hashlib.sha256(seen).hexdigest()[:_DIGITS]


def stamp_text(name: str, version: int, values: Mapping[str, str]) -> str:
    """Return what stands in the version's cell."""
    prints = "".join(fingerprint(name, field, values[field]) for field in EDITABLE)
    return f"{version}-{prints}"


def task_table(
    texts: Texts,
    view: IncidentView,
    firms: Sequence[IncidentView],
    tasks: Sequence[TaskView],
    known: Names,
) -> Table:
    """Return the task sheet, in the group's own order.

    Args:
        texts: the language of the sheet.
        view: the incident, or the regional situation.
        firms: the incidents whose tasks they are.
        tasks: the tasks.
        known: the words for what a task waits for.
    """
    words = sheet_words(texts, view, firms, known)
    columns = tuple(
        Column(key, texts(f"incidents.sheet.{key}"), kind, wide=wide) for key, kind, wide in COLUMNS
    )
    written = [row_cells(texts, task, order, words) for order, task in enumerate(own_order(tasks), 1)]
    rows = tuple(tuple(cells[key] or None for key, _, _ in COLUMNS) for cells in written)
    return Table("tasks", texts("incidents.sheet_words.tasks"), columns, rows, printed=PRINTED)


@dataclass(frozen=True, slots=True)
class SheetWords:
    """What phases and areas are called, by incident and phase, and by slug; and tasks by their keys."""

    phases: Mapping[tuple[str, str], str]
    areas: Mapping[str, str]
    known: Names


def sheet_words(texts: Texts, view: IncidentView, firms: Sequence[IncidentView], known: Names) -> SheetWords:
    """Return the words that the tasks of an incident and its firms are written with."""
    return SheetWords(
        {(firm.readable_id, phase): texts.pick(words) for firm in firms for phase, words in firm.phases},
        {area.slug: area.name for firm in (view, *firms) for area in firm.areas},
        known,
    )


def row_cells(texts: Texts, task: TaskView, order: int, words: SheetWords) -> dict[str, Cell]:
    """Return the cells of a task by the key of their column."""
    name = identity(task.incident, task.key)
    return {
        "key": name,
        "order": order,
        "title": texts.pick(task.title),
        "state": texts.word(task.state),
        "due": task.due_on,
        "person": task.appointed,
        "acting": task.person if task.person != task.appointed else None,
        "label": task.label,
        "reason": None,
        "role": texts.pick(task.role_title) or task.role,
        "lawful": task.statutory.date if task.statutory else None,
        "law": _law(texts, task),
        "phase": words.phases.get((task.incident, task.phase), task.phase),
        "employer": task.employer,
        "area": words.areas.get(task.area, task.area),
        "wave": task.wave,
        "code": task.code,
        "needs": "; ".join(texts.pick(words.known.title(task.incident, key)) or key for key in task.needs),
        "started": clock_cell(task.started_at),
        "finished": clock_cell(task.finished_at),
        "finished_by": task.finished_by,
        "version": stamp_text(name, task.version, field_values(task, order, texts)),
    }


def _law(texts: Texts, task: TaskView) -> str:
    """Return the acts a task rests on, and what must be known of its statutory day."""
    dates = task.statutory
    acts = [*task.law, *(row.statute for row in (dates.law if dates else ()))]
    marks = [texts("incidents.sheet_words.earliest")] if dates and dates.earliest else []
    marks += [texts("incidents.sheet_words.unsure")] if task.unsure or (dates and dates.unsure) else []
    return "; ".join([*dict.fromkeys(act for act in acts if act), *marks])


def clock_cell(moment: dt.datetime | None) -> dt.datetime | None:
    """Return a moment as the office's clock showed it, without a zone: sheets know none."""
    return None if moment is None else moment.astimezone(HELSINKI).replace(tzinfo=None, microsecond=0)
