"""Which tasks may begin."""

from __future__ import annotations

import pytest

from muutosturva.incidents.pure.needs import Situation, Work, state_of
from muutosturva.models.states import ItemState, TaskState


def situation(
    *tasks: tuple[str, TaskState],
    messages: dict[str, ItemState] | None = None,
    confirmed: tuple[str, ...] = (),
) -> Situation:
    """Build a situation from keys such as ``session[lahti,sv]``."""
    work = []
    for key, state in tasks:
        step, _, items = key.removesuffix("]").partition("[")
        work.append(Work(key, step, tuple(items.split(",")) if items else (), state))
    return Situation(work, messages or {}, confirmed)


DONE, READY, SKIPPED, WITHDRAWN = TaskState.DONE, TaskState.READY, TaskState.SKIPPED, TaskState.WITHDRAWN


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
    ],
)
def test_a_task_is_ready_when_everything_it_needs_is_settled(
    needs: tuple[str, ...], item: tuple[str, ...], facts: Situation, expected: TaskState
) -> None:
    """A skipped step has its reason in the log and holds nobody up; another site's step does not either."""
    assert state_of(needs, item, (), facts) is expected


def test_an_open_question_comes_before_readiness() -> None:
    """Whether the task exists at all is not known yet, so nobody may be told to begin it."""
    assert state_of((), (), ("headcount",), situation()) is TaskState.QUESTION
