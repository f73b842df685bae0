"""What every command is handed: words, output, clock, and how to reach the store and the person."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from muutosturva.cli.output import Output
from muutosturva.errors import NotFoundError, RefusedError, UsageError
from muutosturva.i18n import LANGUAGES, Language, Texts
from muutosturva.settings import Settings, first_of, from_environment, read_settings, settings_path

if TYPE_CHECKING:
    from muutosturva.store.glance import Glance
    from muutosturva.store.store import Store


class Screens(Protocol):
    """The other front end, handed in by the program's entry so that neither knows the other."""

    def open(
        self, place: str | None, *, language: Language, actor: str | None, clock: Callable[[], dt.datetime]
    ) -> int:
        """Open the terminal UI and return its exit code."""

    def plain(self, store: Store, incident: str, texts: Texts, now: dt.datetime) -> str:
        """Return the first screen, or an incident's, as plain text."""


@dataclass(slots=True)
class State:
    """One run of the command line.

    Attributes:
        texts: words of the user's language.
        out: where everything is written.
        clock: the machine's clock.
        screens: the terminal UI.
        given: what the common options say.
        now_given: the moment of ``--now``, or None.
        hint: what is said once the command is done, or "".
    """

    texts: Texts
    out: Output
    clock: Callable[[], dt.datetime]
    screens: Screens
    given: Settings = field(default_factory=Settings)
    now_given: dt.datetime | None = None
    hint: str = ""

    @property
    def settings(self) -> Settings:
        """Return the settings in force: options, then environment, then this machine's file.

        Raises:
            InputError: the settings file is broken.
        """
        return first_of(self.given, from_environment(), read_settings(settings_path(), LANGUAGES))

    def speak(self, language: Language) -> None:
        """Go on in another language."""
        self.texts = Texts(language)
        self.out.texts = self.texts

    def now(self) -> dt.datetime:
        """Return the moment the command works at: that of ``--now``, else the machine's."""
        return self.now_given or self.clock()

    @contextmanager
    def store(self, *, whole: bool = False, look: bool = False) -> Iterator[Store]:
        """Open the store for the person who acts, and close it for sure.

        Args:
            whole: see what is restricted too: for checking and copying, which show none of it.
            look: only to read: the store may lie where nothing can be written.

        Raises:
            InputError: the settings file is broken.
            RefusedError: ``--now`` with a real store; a store that is not ours, or newer.
            NotFoundError: nobody of the name given is in the roster.
            NotFoundError, UsageError, MachineError: as ``Store.open``.
        """
        from muutosturva.coordination.sign_on import open_store

        with open_store(self.settings.store, look=look) as store:
            self.refuse_now(store.kind, store.target.shown)
            if not whole:
                store.reader = self.named_actor(store)
            yield store

    @contextmanager
    def glance(self) -> Iterator[tuple[Glance, str]]:
        """Look at the store as the person who acts, whose name comes along; quicker than opening it.

        Raises:
            InputError, RefusedError, NotFoundError, UsageError, MachineError: as ``store``.
        """
        from muutosturva.coordination.glancing import looking, open_glance

        with open_glance(self.settings.store) as seen:
            self.refuse_now(seen.kind, seen.place)
            yield seen, self._signed_on(seen.kind, lambda name: looking(seen, name))

    @contextmanager
    def store_or_shipped(self) -> Iterator[Store | None]:
        """Look into the store if one is named or the default one is there; else None, for what ships."""
        from muutosturva.store.location import default_path

        if self.settings.store is None and not default_path().exists():
            yield None
        else:
            with self.store(look=True) as store:
                yield store

    def refuse_now(self, kind: str, place: str) -> None:
        """Refuse a made-up clock where real work is kept.

        Raises:
            RefusedError: ``--now`` was given and the store is a real one.
        """
        if self.now_given is not None and kind == "real":
            raise RefusedError("cli.now_on_real", path=place)

    def actor(self, store: Store) -> str:
        """Return who is written down as doing something.

        Where only the login name is known, a person is told so when all is done; a script is not.

        Raises:
            NotFoundError: nobody of that name is in the roster.
        """
        from muutosturva.coordination.sign_on import in_roster

        name = self.named_actor(store)
        silent = self.out.as_json or bool(self.settings.name)
        if not silent and not in_roster(store, name):
            mending = self.texts("cli.actor.windows" if os.name == "nt" else "cli.actor.elsewhere")
            self.hint = self.texts("cli.actor.login_only", login=name, mending=mending)
        return name

    def named_actor(self, store: Store) -> str:
        """Return the person named, who must stand in the roster, else the login name.

        Raises:
            NotFoundError: nobody of that name is in the roster.
        """
        from muutosturva.coordination.sign_on import actor_named

        return self._signed_on(store.kind, lambda name: actor_named(store, name))

    def _signed_on(self, kind: str, found: Callable[[str | None], str]) -> str:
        """Return who acts; a name remembered on this machine is of the office's own store.

        The people of an example or a drill are invented: there a remembered name may be unknown, and the
        login name stands, as it does where nothing is remembered.

        Raises:
            NotFoundError: nobody of the name is in the roster.
        """
        try:
            return found(self.settings.name)
        except NotFoundError:
            if kind == "real" or first_of(self.given, from_environment()).name:
                raise
            return found(None)


def language_named(value: str) -> Language:
    """Return a language by its tag.

    Raises:
        UsageError: there is no such language.
    """
    for language in LANGUAGES:
        if language == value.strip().lower():
            return language
    raise UsageError("cli.unknown_language", value=value, known=LANGUAGES)
