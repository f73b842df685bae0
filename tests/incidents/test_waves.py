"""Waves: named, changed and removed; the work of each appears and goes with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from muutosturva.errors import InputError, NotFoundError, RefusedError, UsageError
from muutosturva.incidents import service
from muutosturva.incidents.pure.views import IncidentView, TaskView
from muutosturva.incidents.reading import queries
from muutosturva.incidents.service import Amendment, WaveChange
from muutosturva.incidents.typed.figure_notation import parse_figure
from muutosturva.models.states import TaskState
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_C, WHO

WHY = "Työnantaja kertoi aallot."
FIRST = WaveChange(
    "w1",
    label="Ensimmäinen",
    count=120,
    notice=AnchorValue.confirmed(date(2027, 4, 12)),
    end=AnchorValue.confirmed(date(2027, 6, 30)),
)
LAID_OFF = WaveChange("lay", measure="layoff", count=40, notice=AnchorValue.confirmed(date(2027, 4, 12)))


def look(store: Store, incident: str = FIRM_A) -> tuple[IncidentView, dict[str, TaskView]]:
    """Return an incident and its tasks by key."""
    with store.reading() as session:
        view = queries.incident_view(session, incident)
        return view, {task.key: task for task in queries.tasks(session, incident)}


def decided(store: Store, number: str = "decided/dismissal=198") -> None:
    """Record the number that was decided."""
    service.amend(store, FIRM_A, Amendment((parse_figure(number, {}),)), reason=WHY, **WHO)


def waves(store: Store) -> list[tuple[str, int | None]]:
    """Return the waves of firm A with their sizes."""
    return [(wave.wave, wave.count) for wave in look(store)[0].waves]


def reminded(store: Store) -> bool:
    """Tell whether those without a wave still have their reminder."""
    return look(store)[1]["mt55-reminder-30[all]"].open


def test_those_in_no_wave_keep_their_reminders(opened_store: Store) -> None:
    """78 of 198 have no wave: their 55+ reminders (1290/2002 9 luku) must not vanish with the first 120."""
    decided(opened_store)
    made = service.set_wave(opened_store, FIRM_A, FIRST, reason=WHY, **WHO)
    assert waves(opened_store) == [("w1", 120), ("all", 78)]
    assert not made.changes.withdrawn
    assert reminded(opened_store)
    assert [(one.code, one.params) for one in made.warnings] == [("incidents.waves_lack", {"n": 78})]
    made = service.set_wave(opened_store, FIRM_A, WaveChange("w2", count=78), reason=WHY, **WHO)
    assert waves(opened_store) == [("w1", 120), ("w2", 78)]
    assert made.warnings == ()
    assert not reminded(opened_store)


def test_a_wave_of_unknown_size_leaves_a_rest_without_a_number(opened_store: Store) -> None:
    decided(opened_store)
    service.set_wave(opened_store, FIRM_A, FIRST, reason=WHY, **WHO)
    made = service.set_wave(opened_store, FIRM_A, WaveChange("w2"), reason=WHY, **WHO)
    assert waves(opened_store) == [("w1", 120), ("w2", None), ("all", None)]
    assert reminded(opened_store)
    assert [one.code for one in made.warnings] == ["incidents.waves_lack_some"]


def test_a_wave_of_lay_offs_holds_none_of_the_dismissed(opened_store: Store) -> None:
    decided(opened_store)
    service.set_wave(opened_store, FIRM_A, LAID_OFF, reason=WHY, **WHO)
    assert waves(opened_store) == [("lay", 40), ("all", 198)]
    assert reminded(opened_store)


def test_a_larger_number_brings_the_rest_back(opened_store: Store) -> None:
    decided(opened_store)
    service.set_wave(opened_store, FIRM_A, replace(FIRST, count=198), reason=WHY, **WHO)
    assert not reminded(opened_store)
    decided(opened_store, "decided/dismissal=205")
    assert waves(opened_store) == [("w1", 198), ("all", 7)]


def test_the_wave_of_everybody_gives_way_when_named_ones_hold_all(opened_store: Store) -> None:
    decided(opened_store, "decided/dismissal=120")
    service.finish_task(opened_store, FIRM_A, "registration-check[all]", **WHO)
    made = service.set_wave(opened_store, FIRM_A, FIRST, reason=WHY, **WHO)
    view, tasks = look(opened_store)
    assert [(wave.wave, wave.count) for wave in view.waves] == [("w1", 120)]
    assert tasks["registration-check[all]"].state is TaskState.DONE
    withdrawn = [task for key, task in tasks.items() if key in made.changes.withdrawn]
    assert withdrawn
    assert {task.state for task in withdrawn} == {TaskState.WITHDRAWN}
    assert tasks["mt55-reminder-30[w1]"].open
    assert view.anchor("notice[all]") is None


def test_each_wave_has_its_own_days(opened_store: Store) -> None:
    service.set_wave(opened_store, FIRM_A, FIRST, reason=WHY, **WHO)
    second = WaveChange("w2", count=78, notice=AnchorValue.confirmed(date(2027, 5, 12)))
    service.set_wave(opened_store, FIRM_A, second, reason=WHY, **WHO)
    _, tasks = look(opened_store)
    first_due, second_due = (tasks[f"mt55-reminder-30[{wave}]"].due_on for wave in ("w1", "w2"))
    assert first_due is not None
    assert second_due is not None
    assert first_due < second_due
    later = WaveChange("w1", notice=AnchorValue.confirmed(date(2027, 4, 19)))
    changes = service.set_wave(opened_store, FIRM_A, later, reason=WHY, **WHO).changes
    assert {moved.key for moved in changes.moved if moved.key.endswith("[w2]")} == set()
    assert any(moved.key == "mt55-reminder-30[w1]" for moved in changes.moved)
    assert waves(opened_store) == [("w1", 120), ("w2", 78), ("all", 62)]


def test_those_laid_off_have_no_reminders_of_the_dismissed(opened_store: Store) -> None:
    """The 55+ package, re-employment and coaching are for the dismissed (55/2001, 670/2022)."""
    service.set_wave(opened_store, FIRM_A, FIRST, reason=WHY, **WHO)
    service.set_wave(opened_store, FIRM_A, LAID_OFF, reason=WHY, **WHO)
    _, tasks = look(opened_store)
    of_dismissed = ("mt55", "employer-coaching", "occupational-health", "reemployment-duty")
    assert not [key for key, task in tasks.items() if task.wave == "lay" and key.startswith(of_dismissed)]
    assert [key for key, task in tasks.items() if task.wave == "w1" and key.startswith(of_dismissed)]
    assert "registration-check[lay]" in tasks


def test_removing_the_last_wave_brings_everybodys_back(opened_store: Store) -> None:
    service.set_wave(opened_store, FIRM_A, FIRST, reason=WHY, **WHO)
    service.start_task(opened_store, FIRM_A, "mt55-reminder-30[w1]", **WHO)
    made = service.remove_wave(opened_store, FIRM_A, "w1", reason="Aalto peruttiin.", **WHO)
    view, tasks = look(opened_store)
    assert [wave.wave for wave in view.waves] == ["all"]
    assert made.changes.stays == ("mt55-reminder-30[w1]",)
    assert tasks["mt55-reminder-30[all]"].open
    assert tasks["mt55-reminder-45[w1]"].state is TaskState.WITHDRAWN


def test_a_wave_larger_than_the_number_is_recorded_and_told(opened_store: Store) -> None:
    figures = (parse_figure("decided/dismissal=198", {}),)
    service.amend(opened_store, FIRM_A, Amendment(figures), reason=WHY, **WHO)
    service.set_wave(opened_store, FIRM_A, FIRST, reason=WHY, **WHO)
    made = service.set_wave(opened_store, FIRM_A, WaveChange("w2", count=79), reason=WHY, **WHO)
    assert [problem.code for problem in made.warnings] == ["incidents.waves_exceed"]
    view, _ = look(opened_store)
    assert [wave.count for wave in view.waves] == [120, 79]


def test_the_preview_writes_nothing(opened_store: Store) -> None:
    before = look(opened_store)
    seen = service.preview_wave(opened_store, FIRM_A, FIRST, now=WHO["now"])
    assert look(opened_store) == before
    assert (
        seen.changes.added == service.set_wave(opened_store, FIRM_A, FIRST, reason=WHY, **WHO).changes.added
    )


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (WaveChange("all", count=3), RefusedError),
        (WaveChange("w1", measure="kesäloma"), UsageError),
        (WaveChange("w1", count=-1), InputError),
        (WaveChange("w1", site="lahtu"), InputError),
        (WaveChange("w 1"), InputError),
        (
            WaveChange(
                "w1",
                notice=AnchorValue.confirmed(date(2027, 5, 1)),
                end=AnchorValue.confirmed(date(2027, 4, 1)),
            ),
            InputError,
        ),
    ],
)
def test_an_impossible_wave_is_refused(
    opened_store: Store, change: WaveChange, error: type[Exception]
) -> None:
    before = look(opened_store, FIRM_C)
    with pytest.raises(error):
        service.set_wave(opened_store, FIRM_C, change, reason=WHY, **WHO)
    assert look(opened_store, FIRM_C) == before


def test_an_unknown_wave_cannot_be_removed(opened_store: Store) -> None:
    with pytest.raises(NotFoundError):
        service.remove_wave(opened_store, FIRM_C, "w9", reason=WHY, **WHO)
