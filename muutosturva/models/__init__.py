"""Tables, their validated input models and the enums of states; nothing else.

Importing this package registers every table, so that migrations and checks see them all.
"""

from __future__ import annotations

from muutosturva.models import incident, log, office, places, standing, states, work

__all__ = ["incident", "log", "office", "places", "standing", "states", "work"]
