"""Workplaces as people name them in a line: a stable id for each."""

from __future__ import annotations

import re

from muutosturva.playbooks.facts import Site


def sites_from_words(text: str) -> tuple[Site, ...]:
    """Return a workplace for each name between commas; the name is its municipality too."""
    names = [one_name(part) for part in text.split(",") if part.strip()]
    return tuple(Site(site_id(name), name, name) for name in names)


def site_id(name: str) -> str:
    """Return a stable id for a name: small letters, digits and hyphens."""
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-") or "site"


def one_name(text: str) -> str:
    """Return a name with single spaces."""
    return " ".join(text.split())
