"""The playbooks at hand on this machine: the office's own, then those that ship.

Every command and the terminal UI take them from here, so that what one of them offers, lints or
plans is what all the others find by the same id.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from muutosturva.i18n import LANGUAGES
from muutosturva.playbooks.library import Library
from muutosturva.settings import Settings, expanded, first_of, from_environment, read_settings, settings_path
from muutosturva.store.location import default_path

FOLDER: Final = "playbooks"
"""Folder of the office's own playbooks, beside the default store, unless the settings name another."""


def own_folder(settings: Settings) -> Path:
    """Return the folder of the office's own playbooks; it need not exist.

    Args:
        settings: those in force on this machine.
    """
    if settings.playbooks is not None:
        return expanded(settings.playbooks)
    return default_path().parent / FOLDER


def at_hand() -> Library:
    """Return the playbooks at hand; an own one goes before a shipped one of the same id.

    Raises:
        InputError: the settings file is broken.
    """
    settings = first_of(from_environment(), read_settings(settings_path(), LANGUAGES))
    return Library(user_folder=own_folder(settings))
