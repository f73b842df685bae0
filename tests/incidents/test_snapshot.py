"""Nothing a plan says about a date is lost by saving it."""

from __future__ import annotations

import json
from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from muutosturva.incidents.pure import snapshot
from muutosturva.playbooks.facts import Certainty, Site
from muutosturva.playbooks.plan import PlannedDate, Raci
from muutosturva.rules.results import Confidence, LawRow, StatutoryDate

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
maybe_days = st.none() | days
words = st.text(max_size=20)
planned_dates = st.builds(
    PlannedDate,
    words,
    maybe_days,
    maybe_days,
    maybe_days,
    st.none() | st.times().map(lambda clock: time(clock.hour, clock.minute)),
    st.sampled_from(list(Certainty)),
    st.lists(words, max_size=3).map(tuple),
    words,
)
law_rows = st.builds(
    LawRow,
    words,
    words,
    words,
    words,
    maybe_days,
    maybe_days,
    words,
    words,
    st.sampled_from(list(Confidence)),
    maybe_days,
    words,
)
statutory_dates = st.builds(
    StatutoryDate,
    days,
    days,
    maybe_days,
    st.lists(law_rows, max_size=2).map(tuple),
    st.integers(0, 99),
    st.booleans(),
    earliest=st.booleans(),
)


@given(planned_dates)
def test_a_computed_date_survives_a_round_trip(planned: PlannedDate) -> None:
    stored = json.loads(json.dumps(snapshot.planned_to_json(planned)))

    assert snapshot.planned_from_json(stored) == planned


@given(planned_dates, st.lists(days, min_size=1, max_size=3), maybe_days)
def test_a_day_set_by_hand_keeps_what_the_plan_last_gave(
    planned: PlannedDate, by_hand: list[date], later: date | None
) -> None:
    """However often it is set: the day the group chose is the due day, the plan's own stands beside it."""
    due = snapshot.planned_to_json(planned)
    for number, day in enumerate(by_hand):
        due = json.loads(json.dumps(snapshot.by_hand_to_json(due, day, by_hand=number > 0)))
    read = snapshot.planned_from_json(due)

    assert read is not None
    assert (read.value, read.certainty, read.expression) == (
        by_hand[-1],
        Certainty.CONFIRMED,
        planned.expression,
    )
    assert snapshot.computed_day(due, by_hand=True) == planned.value
    assert snapshot.computed_day(snapshot.with_computed(due, later), by_hand=True) == later


@given(statutory_dates)
def test_the_dates_of_the_law_survive_with_their_rows(dates: StatutoryDate) -> None:
    """Years later the incident must still say which row and revision gave the date."""
    stored = json.loads(json.dumps(snapshot.statutory_to_json(dates)))

    assert snapshot.statutory_from_json(stored) == dates


@given(words, words, words, st.none() | st.integers(0, 999))
def test_a_site_survives(identity: str, name: str, municipality: str, headcount: int | None) -> None:
    site = Site(identity, name, municipality, headcount)

    assert snapshot.site_from_json(json.loads(json.dumps(snapshot.site_to_json(site)))) == site


def test_roles_of_a_task_survive() -> None:
    raci = Raci(("secretary",), "lead", ("partners",), ("communication", "economy"))

    assert snapshot.raci_from_json(snapshot.raci_to_json(raci)) == raci


@given(days, st.lists(words, max_size=3).map(tuple), words, st.integers(0, 999))
def test_an_answer_survives_in_the_type_of_its_question(
    day: date, chosen: tuple[str, ...], text: str, number: int
) -> None:
    """A plan refuses an answer of another type: the next moved anchor would be refused with it."""
    for kind, answer in {"date": day, "list": chosen, "text": text, "int": number, "bool": True}.items():
        stored = json.loads(json.dumps(snapshot.value_to_json(answer)))

        assert snapshot.value_from_json(stored, kind) == answer
