"""Words for what the plan asks and why a date is missing, where the playbook itself has none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from muutosturva.clock import HELSINKI
from muutosturva.i18n import Texts

if TYPE_CHECKING:
    from muutosturva.incidents.acts.undoing import Restored
    from muutosturva.incidents.pure.gaps import Gap
    from muutosturva.incidents.pure.tally import Tally
    from muutosturva.incidents.pure.views import TaskAreaView, WaveView
    from muutosturva.playbooks.facts import AnchorValue

NAMED: Final = 6
"""Rows of one kind that are named one by one; of the others the number is told."""


def question_label(texts: Texts, name: str, label: Mapping[str, str]) -> str:
    """Return a question in words: the playbook's own, or those of a fact the language or a rule asks.

    Args:
        texts: words of the front end.
        name: name of the input, ``headcount``.
        label: the playbook's words by language; {} for ``level``, ``sites`` or a rule's own fact.
    """
    if label:
        return texts.pick(label)
    for key in (f"playbooks.question.{name}", f"rules.fact.{name}"):
        if texts.has(key):
            return texts(key)
    return name


def wave_name(texts: Texts, wave: WaveView) -> str:
    """Return what a wave is called: its label; the rest says that nobody gave it a wave; else ""."""
    return texts("incidents.counted.rest") if wave.rest else wave.label


def shared_areas(texts: Texts, areas: Sequence[TaskAreaView]) -> str:
    """Return the areas that share a task, each with its part; "" where it is one area's alone."""
    return ", ".join(
        texts(
            "incidents.shared.ready" if area.done_at else "incidents.shared.part",
            area=area.name,
            part=area.part,
        )
        for area in areas
    )


def people(texts: Texts, tally: Tally) -> str:
    """Return a sum as far as it is known: ``375``, ``vähintään 350``, or that it is not known."""
    if tally.complete or not tally.known:
        return texts.number(tally.number)
    return texts("incidents.counted.at_least", number=texts.number(tally.known))


def release_due(texts: Texts, release: AnchorValue) -> str:
    """Return that the time of a company's release has passed and nobody said that it is out."""
    at = texts.day(release.value)
    if release.value is not None and release.at is not None:
        at = texts.moment(dt.datetime.combine(release.value, release.at, HELSINKI))
    return texts("incidents.release.due", at=at)


def year_slip(texts: Texts, label: str, day: dt.date) -> str:
    """Return that a date lies more than a year back, so that its year is perhaps a slip."""
    return texts("incidents.slip.year", label=label, day=day)


def audience(texts: Texts, name: str) -> str:
    """Return whom a message or a document is for; a playbook's own audience by its id."""
    key = f"playbooks.audience.{name}"
    return texts(key) if texts.has(key) else name


def channel(texts: Texts, name: str) -> str:
    """Return by what a message goes out; a playbook's own channel by its id."""
    key = f"playbooks.channel.{name}"
    return texts(key) if texts.has(key) else name


def form(texts: Texts, name: str) -> str:
    """Return what a form that a task asks for is called; a playbook's own one by its id."""
    key = f"playbooks.form.{name}"
    return texts(key) if texts.has(key) else name


def gap_words(texts: Texts, gap: Gap) -> str:
    """Return in one sentence where the work hangs on one person."""
    days = ""
    if gap.first_day is not None and gap.last_day is not None:
        first, last = texts.day(gap.first_day), texts.day(gap.last_day)
        days = first if first == last else f"{first}–{last}"
    return texts(
        f"incidents.gap.{gap.kind.value}",
        role=texts.pick(gap.title) if gap.title else "",
        people=gap.people or "–",
        days=days,
        roles=gap.roles,
    )


def missing_date(texts: Texts, reason_code: str) -> str:
    """Return why a date is not known, in words; "" where the code says nothing more than that."""
    for key in (f"playbooks.reason.{reason_code}", f"rules.reason.{reason_code}"):
        if texts.has(key):
            return texts(key)
    return ""


def act_words(texts: Texts, kind: str) -> str:
    """Return what an event did, in a few words: ``incidents.task_done`` is ``incidents.event.task_done``.

    A store that a newer version has written in may hold events this one has no words for.
    """
    room, _, verb = kind.partition(".")
    key = f"{room}.event.{verb}"
    return texts(key) if texts.has(key) else kind


def restored_lines(texts: Texts, rows: Sequence[Restored]) -> list[str]:
    """Return what an undo puts back, a line for each kind of row; many are named only in part."""
    lines = []
    for table in dict.fromkeys(row.table for row in rows):
        of_table = (row for row in rows if row.table == table)
        names = list(dict.fromkeys(texts.pick(row.title) if row.title else row.name for row in of_table))
        shown = texts.listing(names)
        if len(names) > NAMED:
            shown = texts("incidents.row.more", names=", ".join(names[:NAMED]), n=len(names) - NAMED)
        lines.append(f"{texts(f'incidents.row.{table}', n=len(names))}: {shown}")
    return lines
