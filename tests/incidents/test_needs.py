"""Which tasks may begin."""

from __future__ import annotations

import pytest

from muutosturva.incidents.pure.needs import Work, state_of
from muutosturva.incidents.pure.needs import situation as happened
from muutosturva.models.states import ItemState, TaskState
from muutosturva.playbooks.planning.readiness import Happened


def situation(
    *tasks: tuple[str, TaskState],
    messages: dict[str, ItemState] | None = None,
    confirmed: tuple[str, ...] = (),
) -> Happened:
    """Build a situation from keys such as ``session[lahti,sv]``."""
    work = []
    for key, state in tasks:
        step, _, items = key.removesuffix("]").partition("[")
        work.append(Work(key, step, tuple(items.split(",")) if items else (), state))
    return happened(work, messages or {}, confirmed)


DONE, READY, SKIPPED, WITHDRAWN = TaskState.DONE, TaskState.READY, TaskState.SKIPPED, TaskState.WITHDRAWN
STARTED = TaskState.STARTED


@pytest.mark.parametrize(
    ("needs", "item", "facts", "expected"),
    [
        ((), (), situation(), TaskState.READY),
        (("contact",), (), situation(("contact", READY)), TaskState.WAITING),
        (("contact",), (), situation(("contact", DONE)), TaskState.READY),
        (("contact",), (), situation(("contact", SKIPPED)), TaskState.READY),
        (("contact",), (), situation(("contact", WITHDRAWN)), TaskState.READY),
        (("gone",), (), situation(("contact", READY)), TaskState.READY),
        (("session",), (), situation(("session[a]", DONE), ("session[b]", READY)), TaskState.WAITING),
        (("session",), ("a",), situation(("session[a]", DONE), ("session[b]", READY)), TaskState.READY),
        (("session",), ("c",), situation(("session[a]", DONE), ("session[b]", READY)), TaskState.WAITING),
        (("session[b]",), ("a",), situation(("session[a]", DONE), ("session[b]", READY)), TaskState.WAITING),
        (("proposal.confirmed",), (), situation(), TaskState.WAITING),
        (("proposal.confirmed",), (), situation(confirmed=("proposal",)), TaskState.READY),
        (("release.approved",), (), situation(messages={"release": ItemState.PLANNED}), TaskState.WAITING),
        (("release.approved",), (), situation(messages={"release": ItemState.DONE}), TaskState.READY),
        (("contact.started",), (), situation(("contact", READY)), TaskState.WAITING),
        (("contact.started",), (), situation(("contact", STARTED)), TaskState.READY),
        (("contact.started",), (), situation(("contact", DONE)), TaskState.READY),
        (("contact.done",), (), situation(("contact", STARTED)), TaskState.WAITING),
        (("contact.done",), (), situation(("contact", DONE)), TaskState.READY),
    ],
)
def test_a_task_is_ready_when_everything_it_needs_is_settled(
    needs: tuple[str, ...], item: tuple[str, ...], facts: Happened, expected: TaskState
) -> None:
    """A skipped step has its reason in the log and holds nobody up; another site's step does not either."""
    assert state_of(needs, item, (), facts) is expected


def test_an_open_question_comes_before_readiness() -> None:
    """Whether the task exists at all is not known yet, so nobody may be told to begin it."""
    assert state_of((), (), ("headcount",), situation()) is TaskState.QUESTION


@pytest.mark.parametrize(
    ("join", "states", "expected"),
    [
        (1, (READY, READY, READY), TaskState.WAITING),
        (1, (READY, DONE, READY), TaskState.READY),
        (2, (READY, DONE, READY), TaskState.WAITING),
        (2, (READY, DONE, SKIPPED), TaskState.READY),
        (None, (DONE, DONE, READY), TaskState.WAITING),
        (5, (DONE, DONE, READY), TaskState.WAITING),
        (5, (DONE, DONE, DONE), TaskState.READY),
    ],
)
def test_two_of_three_suffice_where_the_playbook_says_so(
    join: int | None, states: tuple[TaskState, ...], expected: TaskState
) -> None:
    """More than there are left is all of them: a task must not wait for ever."""
    names = ("a", "b", "c")
    found = situation(*zip(names, states, strict=True))
    assert state_of(names, (), (), found, join) is expected
