"""Starting the terminal UI on a store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from muutosturva.coordination.sign_on import actor_named, open_store
from muutosturva.errors import ExitCode, NotFoundError
from muutosturva.i18n import Language, Texts
from muutosturva.tui.app import MuutosturvaApp
from muutosturva.tui.backend.door import Backend


def run(
    place: str | Path | None, *, language: Language, actor: str | None, now_fn: Callable[[], dt.datetime]
) -> ExitCode:
    """Open the store and show the first screen until the person leaves.

    Args:
        place: file or address of the store; the user's own one when None.
        language: of the screens; it can be changed there.
        actor: name of the person as the roster has it; who that is is asked when None, or when this
            store's roster does not know the name.
        now_fn: returns the present moment, an aware datetime.

    Raises:
        MuutosturvaError: the store cannot be opened.
    """
    with open_store(place) as store:
        try:
            name = actor_named(store, actor)
        except NotFoundError:
            name = actor_named(store, None)
        app = MuutosturvaApp(Backend(store, name, now_fn), Texts(language))
        app.run()
    return ExitCode.DONE if app.return_code == 0 else ExitCode.BUG
