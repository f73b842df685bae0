"""Every table gathered: importing this module is what migrations and checks see them by."""

from __future__ import annotations

from muutosturva.models import incident, log, office, places, records, standing, work

__all__ = ["incident", "log", "office", "places", "records", "standing", "work"]
