"""Circles and days of tasks for which some of their needs suffice."""

from __future__ import annotations

import pytest

from muutosturva.playbooks.checks.lint import check
from tests.playbooks.making import HEAD, STEP, load


def found(*tasks: str) -> list[str]:
    """Return the codes of the lint that are about order, of tasks given by their needs and more."""
    lines = "".join(f"  {name}: {STEP}, {keys}}}\n" for name, keys in (task.split(": ", 1) for task in tasks))
    resolved = load("tasks:\n" + lines, HEAD).resolved
    assert resolved is not None
    codes = [problem.code.removeprefix("playbooks.") for problem in check(resolved)]
    return [code for code in codes if code in {"needs_cycle", "due_before_need"}]


@pytest.mark.parametrize(
    ("tasks", "codes"),
    [
        (("a: needs: [b]", "b: needs: [a]"), ["needs_cycle"]),
        (("a: needs: [b.started]", "b: needs: [a.done]"), ["needs_cycle"]),
        (("a: needs: [b, c], join: 1", "b: needs: [a]", "c: due: heard"), []),
        (("a: needs: [b, c], join: 2", "b: needs: [a]", "c: due: heard"), ["needs_cycle"]),
        (("a: needs: [b, c], join: 1", "b: needs: [a]", "c: needs: [a]"), ["needs_cycle"]),
        (("a: needs: [b], due: heard + 1 wd", "b: due: heard + 2 wd"), ["due_before_need"]),
        (("a: needs: [b.started], due: heard + 1 wd", "b: due: heard + 2 wd"), []),
        (("a: needs: [b, c], join: 1, due: heard + 1 wd", "b: due: heard + 2 wd", "c: due: heard"), []),
    ],
)
def test_a_task_that_needs_one_of_two_is_stuck_only_when_both_are(
    tasks: tuple[str, ...], codes: list[str]
) -> None:
    """A circle that another way leads out of holds nobody up."""
    assert found(*tasks)[:1] == codes
