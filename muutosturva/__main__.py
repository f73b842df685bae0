"""The program's entry: joins the command line and the terminal UI, which do not know each other."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from muutosturva.clock import now
from muutosturva.errors import UsageError

if TYPE_CHECKING:
    from muutosturva.i18n import Language, Texts
    from muutosturva.store.store import Store


class TerminalScreens:
    """The terminal UI as the command line may call it; loaded only when it is asked for."""

    def open(
        self, place: str | None, *, language: Language, actor: str | None, clock: Callable[[], dt.datetime]
    ) -> int:
        """Open the terminal UI and return its exit code.

        Raises:
            UsageError: there is no terminal: nobody would see the screens or could close them.
        """
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise UsageError("cli.no_terminal")
        from muutosturva.tui.run import run

        return int(run(place, language=language, actor=actor, now_fn=clock))

    def plain(self, store: Store, incident: str, texts: Texts, moment: dt.datetime) -> str:
        """Return the first screen, or an incident's, as plain text."""
        from muutosturva.tui.plain import print_board, print_incident

        if incident:
            return print_incident(store, incident, texts, moment)
        return print_board(store, texts, moment)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code.

    Args:
        arguments: without the program's name; those of the process when None.
    """
    from muutosturva.cli.run import run

    given = sys.argv[1:] if arguments is None else arguments
    return run(given, screens=TerminalScreens(), clock=now)


if __name__ == "__main__":
    sys.exit(main())
