"""Items between a pinned playbook and another one, and the text in which only some of them are taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muutosturva.errors import InputError
from muutosturva.playbooks.checks.groups import is_error
from muutosturva.playbooks.checks.lint import check
from muutosturva.playbooks.comparing.three_way import HEAD, merged, offered
from muutosturva.playbooks.loading.resolved import Resolved, from_stored
from tests.playbooks.making import HEAD as TOP
from tests.playbooks.making import STEP, playbook

OLD = playbook(
    f"tasks:\n  one: {STEP}, due: heard + 1 d}}\n  two: {STEP}, due: heard + 2 d, needs: [one]}}\n"
    f"  three: {STEP}, due: heard + 3 d}}\n"
)
NEW = playbook(
    f"tasks:\n  first: {STEP}, due: heard + 1 d, renamed_from: one}}\n"
    f"  two: {STEP}, due: heard + 5 d, needs: [first]}}\n  four: {STEP}, due: heard + 4 d}}\n",
    TOP.replace('"2026.1"', '"2026.2"'),
)


def names(old: Resolved, new: Resolved) -> list[str]:
    return [item.name for item in offered(old, new)]


def test_each_entry_is_an_item_and_the_head_is_one() -> None:
    found = {item.name: item.entry.act if item.entry else "" for item in offered(OLD, NEW)}
    assert found == {
        HEAD: "",
        "tasks.first": "changed",
        "tasks.two": "changed",
        "tasks.four": "added",
        "tasks.three": "removed",
    }


def test_taking_everything_is_the_new_text_and_nothing_is_the_old_one() -> None:
    """The hash then is that of the file, so that two incidents on one playbook can be told to be."""
    everything = names(OLD, NEW)
    assert merged(OLD, NEW, everything).text == NEW.text
    kept = merged(OLD, NEW, [])
    assert kept.playbook.tasks == OLD.playbook.tasks
    assert offered(OLD, OLD) == ()


def test_what_is_not_taken_stays_as_pinned() -> None:
    mixed = merged(OLD, NEW, ["tasks.four"])
    assert list(mixed.playbook.tasks) == ["one", "two", "four", "three"]
    assert mixed.playbook.tasks["two"].due == "heard + 2 d"
    assert mixed.playbook.version == "2026.1"
    assert mixed.sha256 not in {OLD.sha256, NEW.sha256}


def test_a_mixed_text_can_be_read_again_and_still_offers_the_rest() -> None:
    mixed = merged(OLD, NEW, ["tasks.four", HEAD])
    again = from_stored(mixed.text, "small")
    assert again.sha256 == mixed.sha256
    assert names(again, NEW) == ["tasks.first", "tasks.two", "tasks.three"]


def test_a_task_that_was_not_taken_waits_for_the_new_name() -> None:
    """A renaming taken alone must not leave a need that names nothing."""
    mixed = merged(OLD, NEW, ["tasks.first"])
    assert mixed.playbook.tasks["two"].needs == ("first",)
    assert [problem for problem in check(mixed) if is_error(problem)] == []


def test_a_renaming_is_followed_back_too() -> None:
    """Back on the earlier version, the later one remembers which name it came from."""
    back = {item.name: item.entry.was for item in offered(NEW, OLD) if item.entry}
    assert back["tasks.one"] == "first"
    assert "tasks.first" not in back


def test_an_item_that_needs_another_one_is_found_by_the_checks() -> None:
    new = playbook(
        f"tasks:\n  one: {STEP}, due: heard + 1 d}}\n  two: {STEP}, due: added + 2 d}}\n",
        TOP.replace("  proposal:", "  added: {label: Uusi}\n  proposal:"),
    )
    mixed = merged(OLD, new, ["tasks.two"])
    assert {problem.code for problem in check(mixed) if is_error(problem)} == {"playbooks.unknown_anchor"}
    whole = merged(OLD, new, ["tasks.two", "anchors.added"])
    assert [problem for problem in check(whole) if is_error(problem)] == []


def test_a_mixture_that_is_no_playbook_is_refused() -> None:
    new = playbook(head=TOP.replace("schema:", "valid: {from: 2026-01-01}\nschema:"))
    broken = Resolved(OLD.playbook, OLD.text.replace('"kind"', '"kinds"'), "", OLD.root)
    with pytest.raises(InputError):
        merged(broken, new, ["tasks.three"])


@given(st.sets(st.sampled_from(names(OLD, NEW))))
def test_any_choice_of_items_is_exactly_that_choice(taken: set[str]) -> None:
    """What was taken is offered no more, and everything else still is."""
    assert set(names(merged(OLD, NEW, taken), NEW)) == set(names(OLD, NEW)) - taken
