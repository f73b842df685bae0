"""What a change does, as the lines of a dialog: thresholds of the law and duties first, then the days."""

from __future__ import annotations

from collections.abc import Iterable

from muutosturva.errors import Problem
from muutosturva.i18n import Texts
from muutosturva.incidents.pure.views import Changes
from muutosturva.incidents.told import difference
from muutosturva.incidents.told.difference import Told


def change_lines(
    texts: Texts, changes: Changes, warnings: Iterable[Problem] = (), *, first: Iterable[Told] = ()
) -> list[str]:
    """Return what a change does, a line each; ``first`` goes before."""
    told = [*first, *difference.difference(texts, changes), *difference.days_listed(texts, changes)]
    if changes.empty:
        told.append(difference.nothing(texts))
    told += difference.warnings(texts, warnings)
    return [f"  {one.text}" if one.item else one.text for one in told]
