"""What an event of the log tells somebody who was not there: which sentence, with which values.

Pure: an entry of the log in, the keys of its sentences and their values out; ``narrative`` makes the
words. Every kind has a sentence of its own, ``<room>.told.<verb>``, filled with the payload: days and
moments as such, states as members of their enum, ids as ``Named`` so that their titles can be shown.
What most acts share (a reason, a source, who stands in, what it did to the plan) follows as sentences
of its own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from muutosturva.errors import UsageError
from muutosturva.incidents.pure.escalation import EscalationKind
from muutosturva.incidents.pure.forms import UpdateState
from muutosturva.incidents.pure.publicity import LISTED
from muutosturva.incidents.pure.views import LogEntry
from muutosturva.incidents.told.sentences import (
    Act,
    Counted,
    Dated,
    Everyone,
    Firms,
    Kind,
    Named,
    Redated,
    Remark,
    Rule,
    Sentence,
    Titled,
    Turned,
)
from muutosturva.incidents.typed.notation import read_anchor_value
from muutosturva.models.states import (
    AreaPart,
    EvidenceKind,
    IncidentState,
    LinkKind,
    Measure,
    OfficeDateKind,
    RecordKind,
    Secrecy,
    Stage,
    StoreKind,
    TaskState,
)

SUBJECT: Final = "subject"
"""Field of a sentence that names what the event touched."""

ENUMS: Final[Mapping[str, type[StrEnum]]] = {
    "evidence": EvidenceKind,
    "link": LinkKind,
    "measure": Measure,
    "part": AreaPart,
    "record": RecordKind,
    "secrecy": Secrecy,
    "stage": Stage,
}
"""Fields of payloads that hold a member of an enum, whatever the event."""

KIND_ENUMS: Final[Mapping[str, Mapping[str, type[StrEnum]]]] = {
    "incidents.days_followed": {"kind": OfficeDateKind},
    "incidents.published": {"old": Secrecy, "new": Secrecy},
    "incidents.secrecy_set": {"old": Secrecy, "new": Secrecy},
    "incidents.state_moved": {"old": IncidentState, "new": IncidentState},
    "incidents.task_started": {"old": TaskState, "new": TaskState},
    "incidents.task_reopened": {"old": TaskState, "new": TaskState},
    "incidents.task_done": {"old": TaskState, "new": TaskState},
    "incidents.task_skipped": {"old": TaskState, "new": TaskState},
    "incidents.task_escalated": {"kind": EscalationKind},
    "incidents.update_given": {"state": UpdateState},
    "store.created": {"kind": StoreKind},
    "store.dates_added": {"kind": OfficeDateKind},
    "store.dates_removed": {"kind": OfficeDateKind},
}
"""Fields whose enum depends on the event."""

_DECIDING: Final = frozenset({"incidents.decided", "incidents.minuted"})
"""Events that hold decisions."""

_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "incidents.decided": ("task",),
    "incidents.minuted": ("notes",),
    "incidents.review_written": ("worked", "failed"),
    "incidents.update_given": ("summary", "done", "needs", "next_update"),
}
"""Fields of records that are told in a sentence of their own, where somebody filled them in."""

_TURNED: Final = ("due", "person", "title", "label")
"""Fields of a task that an edited sheet changes and the log tells with both values."""

_NAMES: Final = frozenset({"area", "key", "question", "role", "site", "task", "wave"})
"""Fields of payloads that hold an id whose title is known to the incident."""

_NO_LONGER: Final = "incidents.told_as.threshold_left"
"""A number that falls below a threshold is told in other words than one that reaches it."""
_WOULD: Final = "incidents.told_as.threshold_planned"
"""A number that is only planned reaches no threshold of what is done; it would."""
_WOULD_NOT: Final = "incidents.told_as.threshold_left_planned"
_BARE: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-|\b[0-9a-f]{64}\b")
"""Ids of rows and hashes: names for the program, not for a reader."""
_OF_TABLE: Final = re.compile(r"^[a-z_]+:(?=\S)")
"""What stands before the name of a setting or a document: ``setting:``."""
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")


def tell(entry: LogEntry) -> tuple[Sentence, ...]:
    """Return the sentences that tell an event: what was done, then why and what followed.

    An event whose payload was erased says what was done and that the rest is gone.
    """
    subject = Named(tuple(_subjects(entry)))
    if entry.payload is None:
        key = "incidents.told_erased.of" if subject.ids else "incidents.told_erased.alone"
        return (Sentence(key, {"what": Kind(entry.kind), SUBJECT: subject}),)
    special = _SPECIAL.get(entry.kind, _plain)
    first = special(entry, entry.payload)
    told = Sentence(first.key, {SUBJECT: subject, **first.values})
    # The source of a threshold is that of the row of the law, not of what happened: the statute is told.
    following = () if entry.kind == "incidents.threshold_crossed" else _following(entry.payload)
    return (told, *_parts_of(entry, entry.payload), *following)


def _subjects(entry: LogEntry) -> Sequence[str]:
    """Return what an event touched, without the incident it belongs to and without bare row ids."""
    found = []
    for subject in entry.subjects:
        part = subject.removeprefix(entry.incident).strip() if entry.incident else subject
        if part and not _BARE.search(part):
            found.append(_OF_TABLE.sub("", part))
    return found


def _plain(entry: LogEntry, payload: Mapping[str, Any]) -> Sentence:
    """Return the sentence of a kind that needs no care of its own."""
    room, _, verb = entry.kind.partition(".")
    enums = {**ENUMS, **KIND_ENUMS.get(entry.kind, {})}
    return Sentence(
        f"{room}.told.{verb}", {name: _value(name, value, enums) for name, value in payload.items()}
    )


def _value(name: str, value: object, enums: Mapping[str, type[StrEnum]]) -> object:
    if isinstance(value, (list, tuple)):
        return tuple(_value(name, item, enums) for item in value)
    if not isinstance(value, str) or not value:
        return None if value == "" else value
    if name in enums and value in {member.value for member in enums[name]}:
        return enums[name](value)
    return Named((value,)) if name in _NAMES else _typed(value)


def _typed(value: str) -> object:
    """Return a text of the log as the day or moment it is, or as it stands."""
    if _DAY.fullmatch(value):
        return dt.date.fromisoformat(value)
    if _MOMENT.fullmatch(value):
        return dt.datetime.fromisoformat(value)
    return value


def _following(payload: Mapping[str, Any]) -> tuple[Sentence, ...]:
    """Return what most acts share: reason, addition, source, deputy, and what it did to the plan."""
    found = [
        Sentence(f"incidents.told_then.{name}", {name: str(payload[name])})
        for name in ("reason", "note", "source", "deputy", "contact")
        if isinstance(payload.get(name), str) and payload[name].strip()
    ]
    figures = tuple(_counted(item) for item in _listed(payload, "figures") if isinstance(item, Mapping))
    if figures:
        found.insert(0, Sentence("incidents.told_then.figures", {"figures": figures}))
    found += [*_answered(payload), *_used(payload)]
    moved = [item for item in _listed(payload, "moved") if _moved(item)]
    if moved:
        found.append(Sentence("incidents.told_then.moved", {"n": len(moved)}))
    for name in ("added", "withdrawn", "offered", "carried"):
        keys = tuple(item for item in _listed(payload, name) if isinstance(item, str))
        if keys:
            found.append(Sentence(f"incidents.told_then.{name}", {"n": len(keys), "tasks": Named(keys)}))
    return tuple(found)


def _answered(payload: Mapping[str, Any]) -> Sequence[Sentence]:
    """Return what was answered when a task was done: what was decided and why, or what a form says."""
    if isinstance(payload.get("chosen"), Mapping):
        told = {"option": Titled(payload["chosen"]), "because": str(payload.get("because") or "")}
        return (Sentence("incidents.told_then.chosen", told),)
    labels, fields = payload.get("labels"), payload.get("fields")
    if not isinstance(labels, Mapping) or not isinstance(fields, Mapping) or not fields:
        return ()
    said = tuple(Remark(Titled(labels.get(name, {})), _value(name, fields[name], {})) for name in fields)
    return (Sentence("incidents.told_then.form", {"fields": said}),)


def _used(payload: Mapping[str, Any]) -> Sequence[Sentence]:
    """Return the values a condition was decided by beside the answer itself, which is told already."""
    used = payload.get("used")
    values = used if isinstance(used, Mapping) else {}
    told = tuple(Remark(Named((name,)), _value(name, value, {})) for name, value in values.items())
    others = told if len(told) > 1 else ()
    return (Sentence("incidents.told_then.used", {"used": others}),) if others else ()


def _counted(item: Mapping[str, Any]) -> Counted:
    """Return a figure of an amendment: what is no member of an enum is a site."""
    known: dict[str, Stage | Measure] = {member.value: member for member in (*Stage, *Measure)}
    place = str(item.get("figure") or "").split("/")
    return Counted(tuple(known.get(part) or Named((part,)) for part in place), item.get("new") or None)


def _parts_of(entry: LogEntry, payload: Mapping[str, Any]) -> Sequence[Sentence]:
    """Return what a record says, field by field, and who carries out what was decided."""
    found = [
        Sentence(f"incidents.told_then.{name}", {name: _value(name, payload[name], {})})
        for name in _PARTS.get(entry.kind, ())
        if payload.get(name)
    ]
    if entry.kind == "incidents.tasks_imported":
        found += _sheet_parts(payload)
    promises = [payload] if entry.kind == "incidents.decided" else _listed(payload, "decisions")
    for promise in promises if entry.kind in _DECIDING else ():
        found += _promise(promise, within=promise is not payload)
    return found


def _person(called: object) -> Named | None:
    """Return somebody named in a record: a role is shown by its title, anybody else as written."""
    return Named((called,)) if isinstance(called, str) else None


def _promise(promise: Mapping[str, Any], *, within: bool) -> Sequence[Sentence]:
    """Return a decision within minutes, and who carries out a decision by when."""
    values = {name: _value(name, promise.get(name), {}) for name in ("number", "text", "owner", "due")}
    values["owner"] = _person(values["owner"])
    found = [Sentence("incidents.told_then.decision", values)] if within else []
    if promise.get("owner"):
        name = "owner_due" if promise.get("due") else "owner"
        found.append(Sentence(f"incidents.told_then.{name}", values))
    return found


def _listed(payload: Mapping[str, Any], name: str) -> Sequence[Any]:
    value = payload.get(name)
    return value if isinstance(value, list) else ()


def _moved(item: object) -> bool:
    return not isinstance(item, Mapping) or item.get("outcome", "moved") == "moved"


def _opened(_entry: LogEntry, payload: Mapping[str, Any]) -> Sentence:
    inputs = payload.get("inputs") or {}
    return Sentence(
        "incidents.told.opened",
        {
            "employer": payload.get("employer") or None,
            "playbook": payload.get("playbook") or None,
            "heard": _dated(payload.get("heard")),
            "municipality": payload.get("municipality") or None,
            "headcount": inputs.get("headcount"),
            "level": payload.get("level") or None,
            "tasks": payload.get("tasks"),
        },
    )


def _secrecy_set(entry: LogEntry, payload: Mapping[str, Any]) -> Sentence:
    told = _plain(entry, payload)
    return Sentence("incidents.told.secrecy_listed", told.values) if payload.get("cause") == LISTED else told


def _access_granted(_entry: LogEntry, payload: Mapping[str, Any]) -> Sentence:
    return Sentence(
        "incidents.told.access_granted",
        {"names": Everyone(tuple(str(name) for name in _listed(payload, "names")))},
    )


def _anchor_set(_entry: LogEntry, payload: Mapping[str, Any]) -> Sentence:
    return Sentence("incidents.told.anchor_set", {name: _dated(payload.get(name)) for name in ("old", "new")})


def _resumed(_entry: LogEntry, payload: Mapping[str, Any]) -> Sentence:
    dates = tuple(
        Redated(Named((str(item["anchor"]),)), _dated(item.get("new")), _dated(item.get("old")))
        for item in _listed(payload, "anchors")
    )
    key = "incidents.told.resumed" if dates else "incidents.told_as.resumed_as_it_was"
    old = _value("old", payload.get("old"), {"old": IncidentState})
    return Sentence(key, {"old": old, "anchors": dates})


def _dated(value: object) -> Dated | None:
    """Return a date of an anchor, or None where it is not known."""
    if not isinstance(value, str) or value in {"", "?"}:
        return None
    try:
        read_anchor_value(value)
    except UsageError:
        return None
    return Dated(value)


def _role_assigned(entry: LogEntry, payload: Mapping[str, Any]) -> Sentence:
    deputy = "deputy" in entry.fields
    key = "incidents.told_as.deputy_assigned" if deputy else "incidents.told.role_assigned"
    return Sentence(key, {"new": payload.get("new")})


def _tasks_added(_entry: LogEntry, payload: Mapping[str, Any]) -> Sentence:
    return Sentence("incidents.told.tasks_added", {"n": len(_listed(payload, "tasks"))})


def _tasks_labelled(_entry: LogEntry, payload: Mapping[str, Any]) -> Sentence:
    label = payload.get("new")
    key = "incidents.told.tasks_labelled" if label else "incidents.told_as.tasks_unlabelled"
    return Sentence(key, {"new": label})


def _threshold_crossed(_entry: LogEntry, payload: Mapping[str, Any]) -> Sentence:
    up = payload.get("direction") == "up"
    key = "incidents.told.threshold_crossed" if up else _NO_LONGER
    if payload.get("planned"):
        key = _WOULD if up else _WOULD_NOT
    values = {name: payload.get(name) for name in ("value", "number")}
    law, act = Rule(str(payload.get("law") or "")), Act(str(payload.get("statute") or ""))
    return Sentence(key, {**values, "law": law, "statute": act})


def _grouped(entry: LogEntry, payload: Mapping[str, Any]) -> Sentence:
    _, _, verb = entry.kind.partition(".")
    firms = Firms(tuple(str(child) for child in _listed(payload, "children")))
    return Sentence(f"incidents.told.{verb}", {"children": firms, "title": payload.get("title")})


def _tasks_imported(_entry: LogEntry, payload: Mapping[str, Any]) -> Sentence:
    count = len(_listed(payload, "rows")) + len(_listed(payload, "new"))
    return Sentence("incidents.told.tasks_imported", {"n": count, "file": payload.get("file") or None})


def _sheet_parts(payload: Mapping[str, Any]) -> Sequence[Sentence]:
    """Return what an edited task sheet changed: states, then fields with both values, then reasons."""
    rows = [*_listed(payload, "rows"), *_listed(payload, "new")]
    by_state: dict[str, list[str]] = {}
    turned: dict[str, list[Turned]] = {}
    for row in rows:
        if state := row.get("state"):
            reopened = state["old"] in {TaskState.DONE, TaskState.SKIPPED}
            by_state.setdefault("reopened" if reopened else state["new"], []).append(row["task"])
        for field in _TURNED if row in _listed(payload, "rows") else ():
            if field in row:
                old, new = (_typed(row[field][side] or "") or None for side in ("old", "new"))
                turned.setdefault(field, []).append(Turned(Named((row["task"],)), old, new))
    moved = tuple(row["task"] for row in rows if "order" in row)
    said = tuple(Remark(Named((row["task"],)), row["reason"]) for row in rows if row.get("reason"))
    tasks: dict[str, object] = {
        **{state: Named(tuple(keys)) for state, keys in by_state.items()},
        **{field: tuple(items) for field, items in turned.items()},
        **({"order": Named(moved)} if moved else {}),
        **({"reasons": said} if said else {}),
    }
    return [Sentence(f"incidents.told_then.sheet_{name}", {"tasks": value}) for name, value in tasks.items()]


def _undone(entry: LogEntry, payload: Mapping[str, Any]) -> Sentence:
    values = {"seq": payload.get("seq"), "person": payload.get("actor"), "what": _kind(payload)}
    key = "incidents.told_as.undone_of" if _subjects(entry) else "incidents.told.undone"
    return Sentence(key, values)


def _kind(payload: Mapping[str, Any]) -> Kind | None:
    return Kind(str(payload["kind"])) if payload.get("kind") else None


def _files(entry: LogEntry, payload: Mapping[str, Any]) -> Sentence:
    room, _, verb = entry.kind.partition(".")
    # A file is told by its name: the folders before it are this machine's.
    names = tuple(re.split(r"[\\/]", str(path))[-1] for path in payload.get("files") or ())
    return Sentence(f"{room}.told.{verb}", {"files": names})


def _decided(_entry: LogEntry, payload: Mapping[str, Any]) -> Sentence:
    """Return a decision with its ground: the minutes it stands in, where it gives no other."""
    values = {name: payload.get(name) or None for name in ("number", "text", "decided_by", "ground")}
    return Sentence("incidents.told.decided", {**values, "decided_by": _person(values["decided_by"])})


def _law_changed(_entry: LogEntry, payload: Mapping[str, Any]) -> Sentence:
    rows = [*_listed(payload, "added"), *_listed(payload, "removed")]
    keys = dict.fromkeys(str(row.get("key", "")) for row in rows if isinstance(row, Mapping))
    return Sentence("store.told.law_changed", {"keys": tuple(keys)})


_SPECIAL: Final[Mapping[str, Callable[[LogEntry, Mapping[str, Any]], Sentence]]] = {
    "coordination.calendar_exported": _files,
    "coordination.document_exported": _files,
    "coordination.playbook_drafted": _files,
    "coordination.tables_exported": _files,
    "incidents.access_granted": _access_granted,
    "incidents.anchor_set": _anchor_set,
    "incidents.decided": _decided,
    "incidents.grouped": _grouped,
    "incidents.opened": _opened,
    "incidents.resumed": _resumed,
    "incidents.role_assigned": _role_assigned,
    "incidents.secrecy_set": _secrecy_set,
    "incidents.tasks_added": _tasks_added,
    "incidents.tasks_imported": _tasks_imported,
    "incidents.tasks_labelled": _tasks_labelled,
    "incidents.threshold_crossed": _threshold_crossed,
    "incidents.undone": _undone,
    "incidents.ungrouped": _grouped,
    "store.law_changed": _law_changed,
}
"""Kinds whose payload is not told field by field."""
