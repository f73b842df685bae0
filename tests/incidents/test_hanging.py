"""What hangs on a decision or a form of a running incident follows when the task is done, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from muutosturva.errors import ConflictError, RefusedError
from muutosturva.i18n import LANGUAGES, Texts
from muutosturva.incidents import service
from muutosturva.incidents.acts.answering import Reply
from muutosturva.incidents.acts.rebasing import Wanted
from muutosturva.incidents.pure.views import IncidentView
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.naming import names
from muutosturva.incidents.told import narrative
from muutosturva.models.states import TaskState
from muutosturva.store.store import Store
from tests.incidents.test_rebase import TOP, made, start, tasks
from tests.playbooks.making import STEP
from tests.support.incidents import WHO

BODY = f"""{TOP}tasks:
  choose: {STEP}, due: heard + 1 d, decision: {{by: lead, options: {{hold: Pidetään, drop: Ei pidetä}}}}}}
  ask: {STEP}, due: heard + 1 d, form: {{fields: {{staff: {{type: int, label: Väkeä}}}}}}}}
  hall: {STEP}, due: heard + 9 d, when: "decided(choose) == 'hold'", needs: [choose]}}
  letter: {STEP}, due: heard + 9 d, when: "decided(choose) == 'drop'"}}
  big: {STEP}, due: heard + 9 d, when: "answered(ask, staff) >= 100 or critical"}}
messages:
  invitation: {{title: Kutsu, audience: staff, channel: email, owner: lead, approvers: [lead],
    due: heard + 9 d, when: "decided(choose) == 'hold'"}}
"""
HOLD, DROP = Reply("hold", "Paikkoja on."), Reply("drop", "Paikkoja ei ole.")


@pytest.fixture
def incident(filled_store: Store, tmp_path: Path) -> str:
    """Open an incident on the playbook of the fair; return its id."""
    return start(filled_store, tmp_path, BODY)


def states(store: Store, incident: str) -> dict[str, str]:
    """Return the state of what hangs on the answers."""
    found = tasks(store, incident)
    return {key: found[key].state.value for key in ("hall", "letter", "big")}


def view(store: Store, incident: str) -> IncidentView:
    with store.reading() as session:
        return queries.incident_view(session, incident)


def newest(store: Store, incident: str) -> Any:
    with store.reading() as session:
        return queries.log_entries(session, incident)[0]


def asked(store: Store, incident: str) -> set[str]:
    return {question.name for question in view(store, incident).questions}


def test_a_decision_brings_what_it_calls_for_and_withdraws_the_rest(
    filled_store: Store, incident: str
) -> None:
    assert states(filled_store, incident) == {"hall": "question", "letter": "question", "big": "question"}
    assert asked(filled_store, incident) == {"decided(choose)", "answered(ask, staff)"}

    done = service.finish_task(filled_store, incident, "choose", reply=HOLD, **WHO)

    assert states(filled_store, incident) == {"hall": "ready", "letter": "withdrawn", "big": "question"}
    assert asked(filled_store, incident) == {"answered(ask, staff)"}
    assert tasks(filled_store, incident)["letter"].state_reason == "Paikkoja on."
    assert done.effect is not None
    assert (done.effect.withdrawn, done.effect.states) == (("letter",), {"hall": "ready"})


def test_the_log_keeps_the_values_that_decided(filled_store: Store, incident: str) -> None:
    """Who reads it a year later sees by what each task came and went."""
    service.finish_task(filled_store, incident, "ask", reply=Reply(fields={"staff": "120"}), **WHO)
    entry = newest(filled_store, incident)
    assert entry.payload["used"] == {"answered(ask, staff)": 120, "critical": False}
    assert entry.payload["states"] == {"big": "ready"}
    with filled_store.reading() as session:
        known = names(session, incident)
    for language in LANGUAGES:
        assert "120" in narrative.sentence(Texts(language), entry, known)


@pytest.mark.parametrize(("staff", "state"), [("100", "ready"), ("99", "withdrawn"), ("", "question")])
def test_a_form_decides_by_what_it_says(filled_store: Store, incident: str, staff: str, state: str) -> None:
    """What was left empty is still not known."""
    service.finish_task(filled_store, incident, "ask", reply=Reply(fields={"staff": staff}), **WHO)
    assert states(filled_store, incident)["big"] == state


def test_an_answer_nothing_hangs_on_changes_no_plan(filled_store: Store, tmp_path: Path) -> None:
    alone = BODY
    for option in ("hold", "drop"):
        alone = alone.replace(f""", when: "decided(choose) == '{option}'\"""", "")
    assert "decided(" not in alone
    incident = start(filled_store, tmp_path, alone)
    done = service.finish_task(filled_store, incident, "choose", reply=HOLD, **WHO)
    assert done.effect is None
    assert "used" not in newest(filled_store, incident).payload


def test_a_decision_taken_back_is_a_question_again(filled_store: Store, incident: str) -> None:
    """Re-opened, it can be decided otherwise; what was begun meanwhile stays begun."""
    service.finish_task(filled_store, incident, "choose", reply=HOLD, **WHO)
    service.start_task(filled_store, incident, "choose", reason="Tilanne muuttui.", **WHO)
    assert states(filled_store, incident) == {"hall": "question", "letter": "question", "big": "question"}
    assert "decided(choose)" in asked(filled_store, incident)

    service.finish_task(filled_store, incident, "choose", reply=DROP, **WHO)
    assert states(filled_store, incident) == {"hall": "withdrawn", "letter": "ready", "big": "question"}


def test_work_begun_on_a_decision_stays_when_it_is_decided_otherwise(
    filled_store: Store, incident: str
) -> None:
    service.finish_task(filled_store, incident, "choose", reply=HOLD, **WHO)
    service.start_task(filled_store, incident, "hall", **WHO)
    service.start_task(filled_store, incident, "choose", reason="Tilanne muuttui.", **WHO)
    done = service.finish_task(filled_store, incident, "choose", reply=DROP, **WHO)
    assert tasks(filled_store, incident)["hall"].state is TaskState.STARTED
    assert done.effect is not None
    assert done.effect.stays == ("hall",)


def test_undoing_a_decision_puts_everything_back(filled_store: Store, incident: str) -> None:
    before = states(filled_store, incident), asked(filled_store, incident)
    service.finish_task(filled_store, incident, "choose", reply=HOLD, **WHO)
    service.undo_event(filled_store, incident, **WHO)
    assert (states(filled_store, incident), asked(filled_store, incident)) == before
    assert tasks(filled_store, incident)["choose"].answer is None
    service.redo_event(filled_store, incident, **WHO)
    assert states(filled_store, incident) == {"hall": "ready", "letter": "withdrawn", "big": "question"}


def test_a_decision_is_not_undone_under_work_that_hangs_on_it(filled_store: Store, incident: str) -> None:
    decided = service.finish_task(filled_store, incident, "choose", reply=HOLD, **WHO)
    assert decided.effect is not None
    seq = newest(filled_store, incident).seq
    service.start_task(filled_store, incident, "hall", **WHO)
    with pytest.raises(ConflictError):
        service.undo_event(filled_store, incident, seq=seq, **WHO)


def test_what_a_task_decides_is_not_answered_beside_it(filled_store: Store, incident: str) -> None:
    """The reason and the person who decides are asked there: an answer alone would lack both."""
    with pytest.raises(RefusedError) as refused:
        service.answer(filled_store, incident, "decided(choose)", "hold", **WHO)
    assert refused.value.params["task"] == "choose"
    for language in LANGUAGES:
        assert "choose" in Texts(language).error(refused.value)


def test_another_answer_keeps_what_was_decided(filled_store: Store, incident: str) -> None:
    """Every later expansion of the plan reads the decision again."""
    service.finish_task(filled_store, incident, "choose", reply=HOLD, **WHO)
    service.finish_task(filled_store, incident, "ask", reply=Reply(fields={"staff": "10"}), **WHO)
    assert states(filled_store, incident) == {"hall": "ready", "letter": "withdrawn", "big": "withdrawn"}


def test_a_decision_follows_its_task_to_a_new_name(filled_store: Store, incident: str) -> None:
    """A newer playbook calls the task otherwise; what was decided is not asked again."""
    service.finish_task(filled_store, incident, "choose", reply=HOLD, **WHO)
    renamed = (
        BODY.replace("choose: {", "choose-fair: {renamed_from: choose, ")
        .replace("decided(choose)", "decided(choose-fair)")
        .replace("needs: [choose]", "needs: [choose-fair]")
    )
    service.rebase(
        filled_store, incident, made(renamed), wanted=Wanted(None), reason="Malli uusittiin.", **WHO
    )
    assert states(filled_store, incident) == {"hall": "ready", "letter": "withdrawn", "big": "question"}
    assert tasks(filled_store, incident)["choose-fair"].answer == {
        "decision": "hold",
        "because": "Paikkoja on.",
    }
