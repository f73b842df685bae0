"""``playbook``: look at the ready-made plans, try them, check them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from muutosturva.cli import against_pages, stable, words
from muutosturva.cli.framework import Group, argument, option
from muutosturva.cli.incident_pages import columns, warning_lines
from muutosturva.cli.plan_gantt import gantt_lines
from muutosturva.cli.plan_pages import markdown_lines, plan_lines
from muutosturva.cli.playbook_list import list_command, summary_document
from muutosturva.cli.state import State
from muutosturva.cli.triggering import TRIGGER_OPTIONS, Typed, other_plan_of, preview_of, with_options
from muutosturva.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from muutosturva.playbooks.language.schema import Anchor
    from muutosturva.playbooks.loading.resolved import Resolved

FORMATS: Final = ("table", "json", "md", "gantt")
LINT_FORMATS: Final = ("text", "json")


@click.group("playbook", cls=Group)
def playbook() -> None:
    """Work with playbooks."""


playbook.add_command(list_command)


@playbook.command("show")
@argument("name", text="playbook")
@click.pass_obj
def show_command(state: State, name: str) -> None:
    """Show what a playbook asks and what it holds."""
    from muutosturva.coordination.shelf import at_hand
    from muutosturva.playbooks.comparing.describe import describe

    texts = state.texts
    resolved = at_hand().load(name, bundles=True)
    found, summary = resolved.playbook, describe(resolved)
    inputs = [
        (item, asked.type, texts("common.yes") if asked.required else "", texts.pick(asked.label))
        for item, asked in found.inputs.items()
    ]
    anchors = [
        (
            item,
            asked.estimate or _computed(state, asked),
            texts("common.yes") if asked.required else "",
            texts.pick(asked.label),
        )
        for item, asked in found.anchors.items()
    ]
    tasks = [
        (item.code, key, item.due or "", texts.pick(found.phases.get(item.phase, {})), texts.pick(item.title))
        for key, item in found.tasks.items()
    ]
    lines = [
        f"{summary.id} {summary.version}  {texts.pick(summary.title)}",
        *state.out.wrapped(texts.pick(summary.description)),
        texts("cli.playbook.sha256", sha256=resolved.sha256),
        *_uses(state, resolved),
        "",
        texts("cli.section.inputs"),
        *state.out.table(columns(state, "input", "type", "required", "_meaning"), inputs),
        "",
        texts("cli.section.anchors"),
        *state.out.table(columns(state, "anchor", "~estimate", "required", "_meaning"), anchors),
        "",
        texts("cli.section.tasks"),
        *state.out.table(columns(state, "code", "~task", "~due", "~phase", "_title"), tasks),
        "",
        _following(state, resolved),
    ]
    document = {
        **summary_document(summary, state),
        "sha256": resolved.sha256,
        "layers": list(resolved.layers),
    }
    document["bundles"] = [f"{used.id}@{used.version}" for used in resolved.used]
    document["inputs"] = {
        item: {"type": asked.type, "required": asked.required, "label": texts.pick(asked.label)}
        for item, asked in found.inputs.items()
    }
    document["anchors"] = {
        item: {"required": asked.required, "label": texts.pick(asked.label)}
        for item, asked in found.anchors.items()
    }
    state.out.show(document, lines)


def _uses(state: State, resolved: Resolved) -> list[str]:
    """Return the line of bundles a playbook takes in; none where it takes in none."""
    bundles = [f"{used.id}@{used.version}" for used in resolved.used]
    return state.out.wrapped(state.texts("cli.playbook.uses", bundles=bundles)) if bundles else []


def _following(state: State, resolved: Resolved) -> str:
    """Return what to type next: a playbook is tried, a bundle taken in."""
    key = "cli.playbook.use_next" if resolved.bundle else "cli.playbook.show_next"
    return state.texts(key, playbook=resolved.playbook.id, version=resolved.playbook.version)


def _computed(state: State, asked: Anchor) -> str:
    """Return how an anchor is found when nobody gives it: by a rule of the law, or by the council's days."""
    if asked.from_ is None:
        return ""
    if asked.from_.rule is not None:
        return words.rule(state.texts, asked.from_.rule)
    return state.texts("cli.playbook.council", after=asked.from_.after or "")


@playbook.command("lint")
@argument("paths", text="playbook_paths", nargs=-1, required=True)
@option("--format", "form", text="lint_format", choices=LINT_FORMATS, default="text")
@click.pass_obj
def lint_command(state: State, paths: tuple[str, ...], form: str) -> int:
    """Check playbooks and list every problem."""
    from muutosturva.cli.lint_pages import lint_document, lint_lines
    from muutosturva.coordination.playbook_checks import outside
    from muutosturva.coordination.shelf import at_hand
    from muutosturva.playbooks.checks.lint import in_order, unique_ignored

    library = at_hand()
    with state.store_or_shipped() as store:
        told = outside(store, state.now())
    checked = [library.read(path, told) for path in paths]
    # What a base says wrong is found once for every playbook laid over it, and told once.
    problems = in_order(problem for each in checked for problem in each.problems)
    ignored = unique_ignored(each for found in checked for each in found.ignored)
    document = lint_document(state.texts, paths, problems, ignored)
    if form == "json":
        state.out.document(document)
    else:
        state.out.show(document, lint_lines(state.texts, problems, ignored, len(paths)))
    return int(ExitCode.PROBLEMS if problems else ExitCode.DONE)


@playbook.command("plan")
@argument("name", text="playbook")
@with_options(TRIGGER_OPTIONS)
@option("--against", value="against", multiple=True)
@option("--format", "form", text="plan_format", choices=FORMATS, default="table")
@click.pass_obj
def plan_command(state: State, /, name: str, form: str, against: tuple[str, ...], **typed: object) -> None:
    """Print the plan that a trigger would save; nothing is written."""
    asked = Typed.of(name, typed)
    if against and form == "gantt":
        raise UsageError("cli.against_gantt")
    with state.store_or_shipped() as store:
        made = preview_of(store, asked, state.now())
        other = other_plan_of(store, asked, against, state.now()) if against else None
    plan = made.plan
    for line in warning_lines(state, made.warnings):
        state.out.say(line)
    if other is not None:
        against_pages.show(state, plan, other, form)
        return
    if form == "json":
        state.out.document(stable.plan(plan, state.texts))
        return
    pages = {"table": plan_lines, "md": markdown_lines, "gantt": gantt_lines}
    state.out.show(stable.plan(plan, state.texts), pages[form](state, plan))
    if form == "table":
        state.out.say(state.texts("cli.plan.next", playbook=plan.playbook_id))


@playbook.command("test")
@argument("paths", text="playbook_paths", nargs=-1, required=True)
@click.pass_obj
def test_command(state: State, paths: tuple[str, ...]) -> int:
    """Run the worked cases written in playbooks."""
    from muutosturva.cli.worked_pages import case_document, case_lines
    from muutosturva.coordination.freshness import worked
    from muutosturva.coordination.shelf import at_hand

    library = at_hand()
    results, lines = [], []
    for path in paths:
        for result in worked(library, path, state.now()):
            lines += case_lines(state, Path(path).stem, result)
            results.append(case_document(state, path, result))
    failed = sum(not result["held"] for result in results)
    lines.append(state.texts("cli.test.summary", n=len(results), failed=failed))
    state.out.show({"results": results, "failed": failed}, lines)
    return int(ExitCode.PROBLEMS if failed else ExitCode.DONE)


@playbook.command("schema")
@click.pass_obj
def schema_command(state: State) -> None:
    """Print the JSON Schema of the language, for editors."""
    from muutosturva.coordination.playbook_words import described
    from muutosturva.playbooks.language.json_schema import json_schema_text

    state.out.raw(json_schema_text(described))


@playbook.command("reference")
@click.pass_obj
def reference_command(state: State) -> None:
    """Print the reference of the language."""
    from muutosturva.coordination.playbook_page import reference_page

    state.out.raw(reference_page(state.texts))
