"""The use cases of the incident in one place: values in, one transaction with one event, values out."""

from __future__ import annotations

from muutosturva.incidents.access import access_list, end_access, grant_access
from muutosturva.incidents.adding import add_task, add_tasks, preview_tasks
from muutosturva.incidents.amending import Amended, Amendment, amend, preview_amendment
from muutosturva.incidents.dating import answer, preview_anchor, set_anchor
from muutosturva.incidents.evidence import attach, check_evidence, detach
from muutosturva.incidents.grouping import group_incidents, ungroup_incidents
from muutosturva.incidents.labels import set_label, set_office_labels
from muutosturva.incidents.levelling import preview_level, set_level
from muutosturva.incidents.life import (
    add_note,
    close_incident,
    closing_problems,
    move_state,
    reopen_incident,
    skip_review,
)
from muutosturva.incidents.links import Link, change_link, link_firm, unlink_firm
from muutosturva.incidents.merging import Merged, merge_incidents, preview_merge
from muutosturva.incidents.moving import move_task
from muutosturva.incidents.offers import accept_offers, decline_offers
from muutosturva.incidents.opening import Opening, open_incident
from muutosturva.incidents.publishing import public_at, publish, set_secrecy
from muutosturva.incidents.records import add_record, correct_record
from muutosturva.incidents.resuming import resume
from muutosturva.incidents.roles import assign_role
from muutosturva.incidents.tasks import (
    assign_task,
    finish_task,
    redate_task,
    skip_task,
    start_task,
)
from muutosturva.incidents.undoing import preview_undo, redo_event, undo_event
from muutosturva.incidents.waves import (
    WaveChange,
    preview_removal,
    preview_wave,
    remove_wave,
    set_wave,
)

__all__ = [
    "Amended",
    "Amendment",
    "Link",
    "Merged",
    "Opening",
    "WaveChange",
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
    "grant_access",
    "group_incidents",
    "link_firm",
    "merge_incidents",
    "move_state",
    "move_task",
    "open_incident",
    "preview_amendment",
    "preview_anchor",
    "preview_level",
    "preview_merge",
    "preview_removal",
    "preview_tasks",
    "preview_undo",
    "preview_wave",
    "public_at",
    "publish",
    "redate_task",
    "redo_event",
    "remove_wave",
    "reopen_incident",
    "resume",
    "set_anchor",
    "set_label",
    "set_level",
    "set_office_labels",
    "set_secrecy",
    "set_wave",
    "skip_review",
    "skip_task",
    "start_task",
    "undo_event",
    "ungroup_incidents",
    "unlink_firm",
]
