"""What was told at the trigger is understood in the same way when the plan is expanded again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from muutosturva.coordination.trigger import TriggerRequest, trigger
from muutosturva.incidents import service
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.store.store import Store
from tests.support.incidents import WHO

OWN_QUESTION: Final = """\
schema: muutosturva/playbook/1
id: own
extends: base
abstract: false
version: "2027.1"
kind: incident
title: {fi: "Oma malli"}
inputs:
  add:
    visit:
      type: date
      label: {fi: "Milloin käymme paikalla?"}
"""


def test_a_date_given_as_an_answer_is_still_a_date_when_an_anchor_moves(
    filled_store: Store, tmp_path: Path
) -> None:
    """JSON keeps a date as text; read back as text it would not fit its own question any more."""
    own = tmp_path / "own.yaml"
    own.write_text(OWN_QUESTION, encoding="utf-8")
    request = TriggerRequest(
        playbook=str(own),
        employer="Esimerkki Oy",
        municipality="Lahti",
        inputs={"headcount": 45, "visit": date(2027, 3, 9)},
        anchors={"proposal": AnchorValue.confirmed(date(2027, 3, 1))},
    )
    incident = trigger(filled_store, request, **WHO).readable_id

    changes = service.set_anchor(
        filled_store,
        incident,
        "proposal",
        AnchorValue.confirmed(date(2027, 3, 2)),
        reason="Esitys tuli päivää myöhemmin.",
        **WHO,
    )

    assert changes.moved
