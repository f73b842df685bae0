"""What follows from a playbook: which tasks, when, in which state, and what is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from muutosturva.playbooks.facts import AnchorValue, AreaFact, Certainty, Facts, Site
from muutosturva.playbooks.plan import PlannedState
from tests.playbooks.making import HEAD, STEP, day, due, facts, plan, playbook, task, with_tasks


@pytest.mark.parametrize(
    ("listed", "state", "depends_on"),
    [(True, PlannedState.READY, ()), (False, None, ()), (None, PlannedState.QUESTION, ("listed",))],
)
def test_a_condition_admits_leaves_out_or_asks(
    listed: object, state: PlannedState | None, depends_on: tuple[str, ...]
) -> None:
    """No silently missing step: what hangs on an open answer stands and says on which."""
    made = plan(with_tasks(guard="when: listed"), facts(listed=listed))
    assert [(found.state, found.depends_on) for found in made.tasks] == (
        [(state, depends_on)] if state else []
    )
    assert [question.name for question in made.questions] == list(depends_on)


def test_a_question_says_what_it_decides_and_the_values_used_are_kept() -> None:
    resolved = playbook(
        f"""\
        tasks:
          a: {STEP}, when: "listed and headcount > 5"}}
        messages:
          m: {{title: Viesti, audience: staff, channel: mail, owner: lead, approvers: [lead], when: listed}}
        """
    )
    made = plan(resolved)
    (question,) = made.questions
    assert (question.name, question.type, question.decides) == ("listed", "bool", ("a", "m"))
    assert made.tasks[0].values == {"listed": None, "headcount": 100}


@pytest.mark.parametrize(
    ("known", "level"),
    [
        ({"headcount": 9}, "S"),
        ({"headcount": 10}, "M"),
        ({"headcount": 49}, "M"),
        ({"headcount": 50}, "L"),
        ({"headcount": 200}, "XL"),
        ({"headcount": 3, "critical": True}, "XL"),
        ({"headcount": 3, "level": "L"}, "L"),
    ],
)
def test_the_level_follows_from_the_number_or_is_given(known: dict[str, object], level: str) -> None:
    made = plan(with_tasks(big="when: level >= L"), facts(**known))
    assert made.level == level
    assert bool(made.tasks) is (level in {"L", "XL"})


def test_an_untold_level_asks_for_the_number_of_people() -> None:
    made = plan(with_tasks(big="when: level >= L"), replace(facts(), inputs={}))
    assert made.level == ""
    assert made.tasks[0].depends_on == ("headcount",)


def test_whether_the_loss_is_critical_is_asked_where_it_could_change_the_level() -> None:
    head = HEAD.replace("critical: {type: bool, default: false,", "critical: {type: bool,")
    resolved = playbook(f"tasks:\n  a: {STEP}, when: level >= L}}\n", head)
    assert plan(resolved, facts(headcount=20)).tasks[0].depends_on == ("critical",)
    assert plan(resolved, facts(headcount=300)).level == "XL"


def test_a_need_of_a_step_that_is_not_needed_holds_nothing_up() -> None:
    resolved = with_tasks(a="when: bankruptcy", b="needs: [a]", c="needs: [b]")
    assert [(found.key, found.needs, found.state) for found in plan(resolved).tasks] == [
        ("b", (), PlannedState.READY),
        ("c", ("b",), PlannedState.WAITING),
    ]


def test_a_need_of_a_message_or_a_confirmed_date_is_waited_for() -> None:
    resolved = playbook(
        f"""\
        tasks:
          tell: {STEP}, needs: [m.approved]}}
          meet: {STEP}, needs: [decision.confirmed]}}
          warn: {STEP}, needs: [notice.confirmed], for_each: waves}}
        messages:
          m: {{title: Viesti, audience: staff, channel: mail, owner: lead, approvers: [lead]}}
        """
    )
    made = plan(resolved)
    assert {found.key: found.state for found in made.tasks} == dict.fromkeys(
        ("tell", "meet", "warn[all]"), PlannedState.WAITING
    )
    assert task(made, "warn[all]").needs == ("notice[all].confirmed",)
    sure = plan(resolved, facts({"decision": "2027-04-12"}))
    assert task(sure, "meet").state is PlannedState.READY


PLACES = (Site("lahti", "Lahti"), Site("hollola", "Hollola"))


def test_a_step_is_repeated_over_every_combination() -> None:
    resolved = with_tasks(session="for_each: [sites, languages]")
    made = plan(resolved, replace(facts(), sites=PLACES, languages=("fi", "sv")))
    assert [found.key for found in made.tasks] == [
        "session[lahti,fi]",
        "session[lahti,sv]",
        "session[hollola,fi]",
        "session[hollola,sv]",
    ]
    assert made.tasks[1].title == {"fi": "Askel: Lahti, sv"}


def test_an_empty_collection_leaves_one_step_standing() -> None:
    """Nobody has named a site yet; the session is held all the same."""
    made = plan(with_tasks(session="for_each: [sites, languages]"))
    assert [(found.key, found.title) for found in made.tasks] == [("session[fi]", {"fi": "Askel: fi"})]
    assert [found.key for found in plan(with_tasks(s="for_each: sites")).tasks] == ["s"]


def test_names_of_items_go_where_the_title_says() -> None:
    title = "{title: 'Info: {site} ({language})', phase: alarm, raci: {r: [lead], a: lead}"
    resolved = playbook(f"tasks:\n  s: {title}, for_each: [sites, languages]}}\n")
    assert plan(resolved, replace(facts(), sites=PLACES[:1])).tasks[0].title == {"fi": "Info: Lahti (fi)"}
    assert plan(resolved).tasks[0].title == {"fi": "Info (fi)"}


def test_a_step_of_an_area_belongs_to_it() -> None:
    areas = (AreaFact("heinola", "Heinola"), AreaFact("lahti", "Lahti", lead=True))
    made = plan(with_tasks(ask="for_each: areas"), replace(facts(), areas=areas))
    assert [(found.key, found.area) for found in made.tasks] == [
        ("ask[heinola]", "heinola"),
        ("ask[lahti]", "lahti"),
    ]


def test_a_series_ends_with_its_last_day() -> None:
    made = plan(with_tasks(weekly="due: heard + 1 d, every: 1 w, until: heard + 22 d"))
    assert [(found.key, due(made, found.key)) for found in made.tasks] == [
        ("weekly[1]", "2027-03-02"),
        ("weekly[2]", "2027-03-09"),
        ("weekly[3]", "2027-03-16"),
        ("weekly[4]", "2027-03-23"),
    ]


def test_the_start_of_a_series_moves_with_its_due_date() -> None:
    made = plan(with_tasks(w="start: heard, due: heard + 1 d, every: 1 w, until: heard + 8 d"))
    assert [found.start.value.isoformat() for found in made.tasks if found.start and found.start.value] == [
        "2027-03-01",
        "2027-03-08",
    ]


def test_each_occurrence_is_rolled_by_itself() -> None:
    """Easter Monday 29.3.2027 moves its own meeting and no other."""
    made = plan(with_tasks(weekly="due: heard + 21 d, every: 1 w, until: heard + 35 d, roll: forward"))
    assert [due(made, found.key) for found in made.tasks] == ["2027-03-22", "2027-03-30", "2027-04-05"]


def test_a_monthly_series_from_the_last_day_keeps_to_the_month_ends() -> None:
    made = plan(with_tasks(m="due: heard, every: 1 m, until: heard + 3 m"), facts({"heard": "2027-01-31"}))
    days = [due(made, found.key) for found in made.tasks]
    assert days == ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]


def test_a_series_runs_to_the_last_possible_day_and_never_for_ever() -> None:
    span = AnchorValue.between(day("2027-03-15"), day("2027-03-29"))
    weekly = with_tasks(weekly="due: heard, every: 1 w, until: decision")
    assert len(plan(weekly, facts({"decision": span})).tasks) == 5
    assert len(plan(weekly, facts({"decision": AnchorValue.unknown()})).tasks) == 1
    assert len(plan(with_tasks(d="due: heard, every: 1 d, until: heard + 99 m")).tasks) == 200


def test_a_series_of_meetings_keeps_its_clock_time() -> None:
    resolved = playbook(
        """\
        meetings:
          weekly: {title: Kokous, starts: "next mon(heard) at 09:00", every: 1 w, until: heard + 3 w,
                   minutes: 45, invitees: [lead], owner: lead}
        """
    )
    made = plan(resolved)
    assert [(found.key, f"{found.starts.value} {found.starts.at:%H:%M}") for found in made.meetings] == [
        ("weekly[1]", "2027-03-08 09:00"),
        ("weekly[2]", "2027-03-15 09:00"),
        ("weekly[3]", "2027-03-22 09:00"),
    ]


REMIND = "for_each: waves, law: [670/2022], statutory: {rule: mt55_register_by}"


def test_the_date_of_the_law_is_the_due_date_where_the_playbook_gives_none() -> None:
    """60 days from 30.3.2027 end on Saturday 29.5.: the plan says Friday 28.5."""
    made = plan(with_tasks(remind=REMIND), facts({"notice": "2027-03-30"}))
    found = task(made, "remind[all]")
    assert due(made, "remind[all]") == "2027-05-28"
    assert found.statutory is not None
    assert (found.statutory.date, found.rule) == (day("2027-05-29"), "mt55_register_by")
    assert found.due is not None
    assert (found.due.certainty, found.due.expression) == (Certainty.CONFIRMED, "rule mt55_register_by")


@pytest.mark.parametrize(
    ("own", "expected"), [("notice + 30 d", "2027-04-29"), ("notice + 90 d", "2027-05-28")]
)
def test_the_playbook_may_be_earlier_than_the_law_but_not_later(own: str, expected: str) -> None:
    made = plan(with_tasks(remind=f"{REMIND}, due: {own}"), facts({"notice": "2027-03-30"}))
    assert due(made, "remind[all]") == expected


def test_the_last_possible_due_day_does_not_pass_the_law_either() -> None:
    span = AnchorValue.between(day("2027-05-03"), day("2027-07-01"))
    made = plan(
        with_tasks(remind=f"{REMIND}, due: decision"), facts({"notice": "2027-03-30", "decision": span})
    )
    found = task(made, "remind[all]").due
    assert found is not None
    assert (found.value, found.latest) == (day("2027-05-03"), day("2027-05-28"))


def test_rolling_forward_never_passes_the_date_of_the_law() -> None:
    made = plan(
        with_tasks(remind=f"{REMIND}, due: notice + 60 d, roll: forward"), facts({"notice": "2027-03-30"})
    )
    assert due(made, "remind[all]") == "2027-05-28"


def test_a_first_permitted_day_is_checked_by_the_working_day_before_it() -> None:
    """The 30-day floor from Thursday 4.3.2027 ends on Saturday 3.4.: check on Thursday 1.4. or Friday 2.4."""
    resolved = with_tasks(floor="law: [252/2025], statutory: {rule: earliest_end}")
    made = plan(resolved, facts({"proposal": "2027-03-04"}, dismissals=50))
    assert due(made, "floor") == "2027-04-02"
    assert due(plan(resolved, facts({"proposal": "2027-02-24"}, dismissals=50)), "floor") == "2027-03-25"


def test_a_step_the_law_does_not_ask_for_is_not_in_the_plan() -> None:
    """The extended change security is not for bankruptcies: nobody need be reminded of it."""
    assert plan(with_tasks(remind=REMIND), facts(bankruptcy=True)).tasks == ()


def test_a_step_whose_law_has_no_row_says_so() -> None:
    made = plan(with_tasks(remind=REMIND), facts({"notice": "2020-03-30"}))
    found = task(made, "remind[all]").due
    assert found is not None
    assert (found.value, found.reason_code) == (None, "date.no_law_row")


def test_a_step_whose_date_is_not_known_names_the_anchor() -> None:
    made = plan(with_tasks(floor="law: [252/2025], statutory: {rule: earliest_end}"), facts(dismissals=50))
    found = task(made, "floor").due
    assert found is not None
    assert (found.value, found.reason_code, found.anchors) == (None, "date.unknown_anchor", ("proposal",))


def test_a_fact_the_law_waits_for_becomes_a_question_but_the_step_stands() -> None:
    made = plan(
        with_tasks(floor="law: [252/2025], statutory: {rule: earliest_end}"),
        facts({"proposal": "2027-03-01"}),
    )
    assert task(made, "floor").state is PlannedState.READY
    assert [(question.name, question.decides) for question in made.questions] == [("dismissals", ("floor",))]


def test_messages_and_documents_speak_the_languages_of_the_incident() -> None:
    resolved = playbook(
        """\
        messages:
          m: {title: Viesti, audience: staff, channel: mail, owner: lead, approvers: [lead],
              languages: languages}
        documents:
          d: {document: situation, title: Kuva, audience: group, due: heard + 1 wd, languages: [fi]}
        """
    )
    made = plan(resolved, replace(facts(), languages=("fi", "uk")))
    assert made.messages[0].languages == ("fi", "uk")
    assert made.documents[0].languages == ("fi",)
    assert plan(resolved, facts(languages=["sv"])).messages[0].languages == ("sv",)


def test_only_roles_that_something_needs_are_asked_for() -> None:
    head = HEAD.replace("roles: {lead:", "roles: {idle: {title: Joutilas}, boss: {title: Johto}, lead:")
    resolved = playbook(f"tasks:\n  a: {STEP}, escalate: [{{after: 1 wd, to: boss}}]}}\n", head)
    assert [role.id for role in plan(resolved).roles] == ["boss", "lead"]


def test_known_asks_whether_somebody_gave_the_date_not_whether_it_was_estimated() -> None:
    resolved = with_tasks(go="when: known(decision)")
    assert plan(resolved).tasks == ()
    assert len(plan(resolved, facts({"decision": "2027-04-12"})).tasks) == 1


def test_a_rule_takes_its_facts_from_inputs_anchors_and_values_written_out() -> None:
    given = "with: {claim_due: decision - 1 d, insolvent: %s}"
    claim = f"law: [866/1998], statutory: {{rule: pay_security_by, {given}}}"
    known = facts({"decision": "2027-03-16"}, bankruptcy=True)
    assert due(plan(with_tasks(a=claim % "bankruptcy"), known), "a") == "2027-06-15"
    assert plan(with_tasks(a=claim % "false"), facts({"decision": "2027-03-16"})).tasks == ()


def test_the_same_facts_give_the_same_plan_and_are_left_as_they_were() -> None:
    resolved = with_tasks(remind=REMIND, weekly="due: heard, every: 1 w, until: decision")
    known: Facts = facts({"proposal": "2027-03-01"})
    before = repr(known)
    assert plan(resolved, known) == plan(resolved, known)
    assert repr(known) == before
