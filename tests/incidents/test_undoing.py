"""Every reversible act can be undone through the log, and nobody's later work is lost to it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from muutosturva.errors import ConflictError, NotFoundError, RefusedError
from muutosturva.incidents import service
from muutosturva.incidents.acts import undoing
from muutosturva.incidents.acts.amending import Amendment
from muutosturva.incidents.pure.figures import Figure
from muutosturva.incidents.reading import queries
from muutosturva.models.states import IncidentState, Measure, Stage, TaskState
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.store.check import check
from muutosturva.store.store import Store
from tests.support.examples import examples
from tests.support.incidents import FIRM_A, FIRM_B, WHO
from tests.support.stores import ACTOR, NOW

OTHER = "Toinen Tekijä"
Act = Callable[[Store], object]

TABLES = ("incident", "incident_anchor", "incident_question", "incident_wave", "role_holder", "task")
UNCOUNTED = {"version"}


def stands(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Return every row of the incidents' tables but its count of changes."""
    with store.reading() as session:
        inspector = sa.inspect(session.connection())
        found = {}
        for table in TABLES:
            columns = [one["name"] for one in inspector.get_columns(table) if one["name"] not in UNCOUNTED]
            rows = session.connection().exec_driver_sql(
                "SELECT {} FROM {} ORDER BY id".format(", ".join(f'"{name}"' for name in columns), table)
            )
            found[table] = [dict(zip(columns, row, strict=True)) for row in rows]
    return found


def task_state(store: Store, key: str) -> TaskState:
    with store.reading() as session:
        return next(task.state for task in queries.tasks(session, FIRM_A) if task.key == key)


def newest(store: Store) -> int:
    with store.reading() as session:
        return queries.log_entries(session, FIRM_A, limit=1)[0].seq


ACTS: dict[str, Act] = {
    "finished": lambda store: service.finish_task(store, FIRM_A, "first-contact", **WHO),
    "skipped": lambda store: service.skip_task(store, FIRM_A, "action-plan", reason="ei tarvita", **WHO),
    "started": lambda store: service.start_task(store, FIRM_A, "log-news", **WHO),
    "redated": lambda store: service.redate_task(
        store, FIRM_A, "employer-list", due=dt.date(2027, 4, 9), reason="sovittiin", **WHO
    ),
    "added": lambda store: service.add_task(
        store, FIRM_A, "own", title="Oma tehtävä", role="lead", due=None, **WHO
    ),
    "dated": lambda store: service.set_anchor(
        store,
        FIRM_A,
        "decision",
        AnchorValue.confirmed(dt.date(2027, 4, 20)),
        reason="neuvottelut jatkuvat",
        **WHO,
    ),
    "answered": lambda store: service.answer(store, FIRM_A, "residence_permits", "kyllä", **WHO),
    "wound down": lambda store: service.move_state(
        store, FIRM_A, IncidentState.WINDING_DOWN, reason="loppu näkyy", **WHO
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_undone_leaves_everything_as_it_was(opened_store: Store, name: str) -> None:
    before = stands(opened_store)
    ACTS[name](opened_store)
    assert stands(opened_store) != before

    undone = undoing.undo_event(opened_store, FIRM_A, **WHO)

    assert stands(opened_store) == before
    assert undone.rows
    assert check(opened_store) == []


@settings(
    max_examples=examples(4, 300),
    deadline=None,
    # Each example works in a store of its own; making a failure smaller would take minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(names=st.lists(st.sampled_from(sorted(ACTS)), min_size=2, max_size=6, unique=True))
def test_acts_undone_one_after_the_other_lead_back_to_the_beginning(
    opened_file: Path, tmp_path: Path, names: list[str]
) -> None:
    """Undo goes further back each time, as people know it from their editors."""
    path = tmp_path / "undo.db"
    shutil.copy(opened_file, path)
    with Store.open(path) as store:
        before = stands(store)
        for name in names:
            ACTS[name](store)
        after = stands(store)
        for _ in names:
            undoing.undo_event(store, FIRM_A, **WHO)
        assert stands(store) == before
        for _ in names:
            undoing.redo_event(store, FIRM_A, **WHO)
        assert stands(store) == after


def test_what_was_worked_on_and_taken_back_does_not_keep_its_adding(opened_store: Store) -> None:
    """A task added, begun and put back is as it was added: that can be undone too."""
    before = stands(opened_store)
    ACTS["added"](opened_store)
    service.start_task(opened_store, FIRM_A, "own", **WHO)
    undoing.undo_event(opened_store, FIRM_A, **WHO)
    undoing.undo_event(opened_store, FIRM_A, **WHO)
    assert stands(opened_store) == before

    undoing.redo_event(opened_store, FIRM_A, **WHO)
    undoing.redo_event(opened_store, FIRM_A, **WHO)
    assert task_state(opened_store, "own") is TaskState.STARTED
    adding = next(act for act in opened_acts(opened_store) if act.kind == "incidents.task_added")
    with pytest.raises(ConflictError):
        undoing.undo_event(opened_store, FIRM_A, seq=adding.seq, **WHO)


def opened_acts(store: Store) -> tuple[undoing.Undoable, ...]:
    """Return what can be undone in firm A."""
    with store.reading() as session:
        return undoing.undoable(session, FIRM_A)


def test_undoing_is_an_event_that_names_what_it_undid(opened_store: Store) -> None:
    """The log keeps both: that it was done, and that it was taken back, by whom and why."""
    ACTS["finished"](opened_store)
    seq = newest(opened_store)

    undoing.undo_event(opened_store, FIRM_A, reason="väärä tehtävä", **WHO)

    with opened_store.reading() as session:
        entry = queries.log_entries(session, FIRM_A, limit=1)[0]
    assert entry.kind == "incidents.undone"
    assert entry.payload is not None
    assert (entry.payload["seq"], entry.payload["kind"]) == (seq, "incidents.task_done")
    assert entry.payload["reason"] == "väärä tehtävä"


def test_ones_own_latest_act_is_undone_not_a_colleagues(opened_store: Store) -> None:
    ACTS["finished"](opened_store)
    service.start_task(opened_store, FIRM_A, "log-news", actor=OTHER, now=NOW)

    undoing.undo_event(opened_store, FIRM_A, **WHO)

    assert task_state(opened_store, "first-contact") is not TaskState.DONE
    assert task_state(opened_store, "log-news") is TaskState.STARTED


def test_a_colleagues_act_is_undone_by_its_number(opened_store: Store) -> None:
    service.start_task(opened_store, FIRM_A, "log-news", actor=OTHER, now=NOW)

    undone = undoing.undo_event(opened_store, FIRM_A, seq=newest(opened_store), **WHO)

    assert undone.event.actor == OTHER
    assert task_state(opened_store, "log-news") is TaskState.READY


def test_what_somebody_has_changed_since_is_not_undone_over_their_head(opened_store: Store) -> None:
    ACTS["redated"](opened_store)
    seq = newest(opened_store)
    service.redate_task(
        opened_store,
        FIRM_A,
        "employer-list",
        due=dt.date(2027, 4, 12),
        reason="uusi tieto",
        actor=OTHER,
        now=NOW,
    )

    with pytest.raises(ConflictError) as caught:
        undoing.undo_event(opened_store, FIRM_A, seq=seq, **WHO)

    [problem] = caught.value.problems
    assert (problem.params["seq"], problem.params["actor"]) == (newest(opened_store), OTHER)


def test_an_act_is_undone_only_once(opened_store: Store) -> None:
    ACTS["finished"](opened_store)
    seq = newest(opened_store)
    undoing.undo_event(opened_store, FIRM_A, **WHO)

    with pytest.raises(RefusedError) as caught:
        undoing.undo_event(opened_store, FIRM_A, seq=seq, **WHO)

    assert caught.value.key == "incidents.undone_already"


def test_the_opening_of_an_incident_cannot_be_undone(opened_store: Store) -> None:
    """It is cancelled instead: the log must be able to tell that it was there."""
    with pytest.raises(RefusedError) as caught:
        undoing.undo_event(opened_store, FIRM_A, **WHO)

    assert caught.value.key == "incidents.nothing_to_undo"


def test_a_note_cannot_be_undone_it_is_part_of_the_log(opened_store: Store) -> None:
    service.add_note(opened_store, FIRM_A, "Soitettu.", **WHO)

    with pytest.raises(RefusedError) as caught:
        undoing.undo_event(opened_store, FIRM_A, seq=newest(opened_store), **WHO)

    assert caught.value.key == "incidents.not_undoable_log"


def test_an_act_of_another_incident_is_not_found_in_this_one(opened_store: Store) -> None:
    ACTS["finished"](opened_store)

    with pytest.raises(NotFoundError):
        undoing.undo_event(opened_store, FIRM_B, seq=newest(opened_store), **WHO)


def test_closing_can_be_undone_though_the_incident_has_ended(opened_store: Store) -> None:
    service.move_state(opened_store, FIRM_A, IncidentState.CANCELLED, reason="väärä hälytys", **WHO)

    undoing.undo_event(opened_store, FIRM_A, **WHO)

    with opened_store.reading() as session:
        assert queries.incident_view(session, FIRM_A).state is IncidentState.ACTIVE


def test_nothing_else_is_undone_in_an_ended_incident(opened_store: Store) -> None:
    ACTS["finished"](opened_store)
    seq = newest(opened_store)
    service.move_state(opened_store, FIRM_A, IncidentState.CANCELLED, reason="väärä hälytys", **WHO)

    with pytest.raises(RefusedError) as caught:
        undoing.undo_event(opened_store, FIRM_A, seq=seq, **WHO)

    assert caught.value.key == "incidents.not_running"


def test_the_list_of_what_can_be_undone_leaves_out_what_is_undone(opened_store: Store) -> None:
    ACTS["finished"](opened_store)
    ACTS["redated"](opened_store)
    undoing.undo_event(opened_store, FIRM_A, **WHO)

    with opened_store.reading() as session:
        found = undoing.undoable(session, FIRM_A)

    assert [act.kind for act in found] == ["incidents.task_done"]
    assert found[0].actor == ACTOR


def test_a_preview_says_what_would_come_back_and_writes_nothing(opened_store: Store) -> None:
    ACTS["finished"](opened_store)
    before = stands(opened_store)

    found = undoing.preview_undo(opened_store, FIRM_A, actor=ACTOR)

    assert "first-contact" in [row.name for row in found.rows]
    assert stands(opened_store) == before


def test_a_number_taken_back_is_named_by_what_it_counts(opened_store: Store) -> None:
    """A key of the database tells nobody what comes back."""
    decided = Figure(Stage.DECIDED, Measure.DISMISSAL, "", 198, 198)
    service.amend(opened_store, FIRM_A, Amendment((decided,)), reason="päätös", **WHO)

    undone = undoing.undo_event(opened_store, FIRM_A, **WHO)

    assert "decided/dismissal" in [row.name for row in undone.rows if row.table == "incident_figure"]
