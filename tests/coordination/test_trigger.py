"""Preview and suggestion: what the group sees before anything is written."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from muutosturva.coordination.cases import three_firms
from muutosturva.coordination.trigger import TriggerRequest, preview, suggestions, trigger
from muutosturva.errors import InputError, NotFoundError
from muutosturva.incidents.service import DayChange, set_office_days
from muutosturva.models.states import OfficeDateKind
from muutosturva.playbooks.facts import AnchorValue, Site
from muutosturva.store.store import Store
from tests.support.stores import ACTOR, NOW

FIRM_A = three_firms().firms[0].request


def file_hash(store: Store) -> str:
    """Return the hash of everything the store's files hold."""
    path = Path(store.target.shown)
    files = sorted(path.parent.glob(f"{path.name}*"))
    return hashlib.sha256(
        b"".join(file.read_bytes() for file in files if file.suffix != ".db-shm")
    ).hexdigest()


def test_a_preview_writes_not_one_byte(filled_store: Store) -> None:
    before = file_hash(filled_store)

    preview(filled_store, FIRM_A, now=NOW)

    assert file_hash(filled_store) == before


def test_a_preview_needs_no_store(filled_store: Store) -> None:
    """A playbook can be read and planned with on a laptop that has no store yet."""
    without = preview(None, FIRM_A, now=NOW)
    within = preview(filled_store, FIRM_A, now=NOW)

    assert replace(without.plan, law_revision=1) == within.plan


def test_when_nothing_is_said_the_group_heard_it_now(filled_store: Store) -> None:
    anchors = {"proposal": AnchorValue.confirmed(date(2027, 3, 1))}

    made = preview(filled_store, replace(FIRM_A, anchors=anchors), now=NOW)

    heard = next(anchor.value for anchor in made.plan.anchors if anchor.name == "heard")
    assert (heard.value, heard.at) == (date(2027, 3, 1), time(8, 30))


def test_the_neighbour_with_enough_residents_is_part_of_the_plan(filled_store: Store) -> None:
    made = preview(filled_store, FIRM_A, now=NOW)

    assert [(area.id, area.lead) for area in made.facts.areas] == [("lahti", True), ("paijat-hame", False)]


def test_languages_may_be_typed_by_name(filled_store: Store) -> None:
    """Documents and sessions go by the tag; "suomi, ukraina" is what an official writes."""
    request = replace(FIRM_A, languages=(), inputs={**FIRM_A.inputs, "languages": ["suomi", "Ukraina"]})

    made = preview(filled_store, request, now=NOW)

    assert made.facts.languages == ("fi", "uk")
    assert made.facts.inputs["languages"] == ["fi", "uk"]


@pytest.mark.parametrize("typed", ["Heinola", " heinola ", "111"])
def test_a_place_may_be_typed_in_any_of_its_ways(filled_store: Store, typed: str) -> None:
    """Either front end sends what was typed: the place, its area and its estimate are the same."""
    view = trigger(filled_store, replace(FIRM_A, municipality=typed), actor=ACTOR, now=NOW)

    assert view.municipality == "Heinola"
    assert [area.slug for area in view.areas if area.lead] == ["paijat-hame"]


def test_a_place_nobody_knows_is_told_with_the_nearest(filled_store: Store) -> None:
    with pytest.raises(NotFoundError) as caught:
        preview(filled_store, replace(FIRM_A, municipality="Heinolaa"), now=NOW)

    assert "Heinola" in str(caught.value.params["nearest"])


def test_a_council_date_of_the_office_dates_the_supplementary_budget(filled_store: Store) -> None:
    """Money is decided where the council meets; without its dates the plan says so."""
    unknown = preview(filled_store, FIRM_A, now=NOW).plan
    set_office_days(
        filled_store, DayChange(OfficeDateKind.COUNCIL, (date(2027, 4, 26),)), actor=ACTOR, now=NOW
    )

    known = preview(filled_store, FIRM_A, now=NOW).plan

    assert next(a for a in unknown.anchors if a.name == "council").reason_code == "date.no_council_day"
    assert next(a for a in known.anchors if a.name == "council").value.value == date(2027, 4, 26)


def test_a_closed_day_of_the_office_is_no_working_day(filled_store: Store) -> None:
    def due(step: str) -> date | None:
        task = next(task for task in preview(filled_store, FIRM_A, now=NOW).plan.tasks if task.step == step)
        return task.due.value if task.due else None

    before = due("first-contact")
    assert before is not None
    set_office_days(filled_store, DayChange(OfficeDateKind.CLOSED, (before,)), actor=ACTOR, now=NOW)

    after = due("first-contact")
    assert after is not None
    assert after > before


@pytest.mark.parametrize(
    ("inputs", "first", "fits"),
    [
        ({"headcount": 260, "bankruptcy": False}, "large-layoff", True),
        ({"headcount": 25, "bankruptcy": False}, "small-layoff", True),
        ({"headcount": 9, "bankruptcy": False, "critical": True}, "large-layoff", True),
        ({"headcount": 90, "bankruptcy": True}, "bankruptcy", True),
        ({}, "bankruptcy", None),
    ],
)
def test_the_playbook_that_fits_comes_first(
    inputs: dict[str, object], first: str, *, fits: bool | None
) -> None:
    found = suggestions(None, inputs, now=NOW)

    assert (found[0].playbook_id, found[0].fits) == (first, fits)
    assert {suggestion.playbook_id for suggestion in found} == {"large-layoff", "small-layoff", "bankruptcy"}


def test_an_unknown_playbook_is_answered_with_the_nearest(filled_store: Store) -> None:
    with pytest.raises(NotFoundError) as caught:
        preview(filled_store, replace(FIRM_A, playbook="large-layof"), now=NOW)

    assert "large-layoff" in str(caught.value.params["nearest"])


def test_the_base_itself_cannot_be_triggered(filled_store: Store) -> None:
    request = TriggerRequest("base", "Keksitty Oy", inputs=FIRM_A.inputs, anchors=FIRM_A.anchors)

    with pytest.raises(InputError) as caught:
        trigger(filled_store, request, actor=ACTOR, now=NOW)

    assert "playbooks.abstract" in {problem.code for problem in caught.value.problems}


def test_a_firm_opened_twice_is_told_and_not_refused(filled_store: Store) -> None:
    """Two people take the same call; the second must learn of the first, whatever the company form."""
    first = trigger(filled_store, FIRM_A, actor=ACTOR, now=NOW)
    again = replace(FIRM_A, employer=f"  {FIRM_A.employer.upper().removesuffix(' OY')} ABP")

    made = preview(filled_store, again, now=NOW)

    assert [line.readable_id for line in made.same_firm] == [first.readable_id]
    assert trigger(filled_store, again, actor=ACTOR, now=NOW).readable_id != first.readable_id
    assert preview(filled_store, replace(FIRM_A, employer="Toinen Oy"), now=NOW).same_firm == ()


def test_a_year_typed_wrongly_is_told_and_not_refused(filled_store: Store) -> None:
    """A day more than a year back is hardly ever meant; a range that reaches nearer may be."""
    long_ago, near = NOW.date().replace(year=2025), NOW.date()
    anchors = {
        "heard": AnchorValue.confirmed(near),
        "proposal": AnchorValue.confirmed(long_ago),
        "decision": AnchorValue.between(long_ago, near),
    }

    made = preview(filled_store, replace(FIRM_A, anchors=anchors), now=NOW)

    assert dict(made.slips) == {"proposal": long_ago}


@pytest.mark.parametrize("typed", ["lahti", "Lahtis", "398", " LAHTI "])
def test_a_workplace_lies_in_a_municipality_by_its_own_name(filled_store: Store, typed: str) -> None:
    """The estimate of where people live looks it up by that name; any other spelling gave none."""
    request = replace(FIRM_A, sites=(Site("tehdas", "Tehdas", typed),))

    assert [site.municipality for site in preview(filled_store, request, now=NOW).facts.sites] == ["Lahti"]


def test_a_workplace_named_by_a_word_lies_where_the_firm_does(filled_store: Store) -> None:
    request = replace(FIRM_A, sites=(Site("tehdas", "Tehdas", "Tehdas"),))

    assert [site.municipality for site in preview(filled_store, request, now=NOW).facts.sites] == [""]


@pytest.mark.parametrize("far", ["Utsjoki", "Espoo"])
def test_a_workplace_elsewhere_in_the_country_stays_where_it_is(filled_store: Store, far: str) -> None:
    """The tables hold the areas around; a firm may have people anywhere, and nobody guesses for them."""
    request = replace(FIRM_A, sites=(Site("tehdas", "Tehdas", far),))
    assert [site.municipality for site in preview(filled_store, request, now=NOW).facts.sites] == [far]


def test_a_workplace_in_no_municipality_is_told(filled_store: Store) -> None:
    with pytest.raises(NotFoundError, match="Lahtu"):
        preview(filled_store, replace(FIRM_A, sites=(Site("tehdas", "Tehdas", "Lahtu"),)), now=NOW)
