"""Labels: a word of the group's own on a task, and the colour the screen adds to it.

The word says it all; the colour only helps to find it. An office that wants other words sets them
(``task_labels`` of the office: ``kiire=red, odottaa=yellow``); any other word has no colour.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from sqlmodel import Session

from muutosturva.errors import InputError, Problem
from muutosturva.i18n import LANGUAGES, Texts
from muutosturva.incidents.acts.guards import require_running
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading import finding, queries
from muutosturva.incidents.reading.task_sheet import plain
from muutosturva.models.incident import Incident
from muutosturva.models.work import Task
from muutosturva.store.log import EventDraft
from muutosturva.store.office import put_setting, setting
from muutosturva.store.store import Store
from muutosturva.store.versions import expect_version

COLOURS: Final = ("red", "yellow", "green", "blue")
"""Colours a label may have, in the order they are shown."""
LONGEST: Final = 40
"""Characters of a label."""

_SETTING: Final = "task_labels"


def shipped_labels(texts: Texts) -> dict[str, str]:
    """Return the labels that come with the program, word to colour, in one language."""
    return {texts(f"incidents.label.{colour}"): colour for colour in COLOURS}


def office_labels(session: Session, owner_area: str, texts: Texts) -> dict[str, str]:
    """Return the labels the office uses: its own, or those that come with the program."""
    own = setting(session, owner_area, _SETTING)
    return read_labels(own) if own else shipped_labels(texts)


def read_labels(text: str) -> dict[str, str]:
    """Return word and colour of ``kiire=red, odottaa=yellow``; an unknown colour is none.

    A colour may be written in any of the languages.
    """
    known = {
        name.casefold(): colour
        for colour in COLOURS
        for name in (colour, *(Texts(language)(f"incidents.colour.{colour}") for language in LANGUAGES))
    }
    pairs = (part.partition("=") for part in text.split(",") if part.strip())
    return {plain(word): known.get(colour.strip().casefold(), "") for word, _, colour in pairs if plain(word)}


def colour_of(label: str, labels: Mapping[str, str]) -> str:
    """Return the colour of a label, or "".

    Args:
        label: the word on the task.
        labels: the office's; the words that come with the program keep their colour in every language.
    """
    shipped = {
        word: colour for language in LANGUAGES for word, colour in shipped_labels(Texts(language)).items()
    }
    by_word = {word.casefold(): colour for word, colour in {**shipped, **labels}.items()}
    return by_word.get(label.casefold(), "")


def set_office_labels(
    store: Store, labels: Mapping[str, str], *, actor: str, now: dt.datetime
) -> dict[str, str]:
    """Set the labels the office uses; none at all brings back those that come with the program.

    Raises:
        InputError: a colour is unknown, or a word is too long or empty; all are told.
    """
    problems = [problem for word in labels for problem in label_problems(word)]
    problems += [
        Problem("incidents.label_colour", {"colour": colour}, word)
        for word, colour in labels.items()
        if colour not in COLOURS
    ]
    if problems:
        raise InputError("incidents.input", problems=problems)
    text = ", ".join(f"{plain(word)}={colour}" for word, colour in labels.items())
    with store.transaction(actor, now) as unit:
        before = setting(unit.session, unit.owner_area, _SETTING)
        put_setting(unit, _SETTING, text)
        unit.record(
            EventDraft(
                "incidents.labels_set",
                subjects=(f"setting:{_SETTING}",),
                fields=("value",),
                payload={"before": before, "after": text},
            )
        )
    return read_labels(text)


def label_problems(label: str) -> list[Problem]:
    """Return what is wrong with a label: it is too long, or holds a sign that separates labels."""
    word = plain(label)
    found = [Problem("incidents.label_long", {"longest": LONGEST}, word)] if len(word) > LONGEST else []
    if any(sign in word for sign in ",=;"):
        found.append(Problem("incidents.label_signs", {}, word))
    return found


def set_label(
    store: Store,
    incident: str,
    tasks: Sequence[str],
    label: str,
    *,
    actor: str,
    now: dt.datetime,
    expected_version: int | None = None,
) -> tuple[TaskView, ...]:
    """Put a label on tasks, or take it away with "".

    Args:
        store: the store.
        incident: readable id.
        tasks: keys or codes.
        label: a word, or a few.
        actor: who does it.
        now: the moment.
        expected_version: where one task is labelled, the version it was shown with.

    Raises:
        NotFoundError: no such incident or task.
        InputError: the label is too long or holds a comma, an equals sign or a semicolon.
        RefusedError: the incident has ended.
        ConflictError: somebody changed the task in between.
    """
    word = plain(label)
    if problems := label_problems(word):
        raise InputError("incidents.input", problems=problems)
    with store.transaction(actor, now) as unit:
        session = unit.session
        named = queries.find_incident(session, incident)
        found = [_found(session, named, task, expected_version, word) for task in tasks]
        changed = {row.key: row.label for _, row in found if row.label != word}
        for _, row in found:
            row.label = word
        session.flush()
        views = tuple(queries.one_task(session, owner, row) for owner, row in found)
        if not changed:
            unit.unchanged()
            return views
        unit.record(
            EventDraft(
                kind="incidents.tasks_labelled",
                incident_id=(found[0][0] if len({row.id for row, _ in found}) == 1 else named).id,
                subjects=tuple(
                    f"{owner.readable_id} {row.key}" for owner, row in found if row.key in changed
                ),
                fields=("label",),
                payload={"new": word, "old": changed},
            )
        )
        return views


def _found(
    session: Session, named: Incident, wanted: str, expected: int | None, label: str
) -> tuple[Incident, Task]:
    task = finding.find_task(session, named, wanted)
    owner = session.get_one(Incident, task.incident_id)
    require_running(owner)
    expect_version(task, expected, {"label": label})
    return owner, task
