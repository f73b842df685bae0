"""Who does what."""

from __future__ import annotations

from dataclasses import dataclass

from muutosturva.incidents import service
from muutosturva.incidents.pure.views import RoleView
from muutosturva.tui.backend.desk import Desk


@dataclass(frozen=True, slots=True)
class People:
    """Names people to roles."""

    desk: Desk

    def assign_role(self, incident: str, role: str, person: str, *, deputy: bool = False) -> RoleView:
        """Name a person to a role."""
        return service.assign_role(
            self.desk.store,
            incident,
            role,
            person,
            deputy=deputy,
            actor=self.desk.actor,
            now=self.desk.now,
        )
