"""How many generated examples a test tries: a few with every change, very many in ``make soak``.

A rule is tested by both; what only one case in a thousand breaks is the soak's to find.
"""

from __future__ import annotations

import os
from typing import Final

from hypothesis import HealthCheck, settings

THOROUGH: Final = os.environ.get("MUUTOSTURVA_EXAMPLES") == "thorough"
"""True in ``make soak``."""


def examples(everyday: int, thorough: int) -> int:
    """Return how many examples a test tries that needs other numbers than most."""
    return thorough if THOROUGH else everyday


def choose_profile() -> None:
    """Set what holds for tests that say nothing themselves; a busy machine is no fault of a strategy."""
    settings.register_profile(
        "chosen",
        max_examples=examples(30, 2000),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("chosen")
