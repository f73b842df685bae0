"""A name, a title or a reason is one line; everything longer is a text of its own."""

from __future__ import annotations

import pytest

from muutosturva.rules.short_texts import NAME, one_line, short_text_problems


@pytest.mark.parametrize(
    "text", ["", "Esimerkki Oy", "  Esimerkki Oy\n", "Yhtiö 👨‍👩‍👧", "pehmeä\u00adtavu", "x" * NAME]
)
def test_one_line_passes_whatever_its_letters(text: str) -> None:
    """What stands around it is taken off; joined emoji and soft hyphens are letters of somebody's text."""
    assert short_text_problems(text, "name") == []


@pytest.mark.parametrize(
    "sign", ["\n", "\r", "\t", "\v", "\x00", "\x1b", "\x85", "\u2028", "\u2029", "\udcff"]
)
def test_what_breaks_a_line_or_commands_a_screen_is_told(sign: str) -> None:
    (problem,) = short_text_problems(f"Esi{sign}merkki", "name")
    assert (problem.code, problem.path, problem.params["text"]) == ("rules.text_lines", "name", "Esi merkki")


def test_what_is_too_long_is_told_with_the_limit_and_its_beginning() -> None:
    (problem,) = short_text_problems("x" * (NAME + 1), "name")
    assert (problem.code, problem.params["longest"]) == ("rules.text_long", NAME)
    assert len(str(problem.params["text"])) == 40


def test_a_text_is_put_on_one_line() -> None:
    assert one_line(" Kaksi\n riviä\t\x1b ") == "Kaksi riviä"
