"""Inputs, anchors, waves and sites as they are typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muutosturva.cli.sites import read_sites
from muutosturva.cli.values import Values, read_values
from muutosturva.errors import UsageError
from muutosturva.incidents.typed.moments import parse_moment
from muutosturva.incidents.typed.places import site_id, sites_from_words
from muutosturva.playbooks.facts import AnchorValue, Site, Wave
from muutosturva.playbooks.language.schema import Input
from muutosturva.playbooks.library import Library

DECLARED: Mapping[str, Input] = Library().load("large-layoff").playbook.inputs


def read(
    inputs: tuple[str, ...] = (), anchors: tuple[str, ...] = (), waves: tuple[str, ...] = (), source: str = ""
) -> Values:
    return read_values(inputs, anchors, waves, source=source, declared=DECLARED)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("headcount=260", 260),
        ("headcount = 260", 260),
        ("bankruptcy=kyllä", True),
        ("bankruptcy=ei", False),
        ("bankruptcy=nej", False),
        ("bankruptcy=TRUE", True),
        ("languages=fi,sv", ["fi", "sv"]),
        ("languages=fi", ["fi"]),
        ("listed=?", None),
    ],
)
def test_an_input_is_typed_by_the_playbook(text: str, value: object) -> None:
    name = text.partition("=")[0].strip()

    assert read((text,)).inputs == {name: value}


def test_a_list_may_be_given_in_several_options() -> None:
    assert read(("languages=fi", "languages=sv,en")).inputs == {"languages": ["fi", "sv", "en"]}


def test_a_value_that_does_not_fit_stays_text_for_the_plan_to_judge() -> None:
    """So that it is told once, beside everything else that is wrong with the plan."""
    values = read(("headcount=many",))

    assert values.inputs == {"headcount": "many"}
    assert values.problems == []


def test_an_anchor_keeps_its_certainty_and_its_source() -> None:
    values = read(
        anchors=("proposal=1.3.2027", "decision=~2027-04-12", "egf_met=?"), source="pääluottamusmies"
    )

    assert values.anchors == {
        "proposal": AnchorValue.confirmed(dt.date(2027, 3, 1), "pääluottamusmies"),
        "decision": AnchorValue.estimated(dt.date(2027, 4, 12), "pääluottamusmies"),
        "egf_met": AnchorValue.unknown("pääluottamusmies"),
    }


def test_a_wave_has_its_own_dates() -> None:
    values = read(
        anchors=("notice[w1]=20.4.2027", "end[w1]=?"),
        waves=("w1,label=Yö,site=lahti,measure=layoff,count=9", "w2"),
    )

    day = AnchorValue.confirmed(dt.date(2027, 4, 20))
    first = Wave("w1", "Yö", "lahti", "layoff", 9, {"notice": day, "end": AnchorValue.unknown()})
    assert values.waves == (first, Wave("w2"))
    assert values.anchors == {}


def test_a_date_of_a_wave_brings_its_wave_when_none_is_declared() -> None:
    values = read(anchors=("notice[a]=20.4.2027", "notice[b]=21.4.2027", "end[a]=?"))

    assert [(wave.id, sorted(wave.anchors)) for wave in values.waves] == [
        ("a", ["end", "notice"]),
        ("b", ["notice"]),
    ]


ANYTHING = st.lists(st.text(max_size=30), max_size=4)


@given(ANYTHING, ANYTHING)
def test_whatever_is_typed_gives_values_or_words(anchors: list[str], waves: list[str]) -> None:
    """No text of an anchor is lost without a word."""
    told = 0
    try:
        values = read(anchors=tuple(anchors), waves=tuple(waves))
    except UsageError as error:
        told, values = len(error.problems), Values()
    kept = len(values.anchors) + len(values.problems) + sum(len(wave.anchors) for wave in values.waves)

    assert told > 0 or kept >= len(anchors)


SITES = (Site("lahti", "Tehdas", "Lahti", 200), Site("heinola", "heinola", "", None))

FILES = {
    "a map by id": "lahti:\n  name: Tehdas\n  municipality: Lahti\n  headcount: 200\nheinola: {}\n",
    "a list": "- id: lahti\n  name: Tehdas\n  municipality: Lahti\n  headcount: 200\n- id: heinola\n",
    "a list under a key": (
        "sites:\n  - {id: lahti, name: Tehdas, municipality: Lahti, headcount: 200}\n  - id: heinola\n"
    ),
    "a list in brackets": "[{id: lahti, name: Tehdas, municipality: Lahti, headcount: 200}, {id: heinola}]\n",
    "a list after a remark": (
        "# toimipaikat\n- {id: lahti, name: Tehdas, municipality: Lahti, headcount: 200}\n- id: heinola\n"
    ),
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_sites_are_read_from_a_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "sites.yaml"
    path.write_text(text, encoding="utf-8")
    values = read((f"sites=@{path}",))

    assert values.problems == []
    assert values.sites == SITES
    assert values.inputs == {"sites": ("lahti", "heinola")}


def test_places_of_a_file_are_made_alike_to_those_on_the_line(tmp_path: Path) -> None:
    """The id stands in keys of tasks; a wave names it however the person spells it."""
    path = tmp_path / "sites.yaml"
    path.write_text('"Iso  Kylä": {municipality: " Lahti "}\n', encoding="utf-8")
    values = read((f"sites=@{path}",), waves=("w1,site=Iso Kylä",))

    assert values.sites == (Site("iso-kylä", "Iso Kylä", "Lahti"),)
    assert values.waves[0].site == "iso-kylä"
    assert sites_from_words(" Iso  Kylä ")[0].id == "iso-kylä"


def test_sites_may_be_named_without_a_file() -> None:
    assert sites_from_words("Lahti, Iso Kylä") == (
        Site("lahti", "Lahti", "Lahti"),
        Site("iso-kylä", "Iso Kylä", "Iso Kylä"),
    )


@pytest.mark.parametrize("name", ["", "!!!", "Åbo & co", "a_b"])
def test_the_id_of_a_site_can_stand_in_a_key(name: str) -> None:
    identity = site_id(name)

    assert identity
    assert not set(identity) & set(" ,[]=_")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lahti: Tehdas\n", [("cli.site_not_a_map", 1, 8)]),
        ("lahti: {headcount: many}\n", [("cli.people_number", 1, 9)]),
        ("lahti:\n  nimi: x\n  headcount: -1\n", [("cli.site_field", 2, 3), ("cli.people_number", 3, 3)]),
        ("- id: lahti\n- headcount: 5\n", [("cli.site_without_name", 2, 3)]),
        ("- id: lahti\n- {id: x\n", [("playbooks.yaml_bracket", 3, 1)]),
    ],
)
def test_a_wrong_file_of_sites_is_told_with_its_lines(
    tmp_path: Path, text: str, found: list[tuple[str, int, int]]
) -> None:
    path = tmp_path / "sites.yaml"
    path.write_text(text, encoding="utf-8")
    _, problems = read_sites(path)

    assert [(problem.code, problem.line, problem.column) for problem in problems] == found
    assert {problem.path for problem in problems} == {str(path)}


def test_a_file_of_sites_that_is_not_there_is_told(tmp_path: Path) -> None:
    _, problems = read_sites(tmp_path / "nowhere.yaml")

    assert [problem.code for problem in problems] == ["playbooks.unreadable"]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2027-03-01T08:10", "2027-03-01T08:10+02:00"),
        ("2027-03-01 08:10", "2027-03-01T08:10+02:00"),
        ("2027-07-01T08:10", "2027-07-01T08:10+03:00"),
        ("2027-03-01T06:10Z", "2027-03-01T06:10+00:00"),
        ("1.3.2027 8.10", "2027-03-01T08:10+02:00"),
        ("1.3.2027 klo 8.10", "2027-03-01T08:10+02:00"),
        ("1.3.2027", "2027-03-01T00:00+02:00"),
    ],
)
def test_a_moment_is_finnish_time_unless_it_says_otherwise(text: str, moment: str) -> None:
    assert parse_moment(text) == dt.datetime.fromisoformat(moment)


@pytest.mark.parametrize("text", ["", "?", "~1.3.2027", "1.3.2027..2.3.2027", "31.2.2027", "tomorrow"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_moment(text)
