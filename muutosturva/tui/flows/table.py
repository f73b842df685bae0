"""Which command of the incident is which flow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from muutosturva.tui.flows import (
    dates,
    files,
    firms,
    forms,
    life,
    numbers,
    people,
    records,
    secrecy,
    sheets,
    tasks,
    undoing,
    views,
)
from muutosturva.tui.flows.job import PageFlow, TaskFlow

PAGE_FLOWS: Final[Mapping[str, PageFlow]] = {
    "add_task": tasks.add,
    "set_anchor": dates.set_anchor,
    "answer": dates.answer,
    "assign_role": people.assign_role,
    "add_note": records.add_note,
    "add_absence": people.add_absence,
    "remove_absence": people.remove_absence,
    "change_state": life.change_state,
    "resume": life.resume,
    "write_review": life.write_review,
    "skip_review": life.skip_review,
    "amend": numbers.amend,
    "accept_offers": numbers.accept_offers,
    "decline_offers": numbers.decline_offers,
    "set_wave": numbers.set_wave,
    "remove_wave": numbers.remove_wave,
    "set_level": numbers.set_level,
    "ungroup": firms.ungroup,
    "merge": firms.merge,
    "link_firm": firms.link_firm,
    "unlink_firm": firms.unlink_firm,
    "publish": secrecy.publish,
    "set_secrecy": secrecy.set_secrecy,
    "grant_access": secrecy.grant_access,
    "end_access": secrecy.end_access,
    "update": forms.update,
    "decide": forms.decide,
    "write_minutes": forms.write_minutes,
    "attach": forms.attach,
    "detach": forms.detach,
    "undo": undoing.undo,
    "redo": undoing.redo,
    "export_document": files.export_document,
    "export_calendar": files.export_calendar,
    "export_tables": sheets.export_tables,
    "export_checklist": sheets.export_checklist,
    "import_sheet": sheets.import_sheet,
    "turn_view": views.turn,
    "turn_log": views.turn_log,
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
