"""The reference of the command line, made from the command tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import click

from muutosturva.cli.framework import Argument, Option
from muutosturva.cli.root import commands
from muutosturva.cli.state import State
from muutosturva.errors import ExitCode
from muutosturva.i18n import Texts

HEAD: Final = """\
# Command line

Made from the command tree; `MUUTOSTURVA_GOLDEN=write make test` makes it anew.

The result goes to stdout, everything else to stderr. With `--json` one document goes to stdout,
also when a command fails: `error` (a code), `message`, and `problems`, each with `path`, `line`,
`column`, `code` and `message`.

## Stable JSON keys

Keys and exit codes stay; new keys may come beside them. Dates are ISO days; where a clock time is
known, ISO moments in Finnish time. What is not known is `null`, never a zero or an empty text.
Titles are in the language of the run.

| | |
| --- | --- |
| incident | `id, kind, state, level, secrecy, employer, playbook, anchors, inputs, waves, areas, children` |
| — its playbook | `id, version, sha256` |
| — an anchor, by name | `value, earliest, latest, certainty, source` |
| task | `id, incident, step, item, title, phase, role, assignee, start, due, statutory, state, area, needs` |
| — statutory, or null | `date, safe_date, last_date, law` |
| plan | `playbook, tasks, messages, meetings, roles, questions` |
| problem | `path, line, column, code, message` |

`kind` is `real`, `example` or `drill`; `certainty` is `confirmed`, `estimated`, `range` or
`unknown`; a task's `state` is `waiting`, `ready`, `started`, `done`, `skipped`, `withdrawn` or
`question`; an incident's is `watch`, `active`, `winding_down`, `dormant`, `closed`, `reviewed` or
`cancelled`. `statutory.date` is the day by the law's own counting, `safe_date` the working day a
plan uses, `last_date` the day moved by the act on time limits (150/1930), null where that is unsure.

## Exit codes

| code | meaning |
| --- | --- |
"""

MEANINGS: Final = {
    ExitCode.DONE: "done",
    ExitCode.PROBLEMS: "the input has problems, all of them listed: a bad or missing anchor or input, "
    "a closing check, a failed playbook test, a broken chain",
    ExitCode.USAGE: "an unknown option or value, or an impossible date",
    ExitCode.NOT_FOUND: "no such incident, playbook, municipality, task, person or store",
    ExitCode.CONFLICT: "somebody else changed the same thing first",
    ExitCode.REFUSED: "not allowed: wrong store kind, alien or newer store, a state that forbids it",
    ExitCode.MACHINE: "the machine or the store failed: disk full, read-only, server away",
    ExitCode.BUG: "a fault of the program; the message names the file that holds its trace",
}

SETTINGS: Final = """
## Settings of this machine

`settings.toml` in the user's configuration folder (Windows: `%LOCALAPPDATA%\\muutosturva`, Linux:
`~/.config/muutosturva`) may set `store`, `language`, `name` and `theme`, each a text. An option goes
before the environment (`MUUTOSTURVA_STORE`, `MUUTOSTURVA_LANG`, `MUUTOSTURVA_AS`), the environment
before the file. `MUUTOSTURVA_DEBUG=1` prints tracebacks. Completion for bash:
`eval "$(_MUUTOSTURVA_COMPLETE=bash_source muutosturva)"`.
"""


def reference(state: State) -> str:
    """Return the whole page, in the language of the state."""
    codes = [f"| {code.value} | {MEANINGS[code]} |" for code in ExitCode]
    tree = commands()
    context = click.Context(tree, info_name="muutosturva", obj=state)
    common = [param for param in tree.params if isinstance(param, Option) and not param.expose_value]
    lines = [
        HEAD + "\n".join([*codes, "| 130 | stopped by Ctrl-C |"]),
        SETTINGS,
        f"## {state.texts('cli.help.common')}",
        "",
        *_table([param.get_help_record(context) for param in common if "--version" not in param.opts]),
        *_pages(tree, context),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _pages(command: click.Command, context: click.Context) -> Iterator[str]:
    yield from _page(command, context)
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from _pages(below, click.Context(below, info_name=name, parent=context, obj=context.obj))


def _page(command: click.Command, context: click.Context) -> Iterator[str]:
    texts: Texts = context.obj.texts
    name = "_".join(context.command_path.split()[1:]) or "main"
    yield from ("", f"## {context.command_path}", "", texts(f"cli.command.{name}.help"), "", "```text")
    yield from texts(f"cli.command.{name}.example").splitlines()
    yield "```"
    own = [param.record(context) for param in command.params if isinstance(param, Argument)]
    own += [
        param.get_help_record(context)
        for param in command.params
        if isinstance(param, Option) and param.expose_value
    ]
    if own:
        yield ""
        yield from _table(own)


def _table(rows: Iterable[tuple[str, str]]) -> list[str]:
    escaped = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    return ["| | |", "| --- | --- |", *(f"| `{left}` | {right} |" for left, right in escaped)]
