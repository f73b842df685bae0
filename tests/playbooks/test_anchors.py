"""Anchors and waves: given, estimated, computed, unknown; and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from muutosturva.i18n import LANGUAGES, Texts
from muutosturva.playbooks.facts import AnchorValue, Facts, Site, Wave
from muutosturva.playbooks.plan import Plan, PlannedAnchor
from tests.playbooks.making import HEAD, day, due, facts, on, plan, playbook, with_tasks

NEGOTIATED = HEAD.replace(
    "  decision: {estimate: heard + 6 w, label: Päätös}",
    "  negotiations: {from: {rule: negotiations_earliest}, label: Alku}\n"
    "  decision: {from: {rule: decision_earliest}, label: Päätös}\n"
    "  council: {from: {calendar: council, after: decision}, label: Valtuusto}",
)
LARGE = {"dismissals": 260, "employer_size": 400, "headcount": 260}


def anchor(made: Plan, name: str) -> PlannedAnchor:
    """Return the anchor of a name."""
    return next(found for found in made.anchors if found.name == name)


def shown(found: PlannedAnchor) -> str:
    """Return origin and date of an anchor in one line."""
    value = found.value
    span = f"{value.earliest}..{value.latest}" if value.earliest != value.latest else f"{value.value}"
    return f"{found.origin} {value.certainty.value} {span}"


def codes(made: Plan) -> list[str]:
    """Return the codes of a plan's problems, without the room."""
    return [problem.code.removeprefix("playbooks.") for problem in made.problems]


def test_the_reference_timeline_of_the_field() -> None:
    """Proposal on Monday 1.3.2027: talks from 8.3., decision 30.3. after Easter, ends 13.4.-30.9."""
    made = plan(playbook("", NEGOTIATED), facts({"proposal": "2027-03-01"}, **LARGE), (day("2027-05-03"),))
    assert {found.name: shown(found) for found in made.anchors} == {
        "heard": "given confirmed 2027-03-01",
        "proposal": "given confirmed 2027-03-01",
        "negotiations": "rule estimated 2027-03-08",
        "decision": "rule estimated 2027-03-30",
        "council": "rule estimated 2027-05-03",
        "notice[all]": "estimate estimated 2027-03-30",
        "end[all]": "rule range 2027-04-13..2027-09-30",
    }
    assert {row.key for row in anchor(made, "decision").law} >= {"yt.duration_long"}


def test_a_given_date_goes_before_an_estimate_and_moves_what_hangs_on_it() -> None:
    made = plan(playbook(), facts({"decision": "2027-05-03"}))
    assert shown(anchor(made, "decision")) == "given confirmed 2027-05-03"
    assert shown(anchor(made, "notice[all]")) == "estimate estimated 2027-05-03"


def test_a_range_goes_through_estimates_and_rules() -> None:
    span = AnchorValue.between(day("2027-05-03"), day("2027-05-10"))
    made = plan(playbook(), facts({"decision": span}))
    assert shown(anchor(made, "notice[all]")) == "estimate range 2027-05-03..2027-05-10"
    assert shown(anchor(made, "end[all]")) == "rule range 2027-05-17..2027-11-10"


def test_a_stated_unknown_is_neither_missing_nor_estimated() -> None:
    """``decision=?`` says that nobody knows; then no estimate may pretend otherwise."""
    made = plan(playbook(), facts({"decision": AnchorValue.unknown()}))
    assert made.problems == ()
    assert shown(anchor(made, "decision")) == "given unknown None"
    assert anchor(made, "end[all]").reason_code == "date.unknown_anchor"


def test_a_rule_that_asks_nothing_leaves_the_date_unknown_with_its_reason() -> None:
    known = facts({"proposal": "2027-03-01"}, bankruptcy=True, **LARGE)
    found = anchor(plan(playbook("", NEGOTIATED), known), "negotiations")
    assert (found.value.value, found.reason_code) == (None, "negotiations.bankruptcy")


def test_where_the_law_has_no_row_the_date_is_missing_for_that_reason() -> None:
    """Never a guess by the nearest law: the rule book begins on a certain day."""
    made = plan(playbook("", NEGOTIATED), facts({"proposal": "1995-03-01"}, **LARGE))
    assert anchor(made, "negotiations").reason_code == "date.no_law_row"
    assert anchor(made, "notice[all]").reason_code == "date.no_law_row"


def test_without_council_days_the_council_is_not_known() -> None:
    made = plan(playbook("", NEGOTIATED), facts({"proposal": "2027-03-01"}, **LARGE))
    assert anchor(made, "council").reason_code == "date.no_council_day"


def test_the_council_meets_after_the_decision_not_on_its_day() -> None:
    days = (day("2027-06-07"), day("2027-03-30"), day("2027-05-03"))
    made = plan(playbook("", NEGOTIATED), facts({"proposal": "2027-03-01"}, **LARGE), days)
    assert shown(anchor(made, "council")) == "rule estimated 2027-05-03"


WAVES = (
    Wave("w1", "Ensimmäinen", count=60, anchors={"notice": on("2027-04-01")}),
    Wave("w2", count=40, anchors={"notice": on("2027-05-03"), "end": on("2027-06-30")}),
)


def test_each_wave_has_its_own_dates_and_tasks() -> None:
    resolved = with_tasks(remind="for_each: waves, due: notice + 30 d")
    made = plan(resolved, replace(facts(), waves=WAVES))
    assert [(found.key, found.wave, due(made, found.key)) for found in made.tasks] == [
        ("remind[w1]", "w1", "2027-05-01"),
        ("remind[w2]", "w2", "2027-06-02"),
    ]
    first = made.tasks[0].due
    assert first is not None
    assert first.anchors == ("notice[w1]",)


def test_first_and_last_are_derived_from_every_wave() -> None:
    resolved = with_tasks(one="due: first_notice", two="due: last_notice + 1 d", three="due: last_end")
    made = plan(resolved, replace(facts(), waves=WAVES))
    assert [due(made, name) for name in ("one", "two")] == ["2027-04-01", "2027-05-04"]
    three = made.tasks[2].due
    assert three is not None
    assert (three.value, three.latest) == (day("2027-06-30"), day("2027-10-01"))
    assert three.anchors == ("end[w1]", "end[w2]")


@pytest.mark.parametrize(
    ("waves", "inputs", "expected"),
    [
        ((Wave("w1", count=120),), {"dismissals": 198, "headcount": 238}, [("w1", 120), ("all", 78)]),
        ((Wave("w1", count=198),), {"dismissals": 198, "headcount": 238}, [("w1", 198)]),
        ((Wave("w1", count=250),), {"dismissals": 198}, [("w1", 250)]),
        (
            (Wave("w1", count=120), Wave("w2")),
            {"dismissals": 198},
            [("w1", 120), ("w2", None), ("all", None)],
        ),
        ((Wave("w1", count=198), Wave("w2")), {"dismissals": 198}, [("w1", 198), ("w2", None)]),
        ((Wave("w1", measure="layoff", count=40),), {"dismissals": 198}, [("w1", 40), ("all", 198)]),
        ((Wave("w1", measure="layoff", count=40),), {"headcount": 100}, [("w1", 40), ("all", 60)]),
        ((Wave("w1", measure="layoff", count=40),), {"dismissals": 0}, [("w1", 40)]),
        ((Wave("w1", count=5),), {"headcount": None}, [("w1", 5)]),
        ((Wave("all"), Wave("w1", count=120)), {"dismissals": 198}, [("w1", 120), ("all", 78)]),
        ((Wave("all"), Wave("w1", count=198)), {"dismissals": 198}, [("w1", 198)]),
        ((Wave("all"),), {"dismissals": 198}, [("all", 198)]),
    ],
)
def test_the_wave_of_everybody_stays_for_those_in_no_named_wave(
    waves: tuple[Wave, ...], inputs: dict[str, object], expected: list[tuple[str, int | None]]
) -> None:
    """A wave given for some must not take the reminders of the others."""
    made = plan(playbook(), replace(facts(**inputs), waves=waves))
    assert [(wave.id, wave.count) for wave in made.waves] == expected


def test_a_rest_without_a_day_hides_no_day_of_the_named_waves() -> None:
    resolved = with_tasks(one="due: first_notice", two="due: last_notice")
    rest = Wave("all", anchors={"notice": AnchorValue.unknown()})
    made = plan(resolved, replace(facts(dismissals=198), waves=(*WAVES, rest)))
    assert [due(made, name) for name in ("one", "two")] == ["2027-04-01", "2027-05-03"]


def test_one_wave_of_everybody_stands_where_none_is_given() -> None:
    made = plan(with_tasks(remind="for_each: waves"), facts(dismissals=40))
    assert [(wave.id, wave.count) for wave in made.waves] == [("all", 40)]
    assert [found.key for found in made.tasks] == ["remind[all]"]
    assert [wave.count for wave in plan(playbook(), facts()).waves] == [100]


def test_a_wave_date_given_outside_waves_counts_for_every_wave() -> None:
    """On the command line ``--anchor notice=…`` is all there is to say about the only wave."""
    made = plan(playbook(), facts({"notice": "2027-04-12"}))
    assert shown(anchor(made, "notice[all]")) == "given confirmed 2027-04-12"


def test_everything_wrong_is_told_at_once() -> None:
    known = Facts(
        inputs={"headcount": -1, "dismisals": 3, "listed": "perhaps", "level": "XXL"},
        anchors={"herd": on("2027-03-01"), "first_end": on("2027-03-01"), "decision": on("1985-01-01")},
        waves=(
            Wave("w1", count=-2, anchors={"notice": on("2027-04-01"), "end": on("2027-03-01")}),
            Wave("w1", site="lahti", anchors={"notise": on("2027-04-01")}),
            Wave("a b"),
        ),
        sites=(Site("hollola", "Hollola", headcount=-5), Site("hollola", "Hollola")),
    )
    made = plan(playbook(), known)
    assert sorted(codes(made)) == [
        "anchor_derived",
        "anchor_missing",
        "anchor_unknown",
        "anchor_years",
        "end_before_notice",
        "input_bool",
        "input_option",
        "input_small",
        "input_unknown",
        "site_negative",
        "site_twice",
        "wave_anchor",
        "wave_id",
        "wave_negative",
        "wave_site",
        "wave_twice",
    ]
    for language in LANGUAGES:
        assert all(Texts(language).problem(problem) for problem in made.problems)


def test_employment_may_end_on_the_day_of_notice() -> None:
    wave = Wave("w1", anchors={"notice": on("2027-04-01"), "end": on("2027-04-01")})
    assert plan(playbook(), replace(facts(), waves=(wave,))).problems == ()


def test_a_backward_range_and_missing_answers_are_refused() -> None:
    span = AnchorValue.between(day("2027-05-10"), day("2027-05-03"))
    made = plan(playbook(), Facts(anchors={"decision": span}))
    assert sorted(codes(made)) == ["anchor_backwards", "anchor_missing", "input_missing"]


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"headcount": True}, "input_int"),
        ({"headcount": "260"}, "input_int"),
        ({"headcount": 0}, "input_small"),
        ({"languages": "fi"}, "input_list"),
        ({"bankruptcy": 1}, "input_bool"),
    ],
)
def test_an_answer_of_another_kind_is_refused(inputs: dict[str, object], code: str) -> None:
    assert codes(plan(playbook(), facts(**inputs))) == [code]


def test_the_nearest_name_is_offered_for_a_misspelt_anchor() -> None:
    (problem,) = plan(playbook(), facts({"desision": "2027-05-03"})).problems
    assert (problem.params["nearest"], problem.path) == ("decision", "--anchor desision")


def test_an_abstract_base_makes_a_plan_but_cannot_be_triggered() -> None:
    made = plan(playbook("", HEAD.replace("kind: incident", "kind: incident\nabstract: true")))
    assert codes(made) == ["abstract"]
