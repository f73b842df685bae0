"""Handover of a role: at a time, with what was agreed, and who held it when."""

from __future__ import annotations

import datetime as dt

import pytest

from muutosturva.clock import local_date
from muutosturva.errors import UsageError
from muutosturva.incidents.pure.standing_in import Standing
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.role_history import RoleHistory, role_histories
from muutosturva.incidents.service import assign_role
from muutosturva.preparedness.service import add_absence
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A
from tests.support.stores import ACTOR, NOW

LATER = NOW + dt.timedelta(days=2)
TAAVI = "Tilanne Taavi"


def lead(store: Store, day: dt.date) -> RoleHistory:
    """Return the role of the lead as it stands on a day."""
    with store.reading() as session:
        return next(item for item in role_histories(session, FIRM_A, day) if item.role.role == "lead")


def test_one_hands_over_at_the_moment_the_next_assumes(opened_store: Store) -> None:
    """Written down afterwards, the handover still happened when it happened."""
    before = lead(opened_store, local_date(LATER)).role.holders[0]
    at = LATER - dt.timedelta(hours=3)

    assign_role(opened_store, FIRM_A, "lead", TAAVI, at=at, note=" avaimet pöydällä ", actor=ACTOR, now=LATER)

    first = [item for item in lead(opened_store, local_date(LATER)).tenures if not item.deputy]
    assert [(item.person, item.until) for item in first] == [(before, at), (TAAVI, None)]
    assert first[1].since == at
    with opened_store.reading() as session:
        entry = queries.log_entries(session, FIRM_A, limit=1)[0]
    assert (entry.kind, entry.event_time, entry.record_time) == ("incidents.role_assigned", at, LATER)
    assert entry.payload == {"old": [before], "new": TAAVI, "note": "avaimet pöydällä"}


@pytest.mark.parametrize(
    ("at", "error"),
    [
        (LATER + dt.timedelta(minutes=1), "incidents.event_in_future"),
        (NOW - dt.timedelta(days=30), "incidents.handover_too_early"),
    ],
)
def test_a_role_is_handed_over_neither_ahead_nor_before_it_was_assumed(
    opened_store: Store, at: dt.datetime, error: str
) -> None:
    before = lead(opened_store, local_date(LATER))

    with pytest.raises(UsageError) as caught:
        assign_role(opened_store, FIRM_A, "lead", TAAVI, at=at, actor=ACTOR, now=LATER)

    assert caught.value.key == error
    assert lead(opened_store, local_date(LATER)) == before


def test_the_roles_show_who_acts_today(opened_store: Store) -> None:
    day = local_date(LATER)
    holder = lead(opened_store, day).role.holders[0]
    add_absence(opened_store, holder, day, day, deputy=TAAVI, actor=ACTOR, now=LATER)

    acting = lead(opened_store, day).role.acting

    assert acting is not None
    assert (acting.person, acting.stands_in_for, acting.why) == (TAAVI, holder, Standing.AGREED)
