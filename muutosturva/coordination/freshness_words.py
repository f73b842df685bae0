"""How fresh a playbook is, in words: the same cells on the command line and on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from muutosturva.coordination.freshness import Freshness, Volume
    from muutosturva.i18n import Texts

ERROR: Final = "✗"
"""Before what must be mended; a word always stands beside it."""
WARNING: Final = "!"
"""Before what should be."""


def origin(texts: Texts, volume: Volume) -> str:
    """Return where a playbook comes from: the office's own, or shipped."""
    return texts(f"coordination.fresh.{'own' if volume.own else 'shipped'}")


def used(texts: Texts, found: Freshness) -> str:
    """Return when it was last used in earnest; "" for what is never triggered."""
    if not found.triggered:
        return ""
    use = found.volume.use
    return texts.day(use.used) if use.used else texts("coordination.fresh.unused")


def rehearsed(texts: Texts, found: Freshness) -> str:
    """Return when it was last rehearsed; "" for what is never triggered."""
    if not found.triggered:
        return ""
    use = found.volume.use
    return texts.day(use.rehearsed) if use.rehearsed else texts("coordination.fresh.unrehearsed")


def checked(texts: Texts, found: Freshness) -> str:
    """Return when it was last read against the law."""
    if found.checked:
        return texts.day(found.checked)
    return "" if found.volume.bundle or found.resolved is None else texts("coordination.fresh.unchecked")


def check_due(texts: Texts, found: Freshness) -> str:
    """Return by when it is to be read again; a day that has passed is marked by sign and word."""
    if found.check_due is None:
        return ""
    key = "overdue" if found.overdue else "due"
    return texts(f"coordination.fresh.{key}", day=found.check_due, sign=WARNING)


def findings(texts: Texts, found: Freshness) -> str:
    """Return how much the lint finds, by sign and word."""
    parts = []
    if found.errors:
        parts.append(texts("coordination.fresh.errors", n=found.errors, sign=ERROR))
    if found.warnings:
        parts.append(texts("coordination.fresh.warnings", n=found.warnings, sign=WARNING))
    return ", ".join(parts) or texts("coordination.fresh.sound")
