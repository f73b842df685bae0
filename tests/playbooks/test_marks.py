"""``# lint: ignore CODE reason``: a problem somebody knows of and lives with, with the reason beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from muutosturva.playbooks.checks.groups import bare
from muutosturva.playbooks.checks.lint import Checked, judged
from muutosturva.playbooks.library import Library
from muutosturva.playbooks.loading.overlay import resolve
from tests.playbooks.making import HEAD, source

MESSAGE = "  a: {title: T, audience: staff, channel: mail, owner: lead}"


def _checked(text: str, head: str = HEAD) -> Checked:
    read = source(head + text)
    return judged(resolve(read, lambda _name, _file: None), read.marks, read.file)


def _codes(checked: Checked) -> list[str]:
    return [bare(problem.code) for problem in checked.problems if problem.code != "playbooks.no_tests"]


@pytest.mark.parametrize(
    "text",
    [
        f"messages:\n{MESSAGE}  # lint: ignore no_approver the union has none\n",
        f"messages:\n  # lint: ignore no_approver the union has none\n{MESSAGE}\n",
        f"messages:\n  #lint: ignore playbooks.no_approver: the union has none\n  # so it is\n{MESSAGE}\n",
    ],
    ids=["on the line", "on the line above", "above a comment"],
)
def test_a_mark_silences_its_line_and_the_reason_is_kept(text: str) -> None:
    checked = _checked(text)
    assert _codes(checked) == []
    assert [(bare(each.problem.code), each.reason) for each in checked.ignored] == [
        ("no_approver", "the union has none")
    ]


def test_marks_of_two_codes_stand_above_one_another() -> None:
    """One line may have two problems, and a comment of its own for each reads best."""
    message = MESSAGE.replace("mail", "mail, languages: []")
    text = f"""messages:
  # lint: ignore no_language spoken in every language of the house
  # lint: ignore no_approver the lead says it aloud
{message}
"""
    checked = _checked(text)
    assert _codes(checked) == []
    assert len(checked.ignored) == 2


def test_a_mark_without_a_reason_silences_nothing() -> None:
    """In ten years nobody knows why; a reason is the price of living with a problem."""
    assert _codes(_checked(f"messages:\n{MESSAGE} # lint: ignore no_approver\n")) == [
        "no_approver",
        "ignore_no_reason",
    ]


def test_a_mark_that_silences_nothing_is_told() -> None:
    """It would hide the next mistake on that line."""
    approved = MESSAGE.replace("owner: lead", "owner: lead, approvers: [lead]")
    assert _codes(_checked(f"messages:\n{approved} # lint: ignore no_approver mended long ago\n")) == [
        "ignore_idle"
    ]


def test_a_mark_of_one_code_leaves_the_others_on_its_line() -> None:
    message = MESSAGE.replace("mail", "mail, languages: []")
    assert _codes(_checked(f"messages:\n{message} # lint: ignore no_approver none needed\n")) == [
        "no_language"
    ]


@pytest.mark.parametrize("code", ["", "no_aprover", "ingore"])
def test_a_mark_that_names_no_known_code_is_told(code: str) -> None:
    assert _codes(_checked(f"messages:\n{MESSAGE} # lint: ignore {code}\n")) == [
        "no_approver",
        "ignore_unknown",
    ]


def test_what_the_plan_is_built_on_cannot_be_silenced() -> None:
    """A role that does not exist is no matter of taste."""
    message = MESSAGE.replace("owner: lead", "owner: leed, approvers: [lead]")
    assert _codes(_checked(f"messages:\n{message} # lint: ignore unknown_role we like it so\n")) == [
        "unknown_role",
        "ignore_firm",
    ]


def test_a_syntax_error_cannot_be_silenced_and_no_mark_is_called_idle_then() -> None:
    """Where nothing could be read, no check has looked for what the other marks wait for."""
    text = f"messages:\n{MESSAGE} # lint: ignore no_approver none\ntitel: x # lint: ignore unknown_key so\n"
    assert _codes(_checked(text)) == ["unknown_key", "ignore_firm"]


@pytest.mark.parametrize(
    "title",
    [
        '"see # lint: ignore no_approver in a text"',
        "'see # lint: ignore no_approver in a text'",
        "|\n      see\n      # lint: ignore no_approver in a text",
    ],
)
def test_what_stands_in_a_text_is_no_mark(title: str) -> None:
    text = f"messages:\n  a:\n    title: {title}\n    audience: staff\n    channel: mail\n    owner: lead\n"
    assert _codes(_checked(text)) == ["no_approver"]


def test_a_mark_in_a_base_silences_what_the_base_says_and_is_not_judged_above_it(tmp_path: Path) -> None:
    """Who lays an overlay over a base answers for the overlay."""
    base = (
        HEAD.replace("id: small", "id: base") + f"messages:\n{MESSAGE} # lint: ignore no_approver so be it\n"
    )
    (tmp_path / "base.yaml").write_text(base, encoding="utf-8")
    over = 'schema: muutosturva/playbook/1\nid: over\nversion: "2026.1"\nextends: base\ntitle: Y\n'
    (tmp_path / "over.yaml").write_text(over, encoding="utf-8")
    mending = "messages:\n  replace:\n    a: {approvers: [lead]}\n"
    (tmp_path / "mended.yaml").write_text(over.replace("over", "mended") + mending, encoding="utf-8")
    library = Library(shipped=tmp_path)

    over_base = library.read("over")
    assert _codes(over_base) == []
    assert [each.reason for each in over_base.ignored] == ["so be it"]
    assert _codes(library.read("mended")) == []


def test_a_mark_in_a_bundle_silences_what_the_bundle_brings(tmp_path: Path) -> None:
    """Whoever wrote the bundle knows why; its users need not say it again, nor can they."""
    bundle = HEAD.replace("id: small", "id: call").replace("kind: incident", "kind: bundle")
    bundle = "".join(line for line in bundle.splitlines(keepends=True) if "suggest" not in line)
    bundle += f"messages:\n{MESSAGE} # lint: ignore no_approver so be it\n"
    (tmp_path / "bundles").mkdir()
    (tmp_path / "bundles" / "call.yaml").write_text(bundle, encoding="utf-8")
    host = HEAD.replace("id: small", "id: host") + "use: [call@2026.1]\n"
    (tmp_path / "host.yaml").write_text(host, encoding="utf-8")
    (tmp_path / "over.yaml").write_text(
        'schema: muutosturva/playbook/1\nid: over\nversion: "2026.1"\nextends: host\ntitle: Y\n',
        encoding="utf-8",
    )
    library = Library(shipped=tmp_path)

    for name in ("call", "host", "over"):
        checked = library.read(name)
        assert "no_approver" not in _codes(checked)
        assert [each.reason for each in checked.ignored if each.problem.code == "playbooks.no_approver"] == [
            "so be it"
        ]
