"""Tasks that ask something when they are done: a decision with its reason, a form with typed fields."""

from __future__ import annotations

import pytest

from muutosturva.errors import InputError
from muutosturva.i18n import LANGUAGES, Texts
from muutosturva.incidents import service
from muutosturva.incidents.acts.answering import Reply, answer_to
from muutosturva.incidents.pure.asks import asks_from_json, asks_to_json
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.naming import names
from muutosturva.incidents.told import narrative
from muutosturva.models.states import TaskState
from muutosturva.playbooks.plan import AskedField, Asks
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, WHO

DECISION = Asks({"hold": {"fi": "Pidetään"}, "drop": {"fi": "Ei pidetä"}}, "lead")
FORM = Asks(
    fields=(
        AskedField("contact", "text", {"fi": "Yhteyshenkilö"}, required=True),
        AskedField("people", "int", {"fi": "Henkilöitä"}),
        AskedField("told", "bool", {"fi": "Onko kerrottu"}),
        AskedField("on", "date", {"fi": "Päivä"}),
        AskedField(
            "way", "enum", {"fi": "Tapa"}, options={"mail": {"fi": "Posti"}, "phone": {"fi": "Puhelin"}}
        ),
    )
)


@pytest.mark.parametrize("asks", [None, DECISION, FORM])
def test_what_a_task_asks_is_kept_whole(asks: Asks | None) -> None:
    assert asks_from_json(asks_to_json(asks)) == asks


def test_answers_are_kept_in_their_types() -> None:
    fields = {"contact": "Malli", "people": "45", "told": "kyllä", "on": "1.3.2027", "way": "phone"}
    assert answer_to("x", FORM, Reply(fields=fields)) == {
        "fields": {"contact": "Malli", "people": 45, "told": True, "on": "2027-03-01", "way": "phone"}
    }


@pytest.mark.parametrize(
    ("asks", "reply", "codes"),
    [
        (DECISION, Reply(), ["decision_missing", "because_missing"]),
        (DECISION, Reply("hlod", "Syy."), ["decision_unknown"]),
        (DECISION, Reply("hold", " "), ["because_missing"]),
        (DECISION, Reply("hold", "Syy.", {"contact": "x"}), ["field_unknown"]),
        (FORM, Reply(), ["field_missing"]),
        (FORM, Reply("hold", fields={"contact": "x"}), ["decision_unasked"]),
        (
            FORM,
            Reply(fields={"contact": "x", "people": "monta", "told": "ehkä"}),
            ["field_int", "field_bool"],
        ),
        (FORM, Reply(fields={"contact": "x", "on": "huomenna", "way": "savu"}), ["field_date", "field_enum"]),
        (FORM, Reply(fields={"contact": "x", "peple": "3"}), ["field_unknown"]),
    ],
)
def test_everything_that_does_not_fit_is_told_at_once(asks: Asks, reply: Reply, codes: list[str]) -> None:
    with pytest.raises(InputError) as refused:
        answer_to("x", asks, reply)
    assert [problem.code for problem in refused.value.problems] == [f"incidents.{code}" for code in codes]
    for language in LANGUAGES:
        assert all(Texts(language).problem(problem) for problem in refused.value.problems)
        assert Texts(language).error(refused.value)


def test_an_answer_nobody_asked_for_is_refused() -> None:
    with pytest.raises(InputError):
        answer_to("x", None, Reply("hold", "Syy."))
    assert answer_to("x", None, Reply()) is None


def test_a_decision_is_made_logged_taken_back_and_asked_again(opened_store: Store) -> None:
    """What was decided and why stands in the log, in the words of the playbook of that day."""
    with pytest.raises(InputError):
        service.finish_task(opened_store, FIRM_A, "state-analysis", **WHO)

    reply = Reply("arm", "Elinvoimakeskus kutsui ryhmän koolle.")
    done = service.finish_task(opened_store, FIRM_A, "state-analysis", reply=reply, **WHO)
    assert done.answer == {"decision": "arm", "because": "Elinvoimakeskus kutsui ryhmän koolle."}
    with opened_store.reading() as session:
        entry = next(
            entry for entry in queries.log_entries(session, FIRM_A) if entry.kind == "incidents.task_done"
        )
        told = narrative.sentence(Texts("fi"), entry, names(session, FIRM_A))
    assert "Päätettiin: Äkillinen rakennemuutos" in told
    assert "Perustelu: Elinvoimakeskus kutsui ryhmän koolle." in told

    reopened = service.start_task(opened_store, FIRM_A, "state-analysis", reason="Uusi tieto.", **WHO)
    assert (reopened.state, reopened.answer) == (TaskState.STARTED, None)


def test_a_form_nobody_must_fill_in_does_not_hold_a_task_up(opened_store: Store) -> None:
    """The call was made: what was learnt can be written down later, or elsewhere."""
    assert service.finish_task(opened_store, FIRM_A, "first-contact", **WHO).answer == {"fields": {}}


def test_what_a_form_says_is_told(opened_store: Store) -> None:
    reply = Reply(fields={"reached": "phone", "people": "240", "decides_on": "12.4.2027", "stewards": "ei"})
    service.finish_task(opened_store, FIRM_A, "first-contact", reply=reply, **WHO)
    with opened_store.reading() as session:
        entry = next(
            entry for entry in queries.log_entries(session, FIRM_A) if entry.kind == "incidents.task_done"
        )
        told = narrative.sentence(Texts("fi"), entry, names(session, FIRM_A))
    assert "Milloin työnantaja arvioi päättävänsä: 12.4.2027" in told
    assert "Onko luottamusmiesten kanssa sovittu yhteydestä? ei" in told
