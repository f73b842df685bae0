"""Which numbers count, and how people type them."""

from __future__ import annotations

import datetime as dt

import pytest

from muutosturva.errors import UsageError
from muutosturva.incidents.pure.figures import Figure, likely_stage, numbers
from muutosturva.incidents.typed.figure_notation import format_people, format_place, parse_figure
from muutosturva.incidents.typed.notation import parse_anchor_value
from muutosturva.models.states import Measure, Stage

SITES = {"lahti": "Lahden tehdas", "heinola": "Heinola"}


def read(*specs: str) -> list[Figure]:
    """Return figures from their notation."""
    return [parse_figure(spec, SITES) for spec in specs]


@pytest.mark.parametrize(
    ("specs", "headcount", "dismissals"),
    [
        (["announced=260"], 260, None),
        (["announced=260", "planned/dismissal=180"], 180, 180),
        (["planned=260", "planned/dismissal=180"], 260, 180),
        (["planned=260", "planned/dismissal=260", "decided/dismissal=198", "decided/layoff=40"], 238, 198),
        (["planned/dismissal=200", "decided/dismissal=?"], 200, 200),
        (["decided/dismissal/lahti=120", "decided/dismissal/heinola=78"], 198, 198),
        (["announced=95-110"], 110, None),
        (["decided/dismissal=0"], 0, 0),
        (["planned/dismissal=50", "decided=70"], 70, 50),
        ([], None, None),
    ],
)
def test_the_furthest_stage_with_a_number_counts(
    specs: list[str], headcount: int | None, dismissals: int | None
) -> None:
    """What is decided goes before what was planned, and that before what was announced."""
    found = numbers(read(*specs))
    assert (found.headcount, found.count(Measure.DISMISSAL)) == (headcount, dismissals)


@pytest.mark.parametrize(
    ("specs", "code"),
    [
        (
            ["decided/dismissal=198", *["decided/dismissal/lahti=150", "decided/dismissal/heinola=60"]],
            "figures_sites",
        ),
        (
            ["decided/dismissal=198", "decided/dismissal/lahti=100", "decided/dismissal/heinola=60"],
            "figures_sites",
        ),
        (["decided=100", "decided/dismissal=98", "decided/layoff=40"], "figures_parts"),
    ],
)
def test_numbers_that_contradict_each_other_are_told(specs: list[str], code: str) -> None:
    assert [problem.code for problem in numbers(read(*specs), SITES).problems] == [f"incidents.{code}"]


def test_one_site_of_several_need_not_be_the_whole() -> None:
    assert not numbers(read("decided/dismissal=198", "decided/dismissal/lahti=100"), SITES).problems


@pytest.mark.parametrize(
    ("typed", "place", "people"),
    [
        ("decided/dismissal/lahti=198", "decided/dismissal/lahti", "198"),
        ("Päätetty / irtisanomiset / Lahden tehdas = 1 198", "decided/dismissal/lahti", "1198"),
        ("planerat/permittering=40", "planned/layoff", "40"),
        ("suunniteltu=95–110", "planned", "95–110"),
        ("ilmoitettu = ?", "announced", "?"),
    ],
)
def test_a_number_is_read_in_the_words_of_the_office(typed: str, place: str, people: str) -> None:
    figure = parse_figure(typed, SITES)
    assert (format_place(figure), format_people(figure.low, figure.high)) == (place, people)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("198", "figure_form"),
        ("irtisanomiset=198", "figure_stage"),
        ("päätetty/lahtu=198", "figure_part"),
        ("päätetty=-3", "figure_number"),
        ("päätetty=19,8", "figure_number"),
        ("päätetty=110-95", "figure_backwards"),
        ("päätetty=99999999999", "figure_large"),
    ],
)
def test_a_slip_is_told_with_what_would_do(typed: str, key: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_figure(typed, SITES)
    assert caught.value.key == f"incidents.{key}"


@pytest.mark.parametrize(
    ("proposal", "decision", "expected"),
    [
        ("?", "?", Stage.ANNOUNCED),
        ("2.3.2027", "~30.3.2027", Stage.ANNOUNCED),
        ("1.3.2027", "~30.3.2027", Stage.PLANNED),
        ("1.2.2027", "28.2.2027..2.3.2027", Stage.PLANNED),
        ("1.2.2027", "1.3.2027", Stage.DECIDED),
        ("?", "25.2.2027", Stage.DECIDED),
    ],
)
def test_a_number_told_today_begins_at_the_stage_its_dates_have_reached(
    proposal: str, decision: str, expected: Stage
) -> None:
    """On the first day nothing is decided: a slip of Enter would count as the employer's decision."""
    days = {"proposal": parse_anchor_value(proposal), "decision": parse_anchor_value(decision)}
    assert likely_stage(days, dt.date(2027, 3, 1)) is expected
    assert likely_stage({}, dt.date(2027, 3, 1)) is Stage.ANNOUNCED
