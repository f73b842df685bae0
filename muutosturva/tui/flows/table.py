"""Which command of the incident is which flow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from muutosturva.tui.flows import dates, files, life, people, records, tasks, undoing, views
from muutosturva.tui.flows.job import PageFlow, TaskFlow

PAGE_FLOWS: Final[Mapping[str, PageFlow]] = {
    "add_task": tasks.add,
    "set_anchor": dates.set_anchor,
    "answer": dates.answer,
    "assign_role": people.assign_role,
    "add_note": records.add_note,
    "change_state": life.change_state,
    "undo": undoing.undo,
    "redo": undoing.redo,
    "export_document": files.export_document,
    "export_calendar": files.export_calendar,
    "turn_view": views.turn,
    "narrow_list": views.narrow,
    "reorder_list": views.reorder,
    "show_nearer": views.nearer,
    "show_whole": views.whole,
}
TASK_FLOWS: Final[Mapping[str, TaskFlow]] = {
    "start_task": tasks.start,
    "finish_task": tasks.finish,
    "skip_task": tasks.skip,
    "assign_task": tasks.assign,
    "redate_task": tasks.redate,
}
