"""What people read has no names of the program in it: ids are told by what they stand for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from muutosturva.coordination.sheets import TABLES, tables_of
from muutosturva.i18n import LANGUAGES, Language, Texts
from muutosturva.incidents.reading import queries
from muutosturva.store.store import Store
from tests.cli.conftest import Program
from tests.support.incidents import FIRM_A

NAMES_A_ROW = {
    "tasks": ("key", "version"),
    **dict.fromkeys(("messages", "meetings", "documents"), ("item",)),
}
"""Columns whose heading says that they are for the program."""


QUESTIONS = {"headcount", "employer_size", "dismissals"}


def ids_of(path: Path) -> set[str]:
    """Return the ids of tasks, roles, questions and channels that have words of their own."""
    with Store.open(str(path)).reading() as session:
        view = queries.incident_view(session, FIRM_A)
        tasks = {task.key for task in queries.tasks(session, FIRM_A)}
        channels = {message.channel for message in queries.messages(session, FIRM_A)}
    roles, asked = {role.role for role in view.roles}, {question.name for question in view.questions}
    return tasks | roles | asked | channels


def raw(text: str, ids: set[str], language: Language) -> set[str]:
    """Return the ids that stand in a text; some of them are words of English."""
    words = set(re.findall(r"[\w\[\]-]+", text)) & ids - {"media"}
    return {word for word in words if language != "en" or re.search(r"[_\[-]", word)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refused_answer_names_its_question(opened: Program, language: Language) -> None:
    for asked in QUESTIONS:
        told = opened(
            "--lang", language, "incident", "amend", FIRM_A, "--input", f"{asked}=monta", "--reason", "x"
        )
        assert told.code == 2
        assert not raw(told.err, QUESTIONS, language), told.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_an_undo_puts_back_is_named_by_its_titles(opened: Program, language: Language) -> None:
    assert opened.store is not None
    assert opened("task", "done", FIRM_A, "log-news").code == 0
    told = opened("--lang", language, "incident", "undo", FIRM_A, "--preview")

    assert told.code == 0
    assert not raw(told.out, ids_of(opened.store), language), told.out


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_access_list_names_roles_by_their_titles(opened: Program, language: Language) -> None:
    assert opened.store is not None
    assert opened("incident", "secrecy", FIRM_A, "restricted", "--reason", "Tiedote huomenna").code == 0
    told = opened("--lang", language, "incident", "access", FIRM_A)

    assert told.code == 0
    assert not raw(told.out, ids_of(opened.store), language), told.out


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_speak_in_words(opened: Program, language: Language) -> None:
    """Excel showed "group", "partners" and "mail" to people who work in Finnish."""
    assert opened.store is not None
    ids = ids_of(opened.store)
    assert opened("task", "done", FIRM_A, "log-news").code == 0
    with Store.open(str(opened.store)).reading() as session:
        tables = tables_of(session, FIRM_A, Texts(language), TABLES)
    found = {
        (table.key, column.key, cell)
        for table in tables
        for row in table.rows
        for column, cell in zip(table.columns, row, strict=True)
        if isinstance(cell, str)
        and column.key not in NAMES_A_ROW.get(table.key, ())
        and raw(cell, ids, language)
    }

    assert not found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_label_and_a_note_have_a_word_each(language: Language) -> None:
    """In Finnish both were "merkintä", so a remark typed into the sheet became the label of a task."""
    texts = Texts(language)
    label, note = (texts(key).casefold() for key in ("incidents.sheet.label", "incidents.event.noted"))

    assert label not in note
    assert note not in label.split()
    assert texts("tui.dialog.label.label").casefold() == label


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_log_names_by_their_titles_also_the_tasks_that_an_undoing_took_away(
    opened: Program, language: Language
) -> None:
    """A wave put in by mistake and undone left "mt55-reminder-30[w2]" in the story."""
    days = ("--count", "90", "--notice", "12.5.2027", "--end", "30.7.2027", "--reason", "Kirjaus")
    assert opened("incident", "wave", FIRM_A, "w2", *days).code == 0
    assert opened("incident", "undo", FIRM_A).code == 0
    told = opened("--lang", language, "incident", "log", FIRM_A)

    assert told.code == 0
    assert not re.findall(r"[\w-]+\[\w+\]", told.out), told.out
