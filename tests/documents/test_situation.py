"""The picture built from a store: one firm, and the regional situation of three."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pytest

from muutosturva.coordination.cases import three_firms
from muutosturva.coordination.trigger import TriggerRequest, trigger
from muutosturva.documents.agenda import deadlines
from muutosturva.documents.export import situation_document, situation_markdown
from muutosturva.documents.picture import Effect, SituationPicture, Step
from muutosturva.documents.situation import Remarks, build
from muutosturva.documents.words import Words
from muutosturva.errors import NotFoundError
from muutosturva.i18n import LANGUAGES, Language, Texts
from muutosturva.incidents import service
from muutosturva.incidents.pure.figures import Figure
from muutosturva.incidents.reading import queries
from muutosturva.models.states import Measure, Stage, StoreKind, TaskState
from muutosturva.playbooks.facts import AnchorValue, Site
from muutosturva.rendering.document import FORMATS
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_B, FIRM_C
from tests.support.stores import ACTOR

WEEK_LATER = dt.datetime(2027, 3, 8, 7, 30, tzinfo=dt.UTC)
"""A Monday, 9.30 in Finland."""
SITUATION = "LAHTI-2027-400"


def picture(store: Store, incident: str = FIRM_A, remarks: Remarks | None = None) -> SituationPicture:
    """Return the picture of a week after the first news."""
    with store.reading() as session:
        return build(
            session,
            incident,
            kind=StoreKind.EXAMPLE,
            now=WEEK_LATER,
            made_by=ACTOR,
            version=2,
            remarks=remarks,
        )


def joined(store: Store) -> SituationPicture:
    """Join the three firms and return their picture."""
    service.group_incidents(
        store, SITUATION, [FIRM_A, FIRM_B, FIRM_C], title="Kolme yritystä", actor=ACTOR, now=WEEK_LATER
    )
    return picture(store, SITUATION)


def test_three_firms_and_their_sum(opened_store: Store) -> None:
    found = joined(opened_store)

    assert [firm.incident for firm in found.firms] == [FIRM_A, FIRM_B, FIRM_C]
    assert (found.headcount.known, found.headcount.missing) == (375, 0)
    assert found.total("dismissed").known == 375
    assert found.homes_total == pytest.approx(375)
    assert {step.firm for step in found.milestones} == {firm.employer for firm in found.firms}


def test_a_firm_whose_people_lack_a_wave_is_named_in_the_picture_of_the_region(opened_store: Store) -> None:
    """The number once stood fast against the firm's name: ``Oy:78``."""
    first = service.WaveChange("w1", count=10)
    service.set_wave(opened_store, FIRM_A, first, reason="Aalto", actor=ACTOR, now=WEEK_LATER)
    found = joined(opened_store)
    markdown, _ = situation_markdown(found, "fi")

    (lacking,) = found.waves_lacking
    assert f"\n{lacking.firm}: {lacking.people} henkilön aalto puuttuu." in markdown


def test_a_decision_on_fewer_people_is_the_only_number_of_the_picture(opened_store: Store) -> None:
    """A picture that says 198 and spreads 260 over the municipalities is believed by nobody."""
    amendment = service.Amendment((Figure(Stage.DECIDED, Measure.DISMISSAL, "", 198, 198),), source="HR")
    service.amend(opened_store, FIRM_A, amendment, reason="Päätös", actor=ACTOR, now=WEEK_LATER)
    found = picture(opened_store)

    assert found.headcount.known == found.total("dismissed").known == 198
    assert found.homes_total == pytest.approx(198)


def test_a_fact_says_when_it_was_written_down_and_by_whom_it_was_said(opened_store: Store) -> None:
    """The number of the decision was not known on the day of the news."""
    amendment = service.Amendment((Figure(Stage.DECIDED, Measure.DISMISSAL, "", 198, 198),), source="HR")
    service.amend(opened_store, FIRM_A, amendment, reason="Päätös", actor=ACTOR, now=WEEK_LATER)
    facts = {fact.label: fact for fact in picture(opened_store).facts}
    with opened_store.reading() as session:
        opened_at = queries.incident_view(session, FIRM_A).opened_at
    caller = "työnantajan henkilöstöjohto, puhelin"

    assert (facts["dismissals"].source, facts["dismissals"].recorded) == ("HR", WEEK_LATER)
    assert (facts["employer_size"].source, facts["employer_size"].recorded) == (caller, opened_at)

    service.undo_event(opened_store, FIRM_A, actor=ACTOR, now=WEEK_LATER + dt.timedelta(hours=1))
    (again,) = (fact for fact in picture(opened_store).facts if fact.label == "dismissals")
    assert (again.value, again.source) == (260, "")


def test_a_picture_of_a_situation_counts_the_work_of_each_firm_once(opened_store: Store) -> None:
    alone = [picture(opened_store, incident) for incident in (FIRM_A, FIRM_B, FIRM_C)]
    together = joined(opened_store)

    def tasks(found: SituationPicture) -> int:
        return sum(sum(phase.counts.values()) for phase in found.progress)

    assert tasks(together) == sum(map(tasks, alone))
    assert len(together.late) == sum(len(found.late) for found in alone)
    assert len(together.questions) == sum(len(found.questions) for found in alone)


def test_the_work_shown_is_the_work_saved(opened_store: Store) -> None:
    found = picture(opened_store)
    with opened_store.reading() as session:
        tasks = queries.tasks(session, FIRM_A)

    for state in (TaskState.READY, TaskState.WAITING, TaskState.DONE, TaskState.QUESTION):
        assert sum(phase.count(state) for phase in found.progress) == sum(t.state is state for t in tasks)
    assert len(found.late) == sum(task.late(dt.date(2027, 3, 8)) for task in tasks)
    assert [task.due for task in found.late] == sorted(task.due for task in found.late)


def test_next_steps_are_ahead_in_order_and_the_rest_is_counted(opened_store: Store) -> None:
    found = picture(opened_store)
    days = [step.day for step in found.coming]

    assert len(found.coming) == 12
    assert found.more_coming > 0
    assert all(before <= after for before, after in itertools.pairwise(day for day in days if day))
    assert all(day and day >= dt.date(2027, 3, 8) for day in days)


def test_a_meeting_that_was_held_this_morning_is_no_next_step(opened_store: Store) -> None:
    """The daily round of 8.30 is over when the picture is made at 9.30."""
    today = [step for step in picture(opened_store).coming if step.day == dt.date(2027, 3, 8)]

    assert not [step for step in today if step.date and step.date.at and step.date.at < dt.time(9, 30)]


def test_every_deadline_of_the_law_is_kept_and_names_its_statute(opened_store: Store) -> None:
    found = picture(opened_store)
    with opened_store.reading() as session:
        everything = deadlines(queries.tasks(session, FIRM_A))

    assert [*found.statutory, *found.more_statutory] == everything
    assert everything
    assert all(step.law or (step.statutory and step.statutory.law[0].statute) for step in everything)


def test_what_nobody_told_is_unknown_and_named(opened_store: Store) -> None:
    found = picture(opened_store)
    labels = [unknown.label for unknown in found.unknowns]

    assert "over_55" in labels
    assert "headcount" not in labels
    assert found.total("over_55").known is None
    assert found.effects == {}
    assert not [step for step in found.milestones if step.day is None]


def test_the_words_of_the_group_are_taken_over(opened_store: Store) -> None:
    remarks = Remarks(
        headline={"fi": "Yksi. Kaksi."},
        effects={Effect.MUNICIPALITY: {"fi": "Verotulot laskevat."}},
        decisions=({"fi": "Palkataanko?"},),
        risks=({"fi": "Riski."},),
    )
    found = picture(opened_store, remarks=remarks)
    text = situation_document(found, "fi", "md").decode()

    for words in ("Yksi. Kaksi.", "Verotulot laskevat.", "Palkataanko?", "Riski."):
        assert words in text


def test_the_document_names_playbook_hash_revision_maker_and_moment(opened_store: Store) -> None:
    """Whoever finds the paper in ten years must be able to find what it rested on."""
    with opened_store.reading() as session:
        view = queries.incident_view(session, FIRM_A)
    text = situation_document(picture(opened_store), "fi", "md").decode()

    for words in (
        FIRM_A,
        view.playbook_id,
        view.playbook_version,
        view.playbook_sha256[:8],
        ACTOR,
        "klo 9.30",
    ):
        assert words in text
    assert f"säännöstön versio {view.law_revision}" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_of_a_real_plan_is_written_in_every_format(
    opened_store: Store, language: Language
) -> None:
    """Shipped playbooks hold the longest texts and the oddest dates there are."""
    found = joined(opened_store)

    assert all(situation_document(found, language, fmt) for fmt in FORMATS)


def test_a_step_sorts_by_its_day() -> None:
    assert Step("A Oy", {}, None).day is None


def test_an_unknown_incident_is_not_found(opened_store: Store) -> None:
    with pytest.raises(NotFoundError):
        picture(opened_store, "LAHTI-1999-01")


def test_what_is_unknown_of_several_firms_is_named_once_with_all_of_them(opened_store: Store) -> None:
    found = joined(opened_store)
    by_label = {label: firms for label, firms in found.unknowns_by_label if isinstance(label, str)}

    assert by_label["over_55"] == tuple(firm.employer for firm in found.firms)
    assert sum(len(firms) for _, firms in found.unknowns_by_label) == len(found.unknowns)


def test_a_workplace_that_cannot_be_estimated_is_named_and_not_guessed(filled_store: Store) -> None:
    """A municipality outside the commuting table has no column, an unknown headcount nothing to share."""
    case = three_firms().firms[2]
    far = replace(case.request, sites=(Site("u", "Utsjoen konepaja", "Utsjoki", 25),))
    view = trigger(filled_store, far, actor=ACTOR, now=case.heard_at)

    found = picture(filled_store, view.readable_id)

    assert found.homes == ()
    assert found.homes_total is None
    assert "homes" in [unknown.label for unknown in found.unknowns]
    assert [(row.site, row.total) for row in found.people] == [("Utsjoen konepaja", 25)]


@pytest.mark.parametrize(
    ("playbook", "anchor", "bankrupt"),
    [("bankruptcy", "bankruptcy_day", True), ("small-layoff", "proposal", False)],
)
def test_what_the_plan_only_assumes_is_shown_as_an_assumption(
    filled_store: Store, playbook: str, anchor: str, *, bankrupt: bool
) -> None:
    """A picture that calls a bankruptcy "not known" contradicts the plan that was made for one."""
    request = TriggerRequest(
        playbook=playbook,
        employer="Esimerkki Oy",
        municipality="Lahti",
        inputs={"headcount": 45},
        anchors={anchor: AnchorValue.confirmed(dt.date(2027, 3, 1))},
    )
    incident = trigger(filled_store, request, actor=ACTOR, now=WEEK_LATER).readable_id

    found = next(fact for fact in picture(filled_store, incident).facts if fact.label == "bankruptcy")

    assert (found.value, found.assumed) == (bankrupt, True)
    assert Words(Texts("fi")).source(found) == "toimintamallin oletus"
