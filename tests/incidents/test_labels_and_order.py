"""Labels and the group's own order of tasks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from muutosturva.errors import ConflictError, InputError, NotFoundError, RefusedError, UsageError
from muutosturva.i18n import LANGUAGES, Language, Texts
from muutosturva.incidents.acts.grouping import group_incidents
from muutosturva.incidents.acts.labels import (
    COLOURS,
    LONGEST,
    colour_of,
    office_labels,
    read_labels,
    set_label,
    set_office_labels,
    shipped_labels,
)
from muutosturva.incidents.acts.moving import move_task
from muutosturva.incidents.pure.views import LogEntry, TaskView
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.selecting import ordered
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_B, WHO

TEXTS = Texts("fi")


def tasks(store: Store, incident: str = FIRM_A) -> dict[str, TaskView]:
    """Return the tasks of an incident by key, in the group's own order."""
    with store.reading() as session:
        return {task.key: task for task in ordered(queries.tasks(session, incident), "own", TEXTS)}


def newest(store: Store, incident: str = FIRM_A) -> LogEntry:
    """Return the newest event."""
    with store.reading() as session:
        return queries.log_entries(session, incident, limit=1)[0]


def payload(entry: LogEntry) -> Mapping[str, Any]:
    """Return the payload of an event."""
    assert entry.payload is not None
    return entry.payload


def test_a_label_goes_on_several_tasks_in_one_event(opened_store: Store) -> None:
    done = set_label(opened_store, FIRM_A, ["log-news", "B2"], "  kiire ", **WHO)

    assert {task.label for task in done} == {"kiire"}
    entry = newest(opened_store)
    assert entry.kind == "incidents.tasks_labelled"
    assert payload(entry) == {"new": "kiire", "old": {"log-news": "", "name-lead": ""}}


def test_a_label_taken_away_tells_what_it_was(opened_store: Store) -> None:
    set_label(opened_store, FIRM_A, ["log-news"], "kiire", **WHO)
    set_label(opened_store, FIRM_A, ["log-news"], "", **WHO)

    assert tasks(opened_store)["log-news"].label == ""
    assert payload(newest(opened_store)) == {"new": "", "old": {"log-news": "kiire"}}


def test_a_label_that_stands_already_is_no_event(opened_store: Store) -> None:
    set_label(opened_store, FIRM_A, ["log-news"], "kiire", **WHO)
    before = newest(opened_store).seq
    set_label(opened_store, FIRM_A, ["log-news"], "kiire", **WHO)

    assert newest(opened_store).seq == before


@pytest.mark.parametrize("label", ["x" * (LONGEST + 1), "a,b", "a=b", "a;b"])
def test_a_label_no_list_can_hold_is_refused(opened_store: Store, label: str) -> None:
    with pytest.raises(InputError):
        set_label(opened_store, FIRM_A, ["log-news"], label, **WHO)


def test_one_unknown_task_labels_none(opened_store: Store) -> None:
    with pytest.raises(NotFoundError):
        set_label(opened_store, FIRM_A, ["log-news", "olematon"], "kiire", **WHO)

    assert tasks(opened_store)["log-news"].label == ""


def test_a_second_writer_of_a_label_is_told(opened_store: Store) -> None:
    version = tasks(opened_store)["log-news"].version
    set_label(opened_store, FIRM_A, ["log-news"], "kiire", **WHO)

    with pytest.raises(ConflictError):
        set_label(opened_store, FIRM_A, ["log-news"], "odottaa", expected_version=version, **WHO)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_labels_keep_their_colour_in_every_language(language: Language) -> None:
    for word, colour in shipped_labels(Texts(language)).items():
        assert colour_of(word.upper(), {}) == colour


def test_an_office_has_labels_of_its_own(opened_store: Store) -> None:
    set_office_labels(opened_store, {"valtuustoon": "blue"}, **WHO)

    with opened_store.reading() as session:
        labels = office_labels(session, opened_store.owner_area, TEXTS)
    assert labels == {"valtuustoon": "blue"}
    assert colour_of("Valtuustoon", labels) == "blue"
    assert colour_of("muu sana", labels) == ""
    set_office_labels(opened_store, {}, **WHO)
    with opened_store.reading() as session:
        assert tuple(office_labels(session, opened_store.owner_area, TEXTS).values()) == COLOURS


def test_all_that_is_wrong_in_the_labels_is_told_at_once(opened_store: Store) -> None:
    with pytest.raises(InputError) as caught:
        set_office_labels(opened_store, {"x" * 50: "red", "kiire": "violetti"}, **WHO)

    assert [problem.code for problem in caught.value.problems] == [
        "incidents.label_long",
        "incidents.label_colour",
    ]


def test_a_colour_may_be_written_in_any_language() -> None:
    assert read_labels("kiire=punainen, väntar=GUL,odd=mauve, ,=red") == {
        "kiire": "red",
        "väntar": "yellow",
        "odd": "",
    }


def test_a_moved_task_stands_where_it_was_moved_and_the_others_stay(opened_store: Store) -> None:
    keys = list(tasks(opened_store))
    move_task(opened_store, FIRM_A, keys[5], before=keys[1], **WHO)

    assert list(tasks(opened_store)) == [keys[0], keys[5], *keys[1:5], *keys[6:]]
    entry = newest(opened_store)
    assert entry.kind == "incidents.task_moved"
    assert payload(entry)["before"] == keys[1]
    assert set(payload(entry)["ranks"]) == {keys[5]}


def test_a_task_moved_after_the_last_one_is_last(opened_store: Store) -> None:
    keys = list(tasks(opened_store))
    move_task(opened_store, FIRM_A, keys[0], after=keys[-1], **WHO)

    assert list(tasks(opened_store)) == [*keys[1:], keys[0]]


def test_a_moved_task_goes_back_to_the_plan(opened_store: Store) -> None:
    keys = list(tasks(opened_store))
    move_task(opened_store, FIRM_A, keys[5], before=keys[1], **WHO)
    done = move_task(opened_store, FIRM_A, keys[5], **WHO)

    assert done.rank is None
    assert list(tasks(opened_store)) == keys


def test_a_task_that_was_not_moved_goes_back_without_an_event(opened_store: Store) -> None:
    before = newest(opened_store).seq
    move_task(opened_store, FIRM_A, "log-news", **WHO)

    assert newest(opened_store).seq == before


@pytest.mark.parametrize(
    ("where", "error"),
    [
        ({"before": "log-news"}, UsageError),
        ({"before": "name-lead", "after": "first-contact"}, UsageError),
        ({"after": "olematon"}, NotFoundError),
    ],
)
def test_a_move_to_nowhere_is_told(
    opened_store: Store, where: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        move_task(opened_store, FIRM_A, "log-news", **where, **WHO)


def test_tasks_of_two_firms_have_no_common_order(opened_store: Store) -> None:
    group_incidents(opened_store, "LAHTI-2027-90", [FIRM_A, FIRM_B], title="Kevät", **WHO)
    ours = set(tasks(opened_store)) - set(tasks(opened_store, FIRM_B))
    theirs = set(tasks(opened_store, FIRM_B)) - set(tasks(opened_store))

    with pytest.raises(RefusedError):
        move_task(opened_store, "LAHTI-2027-90", min(ours), before=min(theirs), **WHO)
