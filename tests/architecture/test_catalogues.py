"""Every word a person sees stands in three languages, and every text asked for is there."""

from __future__ import annotations

import re

import pytest

from muutosturva.i18n import DEFAULT_LANGUAGE, LANGUAGES, Language, catalogue
from tests.architecture.source import PACKAGE, ROOT, listed, shown, tracked
from tests.architecture.words import entry, foreign_letters, named, placeholders, template_uses, uses

KEYS = sorted(catalogue(DEFAULT_LANGUAGE))
OTHERS = [language for language in LANGUAGES if language != DEFAULT_LANGUAGE]


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_the_keys_of_finnish_and_no_others(language: Language) -> None:
    theirs = set(catalogue(language))
    differing = [
        *(f"lacks {key}" for key in set(KEYS) - theirs),
        *(f"adds {key}" for key in theirs - set(KEYS)),
    ]
    assert not differing, listed(sorted(differing))


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_fields_and_number_forms_of_its_original(language: Language) -> None:
    """A forgotten field loses a number or a name; a misspelt one ends the program."""
    both = [key for key in KEYS if key in catalogue(language)]
    wrong = [key for key in both if placeholders(entry("fi", key)) != placeholders(entry(language, key))]
    assert not wrong, listed(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty(language: Language) -> None:
    empty = [
        key
        for key, text in catalogue(language).items()
        if not all(form.strip() for form in ([text] if isinstance(text, str) else text.values()))
    ]
    assert not empty, listed(empty)


def test_every_text_the_code_asks_for_exists() -> None:
    missing = [
        f"{use.where} {use.pattern}"
        for use in (*uses(), *template_uses())
        if not any(re.fullmatch(use.pattern, key) for key in KEYS)
    ]
    assert not missing, listed(missing)


def test_every_text_is_given_the_fields_it_names() -> None:
    """Only where the code writes out both; what is put together is tried by its room's tests."""
    known = {re.escape(key): key for key in KEYS}
    asked = [(use, known[use.pattern]) for use in uses() if use.pattern in known and use.given is not None]
    lacking = [
        f"{use.where} {key}: {sorted(missing)}"
        for use, key in asked
        if (missing := placeholders(entry("fi", key)) - (use.given or frozenset()))
    ]
    assert asked
    assert not lacking, listed(lacking)


def test_no_text_stands_unused() -> None:
    """A text nobody shows is translated three times for nothing."""
    found = [key for key in KEYS if not named(key)]
    assert not found, listed(found)


def test_no_finnish_or_swedish_word_stands_in_code() -> None:
    """Words belong to the catalogues, the playbooks and the data."""
    found = foreign_letters("åäöÅÄÖ")
    assert not found, listed(found)


def test_no_finnish_or_swedish_word_stands_in_a_template() -> None:
    templates = [path for path in tracked() if path.suffix == ".j2" and PACKAGE in path.parents]
    found = [shown(path) for path in templates if re.search("[åäöÅÄÖ]", path.read_text("utf-8"))]
    assert not found, listed(found)


def test_each_catalogue_belongs_to_a_room() -> None:
    """A key's first part is the room's name; ``common`` and ``words`` (names of states) are shared."""
    files = [path for path in tracked() if path.parent.parent == PACKAGE / "locale"]
    rooms = {path.stem for path in PACKAGE.iterdir()} | {"common", "words"}
    found = [shown(path) for path in files if path.stem not in rooms]
    assert not found, listed(found)
    assert len(files) % len(LANGUAGES) == 0, f"a room's file is missing in one language, see {ROOT}"
