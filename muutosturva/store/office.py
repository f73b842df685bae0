"""What the office itself sets, by key; audited like any change."""

from __future__ import annotations

import datetime as dt

from sqlmodel import Session, col, select

from muutosturva.errors import InputError, Problem
from muutosturva.models.office import OfficeSetting
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store, UnitOfWork

SETTING_CHANGED = "store.setting_changed"


def setting(session: Session, owner_area: str, key: str) -> str | None:
    """Return a setting of the office, or None where it was never set."""
    row = _setting_row(session, owner_area, key)
    return None if row is None else row.value


def settings(session: Session, owner_area: str) -> dict[str, str]:
    """Return every setting of the office by key, sorted."""
    query = (
        select(OfficeSetting)
        .where(col(OfficeSetting.owner_area) == owner_area)
        .order_by(col(OfficeSetting.key))
    )
    return {row.key: row.value for row in session.exec(query)}


def put_setting(work: UnitOfWork, key: str, value: str) -> str | None:
    """Set ``key`` within a use case that records its own event; return the value before."""
    row = _setting_row(work.session, work.owner_area, key)
    before = None if row is None else row.value
    if row is None:
        row = OfficeSetting(owner_area=work.owner_area, key=key, value=value)
    row.value = value
    work.session.add(row)
    work.session.flush()
    return before


def set_setting(
    store: Store, key: str, value: str, *, actor: str, now: dt.datetime, reason: str = ""
) -> bool:
    """Set a setting of the office: one use case, one event (none where it stood so already).

    Returns:
        Whether anything changed.

    Raises:
        InputError: the key is empty.
    """
    if not key.strip():
        raise InputError("store.setting", problems=[Problem("store.empty_key")])
    with store.transaction(actor, now) as work:
        if setting(work.session, work.owner_area, key) == value:
            work.unchanged()
            return False
        before = put_setting(work, key, value)
        payload = {"before": before, "after": value, "reason": reason}
        work.record(EventDraft(SETTING_CHANGED, subjects=(f"setting:{key}",), fields=(key,), payload=payload))
    return True


def _setting_row(session: Session, owner_area: str, key: str) -> OfficeSetting | None:
    query = select(OfficeSetting).where(
        col(OfficeSetting.owner_area) == owner_area, col(OfficeSetting.key) == key
    )
    return session.exec(query).first()
