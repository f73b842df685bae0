"""The difference of two plans as a table, as Markdown and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from muutosturva.cli import words
from muutosturva.cli.incident_pages import columns
from muutosturva.cli.tables import TIED

if TYPE_CHECKING:
    from muutosturva.cli.stable import Document
    from muutosturva.cli.state import State
    from muutosturva.playbooks.comparing.plan_difference import Act, Difference, When
    from muutosturva.playbooks.plan import Plan

SIGNS: Final[Mapping[Act, str]] = {"added": "+", "gone": "-", "moved": "→", "changed": "~"}


def show(state: State, plan: Plan, other: Plan, form: str) -> None:
    """Print what differs from a plan to the one it is compared with."""
    from muutosturva.playbooks.comparing.plan_difference import plan_difference

    found = plan_difference(plan, other)
    document = _document(state, plan, other, found)
    if form == "json":
        state.out.document(document)
        return
    lines = _markdown if form == "md" else _table
    state.out.show(document, lines(state, plan, other, found))


def _document(state: State, plan: Plan, other: Plan, found: Sequence[Difference]) -> Document:
    return {
        "from": _named(plan),
        "to": _named(other),
        "differences": [
            {
                "section": line.section,
                "id": line.key,
                "act": line.act,
                "title": state.texts.pick(line.title),
                "old": _iso(line.old),
                "new": _iso(line.new),
                "changes": list(line.keys),
                "statutory": line.by_law,
            }
            for line in found
        ],
    }


def _named(plan: Plan) -> Document:
    return {"id": plan.playbook_id, "version": plan.playbook_version, "sha256": plan.playbook_sha256}


def _iso(when: When | None) -> str | None:
    if when is None or when.day is None:
        return None
    return when.day.isoformat() if when.at is None else f"{when.day.isoformat()}T{when.at:%H:%M}"


def _heading(state: State, plan: Plan, other: Plan, found: Sequence[Difference]) -> list[str]:
    names = [
        f"{state.texts.pick(one.playbook_title)} ({one.playbook_id} {one.playbook_version})"
        for one in (plan, other)
    ]
    told = state.texts("cli.against.counts", **_counts(found)) if found else state.texts("cli.against.same")
    return [f"{names[0]} → {names[1]}", told]


def _counts(found: Sequence[Difference]) -> dict[str, int]:
    acts = [line.act for line in found]
    return {str(act): acts.count(act) for act in SIGNS}


def _sections(found: Sequence[Difference]) -> Iterator[tuple[str, list[Difference]]]:
    for section, lines in groupby(found, key=lambda line: line.section):
        yield section, list(lines)


def _rows(state: State, lines: Sequence[Difference]) -> list[tuple[str, ...]]:
    return [
        (
            SIGNS[line.act],
            line.key,
            _shown(state, line.old),
            _shown(state, line.new),
            _title(state, line),
        )
        for line in lines
    ]


def _title(state: State, line: Difference) -> str:
    texts = state.texts
    title = " ".join([texts.pick(line.title), *([words.SECTION] if line.by_law else [])])
    if not line.keys:
        return title
    names = [texts(f"cli.against.key.{key}") for key in line.keys]
    return f"{title} ({texts('cli.against.also', names=names)})"


def _shown(state: State, when: When | None) -> str:
    if when is None:
        return "–"
    if when.day is None:
        return state.texts("common.unknown")
    day = state.texts.day(when.day)
    at = "" if when.at is None else f" {state.texts.clock_time(when.at)}"
    return f"{day}{at}".replace(" ", TIED)


def _table(state: State, plan: Plan, other: Plan, found: Sequence[Difference]) -> list[str]:
    lines = [line for told in _heading(state, plan, other, found) for line in state.out.wrapped(told)]
    for section, part in _sections(found):
        lines += ["", state.texts(f"cli.against.part.{section}")]
        names = ("sign", "~entry", "here", "there", "_title")
        lines += state.out.table(columns(state, *names), _rows(state, part))
    return lines


def _markdown(state: State, plan: Plan, other: Plan, found: Sequence[Difference]) -> list[str]:
    from muutosturva.cli.plan_pages import markdown_table

    heading, told = _heading(state, plan, other, found)
    lines = [f"# {heading}", "", told]
    for section, part in _sections(found):
        lines += ["", f"## {state.texts(f'cli.against.part.{section}')}", ""]
        lines += markdown_table(state, ("sign", "entry", "here", "there", "title"), _rows(state, part))
    return lines
