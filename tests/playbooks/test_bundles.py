"""Bundles: their entries lie under the file that uses them, and keep saying where they stand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest

from muutosturva.errors import InputError, Problem
from muutosturva.i18n import LANGUAGES, Texts
from muutosturva.playbooks.comparing.explain import explain
from muutosturva.playbooks.library import Library
from muutosturva.playbooks.loading.resolved import Resolved, from_stored
from tests.golden import assert_golden
from tests.playbooks.making import HEAD, STEP
from tests.playbooks.test_overlay import OVER

GOLDEN = Path(__file__).parent / "golden"
SECTIONS: Final = (
    "tasks", "messages", "meetings", "documents", "training", "roles", "inputs", "anchors", "waves", "phases",
)  # fmt: skip
FROM_BUNDLES: Final = {
    "tasks": ("first-contact", "staff-session", "fair"),
    "messages": ("staff-handout",),
    "meetings": ("staff-session-morning", "staff-session-evening", "staff-session-night", "fair"),
    "documents": ("handout",),
}
BUNDLE: Final = f"""\
schema: muutosturva/playbook/1
id: call
version: "2026.3"
kind: bundle
title: Soitto
expects: [one]
anchors: {{heard: {{label: Paketin päivä}}}}
phases: {{alarm: Paketin vaihe}}
roles: {{lead: {{title: Paketin vetäjä}}, caller: {{title: Soittaja}}}}
tasks:
  ring: {STEP}, due: heard + 2 d, needs: [one]}}
  note: {STEP}}}
"""
HOST: Final = (
    HEAD.replace("id: small", "id: host") + f"tasks:\n  one: {STEP}}}\n  two: {STEP}, needs: [ring]}}\n"
)


def written(folder: Path, use: str = "[call@2026.3]", bundle: str = BUNDLE, **files: str) -> Library:
    """Write ``host.yaml``, the bundle ``call`` and other files; return their library."""
    (folder / "bundles").mkdir()
    (folder / "bundles" / "call.yaml").write_text(bundle, encoding="utf-8")
    for name, text in {"host": f"{HOST}use: {use}\n", **files}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Library(shipped=folder)


def found(library: Library, name: str = "host") -> tuple[Problem, ...]:
    problems = library.read(name).errors
    for language in LANGUAGES:
        for problem in problems:
            assert Texts(language).problem(problem)
    return problems


def host(library: Library, name: str = "host") -> Resolved:
    loaded = library.read(name)
    assert loaded.resolved is not None, loaded.problems
    return loaded.resolved


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code.removeprefix("playbooks.") for problem in problems]


def test_the_entries_of_a_bundle_are_those_of_the_playbook(tmp_path: Path) -> None:
    resolved = host(written(tmp_path))
    assert list(resolved.playbook.tasks) == ["one", "two", "ring", "note"]
    assert [(used.id, used.version) for used in resolved.used] == [("call", "2026.3")]


def test_the_playbooks_own_facts_win(tmp_path: Path) -> None:
    """A bundle declares what it needs to stand alone; the playbook knows better what its dates are."""
    playbook = host(written(tmp_path)).playbook
    assert playbook.roles["lead"].title == {"fi": "Vetäjä"}
    assert playbook.phases["alarm"] == {"fi": "Hälytys"}
    assert playbook.anchors["heard"].required
    assert playbook.roles["caller"].title == {"fi": "Soittaja"}


def test_what_a_bundle_brings_points_into_the_bundles_file(tmp_path: Path) -> None:
    word = explain(host(written(tmp_path)), "tasks.ring.due").written[0]
    assert (Path(word.place.file).name, word.place.line) == ("call.yaml", 11)


def test_a_mistake_in_a_bundle_is_told_in_the_bundles_file(tmp_path: Path) -> None:
    (problem,) = found(written(tmp_path, bundle=BUNDLE.replace("heard + 2 d", "hears + 2 d")))
    assert (Path(problem.path).name, problem.line) == ("call.yaml", 11)


@pytest.mark.parametrize(
    ("after", "order"),
    [
        ("one", ["one", "ring", "note", "two"]),
        ("[two]", ["one", "two", "ring", "note"]),
        ("[alarm, one]", ["one", "ring", "note", "two"]),
    ],
)
def test_a_bundle_stands_where_the_playbook_puts_it(tmp_path: Path, after: str, order: list[str]) -> None:
    library = written(tmp_path, f"[{{bundle: call@2026.3, after: {after}}}]")
    assert list(host(library).playbook.tasks) == order


def test_an_overlay_changes_what_a_bundle_brought(tmp_path: Path) -> None:
    over = OVER.replace("extends: base", "extends: host")
    over += "tasks: {replace: {ring: {due: heard + 5 d}}, remove: {note: {reason: Ei}}}\n"
    resolved = host(written(tmp_path, over=over), "over")
    assert resolved.playbook.tasks["ring"].due == "heard + 5 d"
    files = [Path(word.place.file).name for word in explain(resolved, "ring.due").written]
    assert files == ["over.yaml", "call.yaml"]


def test_an_overlay_takes_in_a_bundle_and_its_own_facts_win(tmp_path: Path) -> None:
    over = OVER.replace("extends: base", "extends: host") + "use: [call@2026.3]\n"
    over += "roles: {add: {caller: {title: Oma soittaja}}}\ntasks: {replace: {ring: {unsure: true}}}\n"
    bare = HOST.replace(", needs: [ring]", "")
    resolved = host(written(tmp_path, "[]", over=over, host=bare), "over")
    assert resolved.playbook.roles["caller"].title == {"fi": "Oma soittaja"}
    assert resolved.playbook.tasks["ring"].unsure


def test_the_hash_covers_the_bundle(tmp_path: Path) -> None:
    """An incident pins what it was opened with: the bundle's words too."""
    library = written(tmp_path)
    before = host(library)
    (tmp_path / "bundles" / "call.yaml").write_text(BUNDLE.replace("+ 2 d", "+ 3 d"), encoding="utf-8")
    assert host(library).sha256 != before.sha256


def test_the_stored_text_stands_without_the_bundle(tmp_path: Path) -> None:
    """An incident must be readable in ten years, without the files it came from."""
    resolved = host(written(tmp_path))
    again = from_stored(resolved.text)
    assert again.playbook == resolved.playbook
    assert again.sha256 == resolved.sha256


@pytest.mark.parametrize(
    ("use", "code"),
    [
        ("[cal@2026.3]", "use_unknown"),
        ("[call@2026.4]", "use_version"),
        ("[call]", "bad_use"),
        ("[{bundle: call@2026.3, after: three}]", "use_after"),
        ("[call@2026.3, call@2026.3]", "use_twice"),
        ("[../call@2026.3]", "bad_use"),
    ],
)
def test_a_bundle_that_cannot_be_taken_in_is_told(tmp_path: Path, use: str, code: str) -> None:
    problems = found(written(tmp_path, use))
    assert code in codes(problems)
    assert all(problem.line for problem in problems)


def test_an_id_both_have_is_told_at_the_playbooks_own(tmp_path: Path) -> None:
    bundle = BUNDLE.replace("  note:", "  two:")
    (problem,) = found(written(tmp_path, bundle=bundle))
    assert codes((problem,)) == ["use_twice"]
    assert Path(problem.path).name == "host.yaml"


def test_a_task_the_bundle_counts_on_must_be_there(tmp_path: Path) -> None:
    problems = found(written(tmp_path, bundle=BUNDLE.replace("expects: [one]", "expects: [ome]")))
    (problem,) = [one for one in problems if one.code == "playbooks.use_expects"]
    assert (problem.params["task"], problem.params["nearest"]) == ("ome", "one")


def test_a_playbook_is_no_bundle(tmp_path: Path) -> None:
    assert codes(found(written(tmp_path, bundle=HOST.replace("id: host", "id: call")))) == ["use_no_bundle"]


@pytest.mark.parametrize(
    "line", ["use: [other@2026.1]", "extends: other", "suggest: level >= M", "abstract: true"]
)
def test_a_bundle_uses_extends_and_suggests_nothing(tmp_path: Path, line: str) -> None:
    assert "unknown_key" in codes(found(written(tmp_path, bundle=f"{BUNDLE}{line}\n")))


def test_nothing_extends_a_bundle(tmp_path: Path) -> None:
    over = OVER.replace("extends: base", "extends: call")
    library = written(tmp_path, over=over, call=BUNDLE)
    assert codes(found(library, "over")) == ["extends_bundle"]


def test_a_bundle_is_checked_by_itself_and_never_triggered(tmp_path: Path) -> None:
    library = written(tmp_path)
    resolved = host(library, "call")
    assert resolved.bundle
    assert resolved.playbook.abstract
    assert library.bundle_names() == ("call",)
    assert library.names() == ("host",)
    with pytest.raises(InputError) as caught:
        library.load("call")
    assert caught.value.key == "playbooks.is_bundle"


def test_the_shipped_bundles_have_no_problems() -> None:
    library = Library()
    assert set(library.bundle_names()) == {"first-contact", "job-fair", "staff-session"}
    assert {name: library.read(name).problems for name in library.bundle_names()} == dict.fromkeys(
        library.bundle_names(), ()
    )


def test_shipped_playbooks_hold_what_they_held_before_bundles_in_the_same_order() -> None:
    """Reuse must not move a step of a plan somebody already knows."""
    library = Library()
    loaded = {name: json.loads(library.load(name).text) for name in library.names()}
    order = {name: {part: list(text.get(part, {})) for part in SECTIONS} for name, text in loaded.items()}
    assert_golden(GOLDEN / "shipped_order.json", (json.dumps(order, indent=1) + "\n").encode())
    entries = {
        name: {
            part: {key: text[part][key] for key in keys if key in text[part]}
            for part, keys in FROM_BUNDLES.items()
        }
        for name, text in loaded.items()
    }
    told = json.dumps(entries, ensure_ascii=False, indent=1) + "\n"
    assert_golden(GOLDEN / "from_bundles.json", told.encode())
