"""Thresholds of the law are told whichever way they were crossed: by an answer or a date as by a number."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from muutosturva.coordination.trigger import TriggerRequest, trigger
from muutosturva.incidents import service
from muutosturva.incidents.acts.amending import Amendment
from muutosturva.incidents.acts.links import Link
from muutosturva.incidents.acts.numbers import incident_warnings
from muutosturva.incidents.acts.waves import WaveChange
from muutosturva.incidents.pure.views import Changes
from muutosturva.incidents.reading import queries
from muutosturva.incidents.typed.figure_notation import parse_figure
from muutosturva.models.states import IncidentState, LinkKind
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_C, WHO
from tests.support.stores import NOW

WHY = "Työnantaja kertoi."
FULL, WINDOW = "yt.threshold_full", "yt.light_regime_trigger"


def on(year: int, month: int, day: int) -> AnchorValue:
    return AnchorValue.confirmed(dt.date(year, month, day))


def told(changes: Changes) -> dict[str, tuple[str, int]]:
    """Return what a use case says was crossed: by row of the law the way and the number."""
    return {found.key: (found.direction.value, found.number) for found in changes.crossings}


def logged(store: Store, incident: str) -> list[tuple[str, str, int]]:
    """Return what the log tells of thresholds, newest first."""
    with store.reading() as session:
        entries = queries.log_entries(session, incident)
    payloads = [entry.payload or {} for entry in entries if entry.kind == "incidents.threshold_crossed"]
    return [(payload["law"], payload["direction"], payload["number"]) for payload in payloads]


REQUEST = TriggerRequest(
    playbook="small-layoff",
    employer="Malli Mekano Oy",
    municipality="Lahti",
    inputs={"headcount": 15, "dismissals": 15},
    anchors={"proposal": on(2027, 3, 1)},
)
TEN = {"headcount": 10, "dismissals": 10}


@pytest.fixture
def firm_of_unknown_size(filled_store: Store) -> tuple[Store, str]:
    """Return a store with a firm that dismisses 15, of unknown size, its proposal given in 2027."""
    return filled_store, trigger(filled_store, REQUEST, **WHO).readable_id


def test_the_size_of_the_employer_is_an_answer_that_crosses(
    firm_of_unknown_size: tuple[Store, str],
) -> None:
    """Sixty employees: from 1.7.2025 an employer of fifty has the full duties to negotiate."""
    store, incident = firm_of_unknown_size
    changes = service.answer(store, incident, "employer_size", 60, **WHO)
    assert told(changes)[FULL] == ("up", 60)
    assert (FULL, "up", 60) in logged(store, incident)


def test_the_day_of_the_proposal_selects_the_law_and_crosses_its_thresholds(opened_store: Store) -> None:
    """45 employees are under the fifty of today's law, and above the twenty of a proposal before it."""
    day = on(2025, 6, 30)
    seen = service.preview_anchor(opened_store, FIRM_C, "proposal", day, now=NOW)
    assert not [entry for entry in logged(opened_store, FIRM_C) if entry[0] == FULL]

    changes = service.set_anchor(opened_store, FIRM_C, "proposal", day, reason=WHY, **WHO)
    assert told(changes)[FULL] == told(seen)[FULL] == ("up", 45)
    assert changes.crossings[0].law.valid_to == dt.date(2025, 6, 30)
    assert (FULL, "up", 45) in logged(opened_store, FIRM_C)

    back = service.set_anchor(opened_store, FIRM_C, "proposal", on(2027, 3, 5), reason=WHY, **WHO)
    assert told(back)[FULL] == ("down", 45)


def in_two_waves(store: Store, incident: str) -> None:
    """Let fifteen go in March and ten in September: too far apart to be counted together."""
    service.answer(store, incident, "employer_size", 45, **WHO)
    for wave, count, notice in (("w1", 15, on(2027, 3, 15)), ("w2", 10, on(2027, 9, 15))):
        change = WaveChange(wave, measure="dismissal", count=count, notice=notice)
        service.set_wave(store, incident, change, reason=WHY, **WHO)


def test_notices_that_come_nearer_are_counted_together(firm_of_unknown_size: tuple[Store, str]) -> None:
    """Fifteen and ten make twenty-five once they fall within ninety days of each other."""
    store, incident = firm_of_unknown_size
    in_two_waves(store, incident)
    assert not [entry for entry in logged(store, incident) if entry[0] == WINDOW]

    near = on(2027, 4, 15)
    seen = service.preview_anchor(store, incident, "notice[w2]", near, now=NOW)
    changes = service.set_anchor(store, incident, "notice[w2]", near, reason=WHY, **WHO)
    assert told(changes)[WINDOW] == told(seen)[WINDOW] == ("up", 25)
    assert (WINDOW, "up", 25) in logged(store, incident)


@pytest.mark.parametrize(
    ("employer", "counted"),
    [("Malli Mekano Oy", True), ("Oy MALLI  MEKANO Ab", True), ("Malli Metalli Oy", False)],
)
def test_other_incidents_of_a_firm_are_counted_however_its_name_is_written(
    firm_of_unknown_size: tuple[Store, str], employer: str, *, counted: bool
) -> None:
    """The law counts what the employer does, not how somebody spelt the employer that day."""
    store, _ = firm_of_unknown_size
    second = trigger(store, replace(REQUEST, employer=employer, inputs=TEN), **WHO).readable_id

    assert ((WINDOW, "up", 25) in logged(store, second)) is counted


def test_an_incident_that_was_cancelled_counts_nobody(firm_of_unknown_size: tuple[Store, str]) -> None:
    store, first = firm_of_unknown_size
    service.move_state(store, first, IncidentState.CANCELLED, reason="Väärä hälytys.", **WHO)
    second = trigger(store, replace(REQUEST, inputs=TEN), **WHO).readable_id

    assert WINDOW not in [law for law, _, _ in logged(store, second)]


def test_dates_of_an_incident_taken_up_again_cross_too(firm_of_unknown_size: tuple[Store, str]) -> None:
    store, incident = firm_of_unknown_size
    in_two_waves(store, incident)
    service.move_state(store, incident, IncidentState.DORMANT, reason="Tauko.", **WHO)
    new = {"notice[w2]": on(2027, 4, 15)}
    seen = service.preview_resume(store, incident, new, now=NOW)
    with store.reading() as session:
        assert queries.incident_view(session, incident).state is IncidentState.DORMANT

    changes = service.resume(store, incident, anchors=new, reason="Jatkuu.", **WHO)
    assert told(changes)[WINDOW] == told(seen)[WINDOW] == ("up", 25)
    assert (changes.moved, changes.added) == (seen.moved, seen.added)
    assert (WINDOW, "up", 25) in logged(store, incident)


def test_a_date_that_crosses_nothing_tells_of_nothing(opened_store: Store) -> None:
    before = logged(opened_store, FIRM_C)
    changes = service.set_anchor(opened_store, FIRM_C, "decision", on(2027, 4, 6), reason="Siirtyi.", **WHO)
    assert (changes.crossings, logged(opened_store, FIRM_C)) == ((), before)


def test_suppliers_may_bring_the_fund_within_reach_and_lay_offs_never(opened_store: Store) -> None:
    """198 dismissed and 14 of an agency pass 200 (2021/691 art. 4(2)(a), art. 5): possible, not decided."""
    for number in ("decided/dismissal=198", "decided/layoff=40"):
        figures = (parse_figure(number, {}),)
        made = service.amend(opened_store, FIRM_A, Amendment(figures), reason=WHY, **WHO)
        assert "incidents.fund_possible" not in [one.code for one in made.warnings]
    link = Link(name="Malli Vuokra Oy", kind=LinkKind.AGENCY, headcount=14)
    service.link_firm(opened_store, FIRM_A, link, **WHO)
    with opened_store.reading() as session:
        (found,) = (
            one for one in incident_warnings(session, FIRM_A) if one.code == "incidents.fund_possible"
        )
    assert (found.params["number"], found.params["linked"], found.params["total"]) == (198, 14, 212)
