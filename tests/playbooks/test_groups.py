"""Every code of the room has a group, a severity and words; what a mark may silence is decided there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from muutosturva import playbooks
from muutosturva.errors import Problem
from muutosturva.i18n import LANGUAGES, catalogue
from muutosturva.playbooks.checks.groups import KINDS, OF_ANSWERS, LintGroup, Severity, kind_of

ROOM = Path(playbooks.__file__).parent
MAKERS = {"problem_at": 1, "Stop": 0, "Fault": 0, "refusal": 0, "_fault": 0, "_stop": 1, "Problem": 0}
"""Functions that make a problem, and where their code stands among the arguments."""


def _raised() -> Iterator[str]:
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                place = MAKERS.get(ast.unparse(node.func).rpartition(".")[2])
                if place is None or len(node.args) <= place:
                    continue
                code = node.args[place]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    yield code.value.removeprefix("playbooks.")


def test_every_code_with_words_has_a_group_or_is_about_answers() -> None:
    """A code without a group would be told to nobody in the summary."""
    for language in LANGUAGES:
        told = {
            key.removeprefix("playbooks.problem.")
            for key in catalogue(language)
            if key.startswith("playbooks.problem.")
        }
        assert told == {*KINDS, *OF_ANSWERS}


def test_every_code_the_room_raises_is_known() -> None:
    raised = set(_raised())
    assert len(raised) > 50
    assert raised <= {*KINDS, *OF_ANSWERS}


def test_no_code_is_of_the_text_and_of_the_answers() -> None:
    assert not KINDS.keys() & OF_ANSWERS


def test_what_cannot_be_read_or_found_is_an_error_no_mark_silences() -> None:
    """The plan is built on it: silenced, it would end in a traceback on the worst night of the year."""
    for kind in KINDS.values():
        if kind.group in {LintGroup.SYNTAX, LintGroup.REFERENCE} and kind.severity is Severity.ERROR:
            assert kind.firm


def test_a_code_nobody_knows_is_an_error() -> None:
    kind = kind_of(Problem("playbooks.of_tomorrow"))
    assert kind.severity is Severity.ERROR
    assert kind.firm


SAID_IN_THE_MESSAGE = {
    "no_regular_file",
    "text_long",
    "out_of_bounds",
    "too_many",
    "invalid",
    "expr_long",
    "expr_number",
    "expr_deep",
}
"""What to do is all that the message says."""


def test_every_code_says_how_to_mend_it() -> None:
    """The reader touches this language once a year: knowing what is wrong is half of it."""
    hints = {key for key in catalogue("fi") if key.startswith("playbooks.hint.")}
    assert {code for code in KINDS if f"playbooks.hint.{code}" not in hints} <= SAID_IN_THE_MESSAGE
