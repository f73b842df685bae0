"""``store``: is it sound, bring it up to date, copy it."""

from __future__ import annotations

from pathlib import Path

import click

from muutosturva.cli.framework import Group, argument
from muutosturva.cli.output import problem_document
from muutosturva.cli.state import State
from muutosturva.errors import ExitCode


@click.group("store", cls=Group)
def store() -> None:
    """Look after the store."""


@store.command("check")
@click.pass_obj
def check_command(state: State) -> int:
    """Verify the log's chains, the foreign keys and the file."""
    from muutosturva.store.check import check

    with state.store(whole=True) as opened:
        problems = check(opened)
        place = opened.target.shown
    document = {
        "store": place,
        "problems": [problem_document(problem, state.texts) for problem in problems],
    }
    if not problems:
        state.out.show(document, [state.texts("cli.store.sound", place=place)])
        return int(ExitCode.DONE)
    head = state.texts("cli.store.unsound", place=place, n=len(problems))
    state.out.show(document, [head, *state.out.problem_lines(problems)])
    return int(ExitCode.PROBLEMS)


@store.command("stats")
@click.pass_obj
def stats_command(state: State) -> None:
    """Tell what is in the store."""
    from muutosturva.incidents.reading import queries
    from muutosturva.models.states import RUNNING
    from muutosturva.preparedness import queries as standing
    from muutosturva.store.lawbook import revision_of
    from muutosturva.store.log import count_events

    texts = state.texts
    with state.store() as opened, opened.reading() as session:
        summaries = queries.summaries(session, state.now())
        document: dict[str, object] = {
            "store": opened.target.shown,
            "kind": opened.kind.value,
            "area": opened.owner_area,
            "created": opened.created_at.isoformat(),
            "incidents": len(summaries),
            "running": sum(line.state in RUNNING for line in summaries),
            "open_tasks": sum(line.open_tasks for line in summaries if not line.situation),
            "late_tasks": sum(line.late_tasks for line in summaries if not line.situation),
            "events": count_events(session),
            "people": len(standing.roster(session)),
            "parties": len(standing.parties(session)),
            "law_revision": revision_of(session),
        }
        document_lines = {**document, "kind": texts.word(opened.kind), "created": opened.created_at}
    lines = [f"{texts(f'cli.stats.{name}')}: {texts.spoken(value)}" for name, value in document_lines.items()]
    state.out.show(document, lines)


@store.command("migrate")
@click.pass_obj
def migrate_command(state: State) -> None:
    """Bring an older store up to this program's revision."""
    from muutosturva.store.backup import migrate
    from muutosturva.store.location import default_path
    from muutosturva.store.login import login_name

    place = state.settings.store or default_path()
    done = migrate(place, actor=state.settings.name or login_name(), now=state.now())
    document = {
        "before": done.before,
        "after": done.after,
        "copy": str(done.copy) if done.copy else None,
    }
    if done.before == done.after:
        sentence = state.texts("cli.store.current", revision=done.after)
    else:
        sentence = state.texts(
            "cli.store.migrated", before=done.before, after=done.after, copy=str(done.copy or "–")
        )
    state.out.done(document, sentence)


@store.command("backup")
@argument("file", text="backup_file")
@click.pass_obj
def backup_command(state: State, file: str) -> int:
    """Copy the store into a new file while it is in use."""
    from muutosturva.store.backup import backup

    with state.store(whole=True) as opened:
        problems = backup(opened, Path(file))
    document = {
        "file": file,
        "problems": [problem_document(problem, state.texts) for problem in problems],
    }
    state.out.done(document, state.texts("cli.store.backed_up", path=file))
    for line in state.out.problem_lines(problems):
        state.out.say(line)
    return int(ExitCode.PROBLEMS if problems else ExitCode.DONE)
