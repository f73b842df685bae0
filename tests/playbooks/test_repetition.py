"""A site, area, language, cohort or wave that comes later adds its tasks and touches nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st

from muutosturva.incidents.typed.places import site_id, sites_from_words
from muutosturva.playbooks.facts import AreaFact, Facts, Site, Wave
from muutosturva.playbooks.library import Library
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.plan import Plan
from tests.playbooks.making import facts, on, plan, with_tasks

PAIRS: Final = (
    "sites",
    "areas",
    "languages",
    "cohorts",
    "waves",
    "sites, languages",
    "languages, sites",
    "areas, waves",
    "cohorts, sites",
)
STEPS: Final = {
    f"t{number}": f"for_each: [{pair}], due: {'end - 1 wd' if 'waves' in pair else f'heard + {number} wd'}"
    for number, pair in enumerate(PAIRS)
}
TRIED: Final = {
    "sites": tuple(Site(name, name.title()) for name in ("lahti", "kemi", "iso-kylä", "ä", "site-2")),
    "areas": tuple(AreaFact(name, name.title()) for name in ("lahti", "lapin", "kainuu", "oulu")),
    "languages": ("fi", "sv", "en", "uk"),
    "cohorts": ("over-55", "under-25", "leased"),
    "waves": tuple(
        Wave(f"w{n}", anchors={"notice": on(f"2027-0{n}-12"), "end": on(f"2027-0{n + 3}-12")})
        for n in range(4, 7)
    ),
}


def of_each() -> Resolved:
    """Return a playbook with a step for each collection and some pairs, and one that is not repeated."""
    return with_tasks(**STEPS, alone="due: heard + 3 wd")


def known(chosen: Mapping[str, Sequence[object]]) -> Facts:
    members: dict[str, Any] = {name: tuple(found) for name, found in chosen.items()}
    return replace(facts(), **members)


def days(made: Plan) -> dict[str, tuple[Any, ...]]:
    """Return what stands of each task in a plan but its place: its days, title and needs."""
    return {
        task.key: (
            task.due_on,
            task.start,
            tuple(sorted(task.title.items())),
            task.needs,
            task.state,
            task.item,
        )
        for task in made.tasks
    }


CHOSEN = st.fixed_dictionaries(
    {
        name: st.lists(st.sampled_from(members), min_size=1, unique_by=lambda one: getattr(one, "id", one))
        for name, members in TRIED.items()
    }
)
DIMENSIONS = st.sampled_from(sorted(TRIED))


@given(CHOSEN, DIMENSIONS)
def test_what_comes_later_adds_its_tasks_and_touches_no_other(
    chosen: Mapping[str, Sequence[object]], dimension: str
) -> None:
    """Work that was planned, begun and done keeps its id and its days when a second factory closes too."""
    *before, last = chosen[dimension]
    if not before:
        return
    resolved = of_each()
    smaller, larger = (
        days(plan(resolved, known({**chosen, dimension: some}))) for some in (before, [*before, last])
    )
    assert {key: larger[key] for key in smaller} == smaller
    new = larger.keys() - smaller.keys()
    identity = str(getattr(last, "id", last))
    assert new
    assert all(identity in larger[key][-1] for key in new)


@given(CHOSEN, st.randoms(use_true_random=False))
def test_the_order_in_which_they_are_named_changes_no_id_and_no_day(
    chosen: Mapping[str, Sequence[object]], chance: Random
) -> None:
    """Two people who type the same sites in another order speak of the same tasks."""
    mixed = {name: list(members) for name, members in chosen.items()}
    for members in mixed.values():
        chance.shuffle(members)
    resolved = of_each()
    assert days(plan(resolved, known(chosen))) == days(plan(resolved, known(mixed)))


@given(
    st.lists(st.sampled_from(TRIED["sites"]), min_size=2, unique=True),
    st.lists(st.sampled_from(TRIED["languages"]), min_size=1, unique=True),
)
def test_the_same_holds_of_the_playbooks_that_ship(sites: Sequence[Site], languages: Sequence[str]) -> None:
    """A condition on the number of sites would break it: no shipped step has one."""
    resolved = Library().load("large-layoff")
    base = replace(facts({"proposal": "2027-03-01"}, employer_size=300), languages=tuple(languages))
    smaller, larger = (days(plan(resolved, replace(base, sites=tuple(some)))) for some in (sites[:-1], sites))
    assert {key: larger[key] for key in smaller} == smaller
    assert all(sites[-1].id in larger[key][-1] for key in larger.keys() - smaller.keys())


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_the_id_of_a_site_holds_nothing_that_parts_ids(name: str) -> None:
    """``session[lahti,sv]`` is read by its brackets and commas; whatever is typed, the id has none."""
    identity = site_id(name)
    assert identity
    assert not set(identity) & set("[],. \t\n")
    assert site_id(identity) == identity
    assert site_id(f"  {name} ") == identity


def test_two_names_that_come_to_one_id_are_told_and_not_numbered() -> None:
    """A number by order would give one factory the other's tasks as soon as the list is typed anew."""
    sites = sites_from_words("Iso Kylä, iso-kylä!")
    assert [site.id for site in sites] == ["iso-kylä", "iso-kylä"]
    made = plan(of_each(), replace(facts(), sites=sites))
    assert [problem.code for problem in made.problems] == ["playbooks.site_twice"]
