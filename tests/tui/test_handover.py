"""A role changes hands at the screen: at a time that has passed, or for as long as its holder is away."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from muutosturva.incidents.reading.role_history import RoleHistory, role_histories
from muutosturva.preparedness.queries import absences
from tests.tui.support import NOW, WIDE, Session, at_screen, fill, give
from tests.tui.test_life import INCIDENT

LATER = NOW + dt.timedelta(hours=3)
"""11.30 in Finland."""


def lead(at: Session) -> RoleHistory:
    """Return the first role with everybody who held it."""
    with at.store.reading() as session:
        return role_histories(session, INCIDENT, NOW.date())[0]


async def test_a_role_changes_hands_at_a_time_of_its_own_with_what_was_agreed(firm_store: Path) -> None:
    """Who had it is relieved at that moment, not when somebody had time to write it down."""
    async with at_screen(firm_store, size=WIDE, now=LATER) as at:
        [before] = lead(at).role.holders
        await at.press("enter", "r", "enter", "end", "enter")
        await fill(at, "", "9.15", "Avaimet annettu")
        moment = dt.datetime(2027, 3, 1, 7, 15, tzinfo=dt.UTC)
        assert [one.until for one in lead(at).tenures if one.person == before] == [moment]
        assert lead(at).role.holders != (before,)
        await give(at, "Näytä, kuka on hoitanut")
        assert f"{before}: 1.3.2027 klo 8.30 – 1.3.2027 klo 9.15" in at.words
        await at.press("enter", "2")
        assert "Avaimet annettu" in at.words


async def test_a_role_cannot_change_hands_in_time_to_come(firm_store: Path) -> None:
    async with at_screen(firm_store) as at:
        [before] = lead(at).role.holders
        await at.press("enter", "r", "enter", "end", "enter")
        await fill(at, "", "8.3.2027 klo 8", "")
        assert "on vasta edessä" in at.words
        assert lead(at).role.holders == (before,)


async def test_somebody_stands_in_from_a_day_until_another(firm_store: Path) -> None:
    """The role comes back by itself: it is the holder who is away, and the days are what is written down."""
    async with at_screen(firm_store) as at:
        [before] = lead(at).role.holders
        await at.press("enter", "r", "enter", "end", "enter", "end", "enter")
        await fill(at, "8.3.2027", "sovittu")
        assert "kirjataan vain päivät ja sijainen" in at.words
        await at.press(*["backspace"] * len("sovittu"))
        await at.press("enter")
        assert f"kun {before} on poissa" in at.words
        await fill(at, "", "12.3.2027")  # the first day was typed already
        with at.store.reading() as session:
            [away] = absences(session)
        assert (away.person, away.first_day.day, away.last_day.day) == (before, 8, 12)
        assert away.deputy not in {"", before}
        assert lead(at).role.holders == (before,)
