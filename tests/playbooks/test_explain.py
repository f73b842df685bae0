"""Where a value comes from: each layer that wrote it, topmost first, however the place was typed."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from muutosturva.errors import NotFoundError
from muutosturva.playbooks.comparing.explain import Explained, explain
from muutosturva.playbooks.library import Library
from muutosturva.playbooks.loading.resolved import Resolved
from tests.playbooks.test_overlay import BASE, OVER

MID = OVER.replace("id: over", "id: mid") + dedent("""\
    tasks:
      replace:
        one: {due: heard + 2 d, raci: {c: lead}}
      remove:
        two: {reason: Ei koske}
    roles: {replace: {lead: {count: 2}}}
    """)
TOP = OVER.replace("id: over", "id: top").replace("extends: base", "extends: mid") + dedent("""\
    tasks: {replace: {one: {due: heard + 3 d, checklist: null}}}
    """)


@pytest.fixture(scope="module")
def top(tmp_path_factory: pytest.TempPathFactory) -> Resolved:
    """Return three layers, one over the other."""
    folder = tmp_path_factory.mktemp("layers")
    for name, text in {"base": BASE, "mid": MID, "top": TOP}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    loaded = Library(shipped=folder).read("top")
    assert loaded.resolved is not None, loaded.problems
    return loaded.resolved


def layers(found: Explained) -> list[tuple[str, object]]:
    return [(Path(word.place.file).stem, word.value) for word in found.written]


def test_every_layer_that_wrote_a_value_is_told_topmost_first(top: Resolved) -> None:
    found = explain(top, "tasks.one.due")
    assert layers(found) == [("top", "heard + 3 d"), ("mid", "heard + 2 d"), ("base", "heard + 1 d")]
    assert [word.place.line for word in found.written] == [
        6,
        8,
        1 + next(at for at, line in enumerate(BASE.splitlines()) if "heard + 1 d" in line),
    ]


def test_what_one_layer_alone_wrote_has_nothing_beneath(top: Resolved) -> None:
    assert layers(explain(top, "tasks.one.phase")) == [("base", "alarm")]


def test_a_key_taken_out_tells_who_took_it_and_what_it_held(top: Resolved) -> None:
    found = explain(top, "tasks.one.checklist")
    assert [word.removed for word in found.written] == [True, False]
    assert layers(found)[1] == ("base", ["Eka", "Toka"])


def test_an_entry_taken_out_tells_the_reason(top: Resolved) -> None:
    removal = explain(top, "tasks.two").written[0]
    assert (Path(removal.place.file).stem, removal.removed, removal.reason) == (
        "mid",
        True,
        {"fi": "Ei koske"},
    )


def test_an_inner_value_of_an_entry_taken_out_is_still_found(top: Resolved) -> None:
    """Who asks why a task is missing may ask for its due day."""
    assert layers(explain(top, "tasks.two.needs")) == [("base", ["one"])]


def test_what_nobody_wrote_tells_what_holds(top: Resolved) -> None:
    found = explain(top, "tasks.one.roll")
    assert (found.written, found.default, found.exact) == ((), "none", True)


def test_an_entry_lists_its_keys_each_with_its_layers(top: Resolved) -> None:
    found = explain(top, "tasks.one")
    parts = {
        ".".join(map(str, part.path[2:])): [Path(word.place.file).stem for word in part.written]
        for part in found.parts
    }
    assert parts == {
        "title": ["base"],
        "phase": ["base"],
        "raci.r": ["base"],
        "raci.a": ["base"],
        "raci.c": ["mid"],
        "due": ["top", "mid", "base"],
        "checklist": ["top", "base"],
    }


def test_a_section_lists_its_entries_with_the_layers_that_touch_them(top: Resolved) -> None:
    parts = {
        part.path[1]: [Path(word.place.file).stem for word in part.written]
        for part in explain(top, "tasks").parts
    }
    assert parts == {"one": ["top", "mid", "base"], "two": ["mid", "base"]}


@pytest.mark.parametrize(("language", "layer"), [("fi", "base"), ("sv", "over")])
def test_a_text_is_told_in_the_readers_language(tmp_path: Path, language: str, layer: str) -> None:
    """An overlay may mend one language alone: who wrote the words hangs on who reads them."""
    base = BASE.replace("{alarm: Hälytys}", "{alarm: {fi: Hälytys, sv: Alarm}}")
    over = OVER + "phases: {replace: {alarm: {sv: Larm}}}\n"
    for name, text in {"base": base, "over": over}.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    resolved = Library(shipped=tmp_path).read("over").resolved
    assert resolved is not None
    (first, *beneath) = explain(resolved, "phases.alarm", language).written
    assert Path(first.place.file).stem == layer
    assert [word.value for word in beneath] == (["Alarm"] if layer == "over" else [])


@pytest.mark.parametrize(
    ("typed", "path", "exact"),
    [
        ("one.due", ("tasks", "one", "due"), True),
        ("tasks.one.checklist.2", None, False),
        ("taks.one.due", ("tasks", "one", "due"), False),
        ("tasks.one.dues", ("tasks", "one", "due"), False),
        ("roles.leed.count", ("roles", "lead", "count"), False),
        ("leed", ("roles", "lead"), False),
        ("tasks.one.needs", ("tasks", "one", "needs"), True),
    ],
)
def test_a_path_is_found_by_its_nearest_spelling(
    top: Resolved, typed: str, path: tuple[str, ...] | None, *, exact: bool
) -> None:
    """People remember roughly what a key is called, and leave out the section."""
    if path is None:
        with pytest.raises(NotFoundError):
            explain(top, typed)
        return
    found = explain(top, typed)
    assert (found.path, found.exact) == (path, exact)


@pytest.mark.parametrize("typed", ["", ".", "xyzzy", "tasks.one.xyzzy"])
def test_a_path_near_nothing_is_not_found(top: Resolved, typed: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        explain(top, typed)
    assert caught.value.key == "playbooks.no_such_key"


def test_a_code_names_a_task_and_a_list_is_counted_from_one() -> None:
    """The instructions on the wall speak of B1; nobody counts from nought."""
    resolved = Library().load("small-layoff")
    assert explain(resolved, "b1.due").path == ("tasks", "log-news", "due")
    assert explain(resolved, "tasks.log-news.checklist.1").path == ("tasks", "log-news", "checklist", 0)
