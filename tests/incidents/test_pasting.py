"""Lines copied from other programs, and tasks added from them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muutosturva.errors import InputError, RefusedError
from muutosturva.incidents import service
from muutosturva.incidents.reading import queries
from muutosturva.incidents.typed.pasting import NewTask, pasted, step_of
from muutosturva.models.states import Origin
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_B, WHO

DAY = dt.date(2027, 3, 5)
HEADINGS = ("Tehtävä", "Uppgift", "Task")


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("Tilaa kahvit", NewTask("Tilaa kahvit", path="1")),
        ("Tilaa kahvit\t5.3.2027\tElli", NewTask("Tilaa kahvit", DAY, "Elli", path="1")),
        ("Tilaa kahvit;Elli;2027-03-05", NewTask("Tilaa kahvit", DAY, "Elli", path="1")),
        ("•\tTilaa kahvit\tpe 5.3.2027", NewTask("Tilaa kahvit", DAY, path="1")),
        ("  - 1) Tilaa kahvit", NewTask("Tilaa kahvit", path="1")),
        ("☐ Tilaa kahvit ;; ;5.3.2027 0:00:00", NewTask("Tilaa kahvit", DAY, path="1")),
        ('"Tilaa\nkahvit"\t5.3.2027', NewTask("Tilaa kahvit", DAY, path="2")),
        ("o\tTilaa kahvit", NewTask("Tilaa kahvit", path="1")),
        ("Soita – heti", NewTask("Soita – heti", path="1")),
        ("2 bussia Lahteen", NewTask("2 bussia Lahteen", path="1")),
        ("Palaveri klo 14, sali 3", NewTask("Palaveri klo 14, sali 3", path="1")),
        ("=1+1\t5.3.2027", NewTask("=1+1", DAY, path="1")),
    ],
)
def test_a_line_is_a_task_however_it_was_copied(text: str, task: NewTask) -> None:
    assert pasted(text) == ((task,), ())


def test_a_heading_and_empty_lines_are_passed_over() -> None:
    tasks, problems = pasted("\r\ntehtävä\tMääräpäivä\r\n\r\nA\t5.3.2027\r\n\t\r\nB\r\n", HEADINGS)

    assert [(task.title, task.path) for task in tasks] == [("A", "4"), ("B", "6")]
    assert not problems


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("A;31.2.2027", "incidents.line_date"),
        ("A;1.3.", "incidents.line_date"),
        ("A;1.3.2027;2.3.2027", "incidents.line_date"),
        ("A;Elli;Matti", "incidents.line_columns"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_its_number(text: str, code: str) -> None:
    tasks, problems = pasted(f"Hyvä\n{text}")

    assert [task.title for task in tasks] == ["Hyvä"]
    assert [(problem.code, problem.path) for problem in problems] == [(code, "2")]


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    tasks, problems = pasted(text)

    assert len(tasks) + len(problems) <= text.count("\n") + text.count("\r") + 1


@pytest.mark.parametrize(
    ("title", "step"),
    [("Äänitä tiedote!", "aanita-tiedote"), ("  ÅÄÖ 2 ", "aao-2"), ("???", "oma"), ("x" * 60, "x" * 40)],
)
def test_an_id_is_made_from_the_title(title: str, step: str) -> None:
    assert step_of(title, ()) == step


def test_the_same_title_again_gets_a_number() -> None:
    assert step_of("Soita", {"soita", "soita-2"}) == "soita-3"


def test_pasted_tasks_are_added_in_one_act(opened_store: Store) -> None:
    items, _ = pasted("Tilaa kahvit\t5.3.2027\tEsimerkki Elli\nTilaa kahvit\n")
    done = service.add_tasks(opened_store, FIRM_A, items, **WHO)

    assert [(task.key, task.due_on, task.origin) for task in done] == [
        ("tilaa-kahvit", DAY, Origin.ADDED),
        ("tilaa-kahvit-2", None, Origin.ADDED),
    ]
    assert (done[0].person, done[0].assigned) == ("Esimerkki Elli", True)
    with opened_store.reading() as session:
        entry = queries.log_entries(session, FIRM_A, limit=1)[0]
    assert entry.kind == "incidents.tasks_added"
    assert entry.payload is not None
    assert [task["title"] for task in entry.payload["tasks"]] == ["Tilaa kahvit", "Tilaa kahvit"]


def test_the_preview_shows_the_same_and_saves_nothing(opened_store: Store) -> None:
    with opened_store.reading() as session:
        before = len(queries.tasks(session, FIRM_A))
    shown = service.preview_tasks(opened_store, FIRM_A, [NewTask("Tilaa kahvit", DAY, "secretary")])
    with opened_store.reading() as session:
        assert len(queries.tasks(session, FIRM_A)) == before
    done = service.add_tasks(opened_store, FIRM_A, [NewTask("Tilaa kahvit", DAY, "secretary")], **WHO)

    assert [(item.item.step, item.role) for item in shown] == [(task.key, task.role) for task in done]


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_lines(opened_store: Store) -> None:
    items, problems = pasted("A;Eli Esimerkki\n;1.3.2027\nB;31.2.2027\nC\n")
    with pytest.raises(InputError) as caught:
        service.add_tasks(opened_store, FIRM_A, items, problems, **WHO)

    assert [(problem.path, problem.code) for problem in caught.value.problems] == [
        ("1", "incidents.who_unknown"),
        ("2", "incidents.title_missing"),
        ("3", "incidents.line_date"),
    ]
    with opened_store.reading() as session:
        assert "c" not in {task.key for task in queries.tasks(session, FIRM_A)}


def test_nothing_to_add_is_told(opened_store: Store) -> None:
    with pytest.raises(InputError) as caught:
        service.add_tasks(opened_store, FIRM_A, (), **WHO)

    assert [problem.code for problem in caught.value.problems] == ["incidents.nothing_to_add"]


def test_a_situation_has_no_tasks_of_its_own(opened_store: Store) -> None:
    service.group_incidents(opened_store, "LAHTI-2027-90", [FIRM_A, FIRM_B], title="Kevät", **WHO)

    with pytest.raises(RefusedError):
        service.add_tasks(opened_store, "LAHTI-2027-90", [NewTask("A")], **WHO)


def test_one_task_needs_only_its_title(opened_store: Store) -> None:
    added = service.add_task(opened_store, FIRM_A, "", title="Varaa bussi", role="", due=None, **WHO)

    assert (added.key, added.role) == ("varaa-bussi", "lead")
