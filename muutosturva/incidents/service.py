"""The use cases of the incident in one place: values in, one transaction with one event, values out."""

from __future__ import annotations

from muutosturva.incidents.acts.access import access_list, end_access, grant_access
from muutosturva.incidents.acts.adding import add_task, add_tasks, preview_tasks
from muutosturva.incidents.acts.amending import Amended, Amendment, amend, preview_amendment
from muutosturva.incidents.acts.dating import answer, preview_anchor, set_anchor
from muutosturva.incidents.acts.escalating import record_escalation
from muutosturva.incidents.acts.evidence import attach, check_evidence, detach
from muutosturva.incidents.acts.grouping import SecretJoining, group_incidents, ungroup_incidents
from muutosturva.incidents.acts.labels import set_label, set_office_labels
from muutosturva.incidents.acts.levelling import preview_level, set_level
from muutosturva.incidents.acts.life import (
    add_note,
    close_incident,
    closing_problems,
    move_state,
    reopen_incident,
    skip_review,
)
from muutosturva.incidents.acts.links import Link, change_link, link_firm, unlink_firm
from muutosturva.incidents.acts.merging import Merged, merge_incidents, preview_merge
from muutosturva.incidents.acts.moving import move_task
from muutosturva.incidents.acts.offers import accept_offers, decline_offers
from muutosturva.incidents.acts.office_days import (
    DayChange,
    DaysSet,
    preview_office_days,
    set_office_days,
)
from muutosturva.incidents.acts.opening import Opening, open_incident
from muutosturva.incidents.acts.publishing import public_at, publish, set_secrecy
from muutosturva.incidents.acts.rebasing import Rebased, Wanted, preview_rebase, rebase
from muutosturva.incidents.acts.records import add_record, correct_record
from muutosturva.incidents.acts.resuming import preview_resume, resume
from muutosturva.incidents.acts.roles import assign_role
from muutosturva.incidents.acts.sharing import finish_task_area, remove_task_area, set_task_area
from muutosturva.incidents.acts.sheet_import import import_sheet, preview_import
from muutosturva.incidents.acts.tasks import (
    assign_task,
    finish_task,
    redate_task,
    skip_task,
    start_task,
)
from muutosturva.incidents.acts.undoing import preview_undo, redo_event, undo_event
from muutosturva.incidents.acts.waves import (
    WaveChange,
    preview_removal,
    preview_wave,
    remove_wave,
    set_wave,
)
from muutosturva.incidents.acts.widening import Widening, preview_widening, widen

__all__ = [
    "Amended",
    "Amendment",
    "DayChange",
    "DaysSet",
    "Link",
    "Merged",
    "Opening",
    "Rebased",
    "SecretJoining",
    "Wanted",
    "WaveChange",
    "Widening",
    "accept_offers",
    "access_list",
    "add_note",
    "add_record",
    "add_task",
    "add_tasks",
    "amend",
    "answer",
    "assign_role",
    "assign_task",
    "attach",
    "change_link",
    "check_evidence",
    "close_incident",
    "closing_problems",
    "correct_record",
    "decline_offers",
    "detach",
    "end_access",
    "finish_task",
    "finish_task_area",
    "grant_access",
    "group_incidents",
    "import_sheet",
    "link_firm",
    "merge_incidents",
    "move_state",
    "move_task",
    "open_incident",
    "preview_amendment",
    "preview_anchor",
    "preview_import",
    "preview_level",
    "preview_merge",
    "preview_office_days",
    "preview_rebase",
    "preview_removal",
    "preview_resume",
    "preview_tasks",
    "preview_undo",
    "preview_wave",
    "preview_widening",
    "public_at",
    "publish",
    "rebase",
    "record_escalation",
    "redate_task",
    "redo_event",
    "remove_task_area",
    "remove_wave",
    "reopen_incident",
    "resume",
    "set_anchor",
    "set_label",
    "set_level",
    "set_office_days",
    "set_office_labels",
    "set_secrecy",
    "set_task_area",
    "set_wave",
    "skip_review",
    "skip_task",
    "start_task",
    "undo_event",
    "ungroup_incidents",
    "unlink_firm",
    "widen",
]
