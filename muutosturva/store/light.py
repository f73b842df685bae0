"""Light tables: columns of the real ones without their classes, and what is asked over them.

Building the classes takes longer than reading a list does. A test says that each column here is the
one of the real table. Who may not know of what is asked here once, for the object layer as well.
"""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from muutosturva.models.states import Secrecy


def _light(name: str, /, **types: Any) -> sa.TableClause:
    return sa.table(name, *(sa.column(column, kind) for column, kind in types.items()))


INCIDENT: Final = _light(
    "incident",
    id=sa.Uuid(),
    readable_id=sa.String(),
    employer=sa.String(),
    state=sa.String(),
    secrecy=sa.String(),
    situation=sa.Boolean(),
)
ACCESS: Final = _light(
    "incident_access", incident_id=sa.Uuid(), name=sa.String(), ended_at=sa.DateTime(timezone=True)
)
TASK: Final = _light(
    "task",
    id=sa.Uuid(),
    incident_id=sa.Uuid(),
    key=sa.String(),
    code=sa.String(),
    title=sa.JSON(),
    role=sa.String(),
    assignee_id=sa.Uuid(),
    due=sa.JSON(),
    due_on=sa.Date(),
    rule=sa.String(),
    law=sa.JSON(),
    state=sa.String(),
    unsure=sa.Boolean(),
    origin=sa.String(),
    label=sa.String(),
    position=sa.Integer(),
)
TASK_AREA: Final = _light(
    "task_area",
    incident_id=sa.Uuid(),
    task_id=sa.Uuid(),
    area_slug=sa.String(),
    part=sa.String(),
    contact=sa.String(),
    done_at=sa.DateTime(timezone=True),
    done_by=sa.String(),
)
AREA: Final = _light("area", slug=sa.String(), name=sa.String())
ROLE: Final = _light(
    "incident_role", incident_id=sa.Uuid(), role=sa.String(), title=sa.JSON(), position=sa.Integer()
)
HOLDER: Final = _light(
    "role_holder",
    incident_id=sa.Uuid(),
    role=sa.String(),
    person_id=sa.Uuid(),
    deputy=sa.Boolean(),
    assumed_at=sa.DateTime(timezone=True),
    renounced_at=sa.DateTime(timezone=True),
)
PERSON: Final = _light("roster_person", id=sa.Uuid(), name=sa.String(), slug=sa.String(), active=sa.Boolean())
ABSENCE: Final = _light(
    "absence", person_id=sa.Uuid(), deputy_id=sa.Uuid(), first_day=sa.Date(), last_day=sa.Date()
)
STORE_INFO: Final = _light("store_info", id=sa.Integer(), kind=sa.String())

LIGHT: Final = (INCIDENT, ACCESS, TASK, TASK_AREA, AREA, ROLE, HOLDER, PERSON, ABSENCE, STORE_INFO)
"""Every light table."""


def hidden_from(name: str) -> sa.Select[Any]:
    """Ask for the restricted incidents in which a person has no present place: their ids and names."""
    inside = (
        sa.exists()
        .where(ACCESS.c.incident_id == INCIDENT.c.id, ACCESS.c.name == name, ACCESS.c.ended_at.is_(None))
        .correlate(INCIDENT)
    )
    return sa.select(INCIDENT.c.id, INCIDENT.c.readable_id).where(
        INCIDENT.c.secrecy == Secrecy.RESTRICTED.value, ~inside
    )
