"""What the office sets, each change in the log."""

from __future__ import annotations

import pytest

from muutosturva.errors import InputError
from muutosturva.store.log import LogEntry, entries
from muutosturva.store.office import set_setting, setting, settings
from muutosturva.store.store import Store
from tests.support.stores import ACTOR, AREA, NOW


def log(store: Store) -> list[LogEntry]:
    with store.reading() as session:
        return entries(session)


def read(store: Store, key: str) -> str | None:
    with store.reading() as session:
        return setting(session, AREA, key)


def test_a_setting_that_was_never_set_is_unknown_and_not_empty(store: Store) -> None:
    assert read(store, "suppression.limit") is None
    set_setting(store, "suppression.limit", "", actor=ACTOR, now=NOW)
    assert read(store, "suppression.limit") == ""


def test_a_changed_setting_says_what_it_was_before(store: Store) -> None:
    assert set_setting(store, "suppression.limit", "5", actor=ACTOR, now=NOW)
    assert set_setting(store, "suppression.limit", "3", actor=ACTOR, now=NOW, reason="ohje")
    assert read(store, "suppression.limit") == "3"
    event = log(store)[-1]
    assert event.payload == {"before": "5", "after": "3", "reason": "ohje"}
    assert (event.subjects, event.fields) == (("setting:suppression.limit",), ("suppression.limit",))


def test_setting_the_same_value_again_is_no_event(store: Store) -> None:
    set_setting(store, "a", "1", actor=ACTOR, now=NOW)
    assert not set_setting(store, "a", "1", actor=ACTOR, now=NOW)
    assert len(log(store)) == 2


def test_settings_are_listed_by_key(store: Store) -> None:
    for key in ("b", "a"):
        set_setting(store, key, key.upper(), actor=ACTOR, now=NOW)
    with store.reading() as session:
        assert list(settings(session, AREA).items()) == [("a", "A"), ("b", "B")]
        assert settings(session, "heinola") == {}


def test_a_setting_needs_a_name(store: Store) -> None:
    with pytest.raises(InputError) as caught:
        set_setting(store, " ", "1", actor=ACTOR, now=NOW)
    assert [problem.code for problem in caught.value.problems] == ["store.empty_key"]
