"""The reference page tells the whole language, and what it shows as an example can be written so."""

from __future__ import annotations

import re

import pytest

from muutosturva.coordination.playbook_page import (
    CONDITIONS,
    DATES,
    condition_grammar,
    date_grammar,
    reference_page,
)
from muutosturva.i18n import LANGUAGES, Language, Texts
from muutosturva.playbooks.checks.groups import KINDS
from muutosturva.playbooks.expressions import conditions, dates
from muutosturva.playbooks.expressions.conditions import parse_condition
from muutosturva.playbooks.expressions.dates import parse_date
from muutosturva.playbooks.language.json_schema import keys, models

WORD = re.compile(r'"([a-z]+)"')


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_and_every_code_stands_on_the_page(language: Language) -> None:
    page = reference_page(Texts(language))
    missing = [key for model in models().values() for key, _ in keys(model) if f"`{key}`" not in page]
    missing += [code for code in KINDS if f"| `{code}` |" not in page]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_field_of_a_message_is_left_open(language: Language) -> None:
    """A reader of the page is not the program: {nearest} means nothing to them."""
    texts = Texts(language)
    _, heading, told = reference_page(texts).partition(f"## {texts('coordination.page.problems')}\n")
    assert heading
    assert re.findall(r"\{[a-z_0-9]+\}", told) == []


def test_every_part_is_linked_to_one_that_stands_there() -> None:
    page = reference_page(Texts("fi"))
    headings = {line.lstrip("# ").lower() for line in page.splitlines() if line.startswith("#")}
    assert set(re.findall(r"\]\(#([a-z]+)\)", page)) <= headings


@pytest.mark.parametrize("text", DATES)
def test_every_example_of_a_date_can_be_read(text: str) -> None:
    assert parse_date(text).fault is None


@pytest.mark.parametrize("text", CONDITIONS)
def test_every_example_of_a_condition_can_be_read(text: str) -> None:
    assert parse_condition(text).fault is None


def test_the_grammar_has_every_word_of_the_language_and_no_other() -> None:
    """The words the parser keeps for itself are those the page shows."""
    shown = set(WORD.findall("\n".join(date_grammar())))
    assert shown == {*dates.RESERVED, *dates.UNITS, *dates.WEEKDAYS}
    shown = set(WORD.findall("\n".join(condition_grammar())))
    assert shown >= conditions.RESERVED - {"in"}
