"""Numbers that change: recorded with their history, and what they do to the plan."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from muutosturva.errors import ConflictError, InputError, RefusedError, UsageError
from muutosturva.incidents import service
from muutosturva.incidents.acts import numbers
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading import queries
from muutosturva.incidents.service import Amended, Amendment
from muutosturva.incidents.typed.figure_notation import parse_figure
from muutosturva.models.states import Stage, TaskState
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_C, WHO

WHY = "Neuvottelut päättyivät."


def amend(store: Store, incident: str, *specs: str, accept: bool = False) -> Amended:
    """Record numbers in their notation."""
    figures = tuple(parse_figure(spec, {}) for spec in specs)
    return service.amend(store, incident, Amendment(figures, source="HR"), reason=WHY, accept=accept, **WHO)


def tasks_of(store: Store, incident: str) -> dict[str, TaskView]:
    """Return the tasks of a firm by key."""
    with store.reading() as session:
        return {task.key: task for task in queries.tasks(session, incident)}


def headcount(store: Store, incident: str) -> int | None:
    """Return the people affected as every screen shows them."""
    with store.reading() as session:
        return queries.incident_view(session, incident).headcount


def test_the_history_of_numbers_begins_when_the_incident_is_opened(opened_store: Store) -> None:
    with opened_store.reading() as session:
        history = numbers.figure_history(session, FIRM_A)
        view = queries.incident_view(session, FIRM_A)
    assert {row.high for row in history if row.measure == "affected"} == {view.headcount}
    assert {row.stage for row in history} == {Stage.PLANNED}


def test_each_revision_keeps_its_source_and_its_difference(opened_store: Store) -> None:
    amend(opened_store, FIRM_A, "decided/dismissal=210")
    amend(opened_store, FIRM_A, "decided/dismissal=198", "decided/layoff=40")
    with opened_store.reading() as session:
        decided = [row for row in numbers.figure_history(session, FIRM_A) if row.stage is Stage.DECIDED]
    assert [(row.measure.value, row.high, row.difference, row.current, row.source) for row in decided] == [
        ("dismissal", 210, None, False, "HR"),
        ("dismissal", 198, -12, True, "HR"),
        ("layoff", 40, None, True, "HR"),
    ]
    assert headcount(opened_store, FIRM_A) == 238


@pytest.mark.parametrize("accept", [False, True])
def test_what_the_law_asks_for_appears_at_once_and_the_rest_is_offered(
    opened_store: Store, *, accept: bool
) -> None:
    """A level that rises calls for much; only duties are nobody's to weigh."""
    made = amend(opened_store, FIRM_C, "decided/dismissal=60", accept=accept)
    tasks = tasks_of(opened_store, FIRM_C)
    assert made.changes.added
    assert bool(made.offered) is not accept
    for key in made.offered:
        assert (tasks[key].state, tasks[key].law, tasks[key].rule) == (TaskState.OFFERED, (), "")
        assert not tasks[key].open
    assert all(tasks[key].state is not TaskState.OFFERED for key in made.changes.added)


def test_offers_are_taken_on_or_declined_with_a_reason(opened_store: Store) -> None:
    first, second, *_ = amend(opened_store, FIRM_C, "decided/dismissal=60").offered
    service.accept_offers(opened_store, FIRM_C, [first], **WHO)
    service.decline_offers(opened_store, FIRM_C, [second], reason="Naapuri tekee.", **WHO)
    again = amend(opened_store, FIRM_C, "decided/dismissal=61")
    tasks = tasks_of(opened_store, FIRM_C)
    assert tasks[first].open
    assert tasks[second].state is TaskState.SKIPPED
    assert not {first, second} & {*again.offered, *again.changes.added}
    with pytest.raises(RefusedError):
        service.accept_offers(opened_store, FIRM_C, **WHO)


def test_what_is_no_longer_true_is_withdrawn_and_work_begun_or_done_stays(opened_store: Store) -> None:
    service.start_task(opened_store, FIRM_C, "first-picture", **WHO)
    service.finish_task(opened_store, FIRM_C, "first-meeting", **WHO)
    made = amend(opened_store, FIRM_C, "decided/dismissal=8")
    tasks = tasks_of(opened_store, FIRM_C)
    assert made.changes.withdrawn
    assert {tasks[key].state for key in made.changes.withdrawn} == {TaskState.WITHDRAWN}
    assert made.changes.stays == ("first-picture",)
    assert tasks["first-picture"].state is TaskState.STARTED
    assert tasks["first-meeting"].state is TaskState.DONE
    assert made.changes.level == ("M", "S")


def test_the_preview_tells_what_happens_and_writes_nothing(opened_store: Store) -> None:
    amendment = Amendment((parse_figure("decided/dismissal=60", {}),))
    before = tasks_of(opened_store, FIRM_C)
    seen = service.preview_amendment(opened_store, FIRM_C, amendment, now=WHO["now"])
    assert tasks_of(opened_store, FIRM_C) == before
    done = service.amend(opened_store, FIRM_C, amendment, reason=WHY, **WHO)
    assert (seen.changes.added, seen.offered, seen.changes.withdrawn, seen.after) == (
        done.changes.added,
        done.offered,
        done.changes.withdrawn,
        done.after,
    )


def test_negotiations_that_end_without_dismissals_can_be_written_down(opened_store: Store) -> None:
    made = amend(opened_store, FIRM_C, "decided/dismissal=0")
    assert [problem.code for problem in made.warnings] == ["incidents.nobody_affected"]
    with opened_store.reading() as session:
        assert queries.incident_view(session, FIRM_C).inputs["dismissals"] == 0


def test_an_answer_that_is_a_number_joins_the_history(opened_store: Store) -> None:
    amendment = Amendment(inputs={"dismissals": "20"})
    service.amend(opened_store, FIRM_C, amendment, reason=WHY, **WHO)
    with opened_store.reading() as session:
        rows = [row for row in numbers.figure_history(session, FIRM_C) if row.measure == "dismissal"]
    assert {row.high: row.current for row in rows} == {25: False, 20: True}


@pytest.mark.parametrize(
    ("amendment", "error"),
    [
        (Amendment(), InputError),
        (Amendment(inputs={"headcont": 3}), InputError),
        (Amendment(inputs={"dismissals": "monta"}), UsageError),
        (Amendment((parse_figure("decided/x=3", {"x": "X"}),)), InputError),
        (Amendment(inputs={"dismissals": 3}, event_time=WHO["now"] + dt.timedelta(hours=1)), UsageError),
        (Amendment(inputs={"dismissals": 3}, event_time=WHO["now"] - dt.timedelta(days=3650)), UsageError),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    opened_store: Store, amendment: Amendment, error: type[Exception]
) -> None:
    with opened_store.reading() as session:
        before = numbers.figure_history(session, FIRM_C)
    with pytest.raises(error):
        service.amend(opened_store, FIRM_C, amendment, reason=WHY, **WHO)
    with opened_store.reading() as session:
        assert numbers.figure_history(session, FIRM_C) == before


def test_more_people_than_the_employer_has_is_recorded_and_told(opened_store: Store) -> None:
    made = amend(opened_store, FIRM_C, "decided/dismissal=46")
    assert [problem.code for problem in made.warnings] == ["incidents.more_than_employer"]


def test_the_second_of_two_who_amend_is_told(opened_store: Store) -> None:
    with opened_store.reading() as session:
        version = queries.incident_view(session, FIRM_C).version
    amend(opened_store, FIRM_C, "decided/dismissal=30")
    with pytest.raises(ConflictError):
        service.amend(
            opened_store,
            FIRM_C,
            Amendment((parse_figure("decided/dismissal=31", {}),)),
            reason=WHY,
            expected_version=version,
            **WHO,
        )


def test_numbers_are_amended_on_both_databases(opened_place: str | Path) -> None:
    with Store.open(opened_place) as store:
        amend(store, FIRM_A, "decided/dismissal=198", "decided/layoff=40")
        assert headcount(store, FIRM_A) == 238
