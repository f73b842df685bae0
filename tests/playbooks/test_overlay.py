"""Overlays: by id, never by place; every value remembers who wrote it."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from muutosturva.errors import InputError
from muutosturva.playbooks.checks.lint import check
from muutosturva.playbooks.comparing.describe import describe
from muutosturva.playbooks.library import Library
from muutosturva.playbooks.loading.resolved import Resolved, from_stored
from tests.playbooks.making import HEAD, STEP

BASE = HEAD.replace("id: small", "id: base").replace("kind: incident", "kind: incident\nabstract: true") + (
    f"tasks:\n  one: {STEP}, due: heard + 1 d, checklist: [Eka, Toka]}}\n"
    f"  two: {STEP}, needs: [one], law: [55/2001], statutory: {{rule: earliest_end}}}}\n"
)
OVER = dedent("""\
    schema: muutosturva/playbook/1
    id: over
    version: "2026.2"
    extends: base
    title: Päällys
    """)


def resolve(folder: Path, body: str, **files: str) -> Resolved:
    """Write ``base.yaml``, ``over.yaml`` and others, and load ``over``."""
    for name, text in {"base": BASE, "over": OVER + dedent(body), **files}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Library(shipped=folder).load("over")


def test_maps_are_merged_and_everything_else_is_replaced(tmp_path: Path) -> None:
    """A list is replaced whole: places in lists shift, ids do not."""
    over = resolve(
        tmp_path, "tasks: {replace: {one: {due: heard + 2 d, raci: {c: [lead]}, checklist: [Vain]}}}"
    )
    one = over.playbook.tasks["one"]
    assert one.due == "heard + 2 d"
    assert (one.raci.r, one.raci.a, one.raci.c) == (("lead",), "lead", ("lead",))
    assert [dict(point) for point in one.checklist] == [{"fi": "Vain"}]


def test_null_takes_a_key_out(tmp_path: Path) -> None:
    over = resolve(tmp_path, "tasks: {replace: {two: {statutory: null, due: heard}}}")
    assert over.playbook.tasks["two"].statutory is None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("two: {statutory: null}", ["two"]),
        ("two: {statutory: null, law: null}", ["two"]),
        ("three: {law: null}", ["three"]),
        ("two: {due: heard}", []),
        ("one: {due: null}", []),
    ],
)
def test_a_step_cut_loose_from_the_law_is_told_where_it_is_done(
    tmp_path: Path, change: str, told: list[str]
) -> None:
    """It is a removed statutory step in all but name: the plan would give it no day of the law."""
    base = BASE + f"  three: {STEP}, law: [55/2001]}}\n"
    resolved = resolve(tmp_path, f"tasks: {{replace: {{{change}}}}}\n", base=base)
    found = [problem for problem in check(resolved) if problem.code == "playbooks.statutory_unset"]
    assert [problem.params["step"] for problem in found] == told
    assert {Path(problem.path).name for problem in found} <= {"over.yaml"}
    assert all(problem.params["law"] == ("55/2001",) for problem in found)


def test_a_rule_given_anew_above_is_not_missed(tmp_path: Path) -> None:
    top = OVER.replace("id: over", "id: top").replace("extends: base", "extends: over")
    top += "tasks: {replace: {two: {statutory: {rule: earliest_end}}}}\n"
    resolve(tmp_path, "tasks: {replace: {two: {statutory: null}}}", top=top)
    resolved = Library(shipped=tmp_path).load("top")
    assert "playbooks.statutory_unset" not in {problem.code for problem in check(resolved)}


def test_added_items_come_after_those_of_the_base(tmp_path: Path) -> None:
    over = resolve(tmp_path, f"tasks: {{add: {{three: {STEP}}}}}}}")
    assert list(over.playbook.tasks) == ["one", "two", "three"]


def test_what_is_removed_is_remembered_with_its_reason(tmp_path: Path) -> None:
    """A statutory step taken out must show in every list of the playbook."""
    over = resolve(tmp_path, "tasks: {remove: {two: {reason: Ei koske}}}")
    assert list(over.playbook.tasks) == ["one"]
    (removed,) = over.removed
    assert (removed.id, removed.reason, removed.law) == ("two", {"fi": "Ei koske"}, ("55/2001",))
    assert describe(over).removed_statutory == ("two",)


def test_a_need_of_what_was_removed_is_no_mistake(tmp_path: Path) -> None:
    """The overlay need not rewrite every task that waited for it."""
    over = resolve(tmp_path, "tasks: {remove: {one: {reason: Ei koske}}}")
    assert over.playbook.tasks["two"].needs == ("one",)


def test_each_value_points_at_the_layer_that_wrote_it(tmp_path: Path) -> None:
    over = resolve(tmp_path, "tasks: {replace: {one: {due: heard + 2 d}}}")
    assert Path(over.place(("tasks", "one", "due")).file).name == "over.yaml"
    assert Path(over.place(("tasks", "one", "title")).file).name == "base.yaml"
    assert [Path(layer).name for layer in over.layers] == ["over.yaml", "base.yaml"]


def test_a_layer_does_not_inherit_what_belongs_to_the_base_alone(tmp_path: Path) -> None:
    """An overlay of an abstract base can be triggered, and is not held to the base's tests."""
    over = resolve(tmp_path, "")
    assert not over.playbook.abstract
    assert over.playbook.tests == ()
    assert (over.playbook.id, over.playbook.version, over.playbook.kind) == ("over", "2026.2", "incident")


def test_three_layers_and_no_more(tmp_path: Path) -> None:
    layers = {
        name: OVER.replace("id: over", f"id: {name}").replace("extends: base", f"extends: {below}")
        for name, below in (("mid", "base"), ("over", "mid"), ("top", "over"))
    }
    resolve(tmp_path, "", **layers)
    assert Library(shipped=tmp_path).load("over").layers
    (problem,) = Library(shipped=tmp_path).read("top").problems
    assert problem.code == "playbooks.extends_depth"


def test_a_circle_of_extends_is_refused(tmp_path: Path) -> None:
    circle = OVER.replace("id: over", "id: base").replace("extends: base", "extends: over")
    with pytest.raises(InputError) as caught:
        resolve(tmp_path, "", base=circle)
    assert [problem.code for problem in caught.value.problems] == ["playbooks.extends_cycle"]


def test_the_stored_text_gives_the_same_playbook_and_hash(tmp_path: Path) -> None:
    """An incident must be readable in ten years, without the files it came from."""
    over = resolve(tmp_path, "tasks: {replace: {one: {due: heard + 2 d}}}")
    again = from_stored(over.text)
    assert again.playbook == over.playbook
    assert again.sha256 == over.sha256
    assert again.text == over.text


def test_the_hash_does_not_hang_on_comments_and_layout(tmp_path: Path) -> None:
    plain = resolve(tmp_path, "roles: {replace: {lead: {count: 2}}}")
    spread = resolve(tmp_path, "# a remark\nroles:\n  replace:\n    lead:\n      count: 2\n")
    assert plain.sha256 == spread.sha256
    assert resolve(tmp_path, "roles: {replace: {lead: {count: 3}}}").sha256 != plain.sha256


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "muutosturva/playbook/9"}', "{" * 100_000])
def test_a_stored_text_of_another_kind_is_refused_with_words(text: str) -> None:
    with pytest.raises(InputError) as caught:
        from_stored(text)
    assert caught.value.key == "playbooks.stored_unreadable"


def test_odd_characters_survive_storing(tmp_path: Path) -> None:
    """Line separators and delete characters are legal in a text and must not change the hash."""
    over = resolve(tmp_path, 'tasks: {replace: {one: {title: "a\\u2028b\\x7f\\x85c"}}}')
    assert from_stored(over.text).sha256 == over.sha256


@pytest.mark.parametrize(("law", "told"), [(", law: [55/2001]", False), ("", True)])
def test_a_statutory_step_that_another_carries_on_by_law_was_not_taken_out(
    tmp_path: Path, law: str, *, told: bool
) -> None:
    """A new name is no removal; a successor that no longer rests on the law is one."""
    over = resolve(
        tmp_path,
        f"""\
        tasks:
          add: {{newer: {STEP}, due: heard + 3 d, renamed_from: two{law}}}}}
          remove: {{two: {{reason: Uusi nimi}}}}
        """,
    )
    codes = {problem.code for problem in check(over)}
    assert ("playbooks.statutory_removed" in codes) is told
