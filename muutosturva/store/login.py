"""The account this process runs in, as the log keeps it beside the person."""

from __future__ import annotations

import getpass


def login_name() -> str:
    """Return the name of the account this process runs in, or "" where the machine knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
