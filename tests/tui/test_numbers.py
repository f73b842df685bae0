"""The tab with the numbers: what counts and why, every revision, the law's thresholds, the level."""

from __future__ import annotations

from pathlib import Path

from muutosturva.coordination.sign_on import open_store
from muutosturva.incidents import service
from muutosturva.incidents.acts.amending import Amendment
from muutosturva.incidents.reading import queries
from muutosturva.incidents.typed.figure_notation import parse_figure
from muutosturva.rules.levels import Level
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store
from tests.tui.support import ACTOR, FIRM, NOW, at_screen, open_firm

INCIDENT = "LAHTI-2027-01"
SITUATION = "LAHTI-2027-10"


def amend(place: Path, *numbers: str) -> None:
    figures = tuple(parse_figure(number, {}) for number in numbers)
    amendment = Amendment(figures, source="henkilöstöjohtaja")
    with open_store(place) as store:
        service.amend(store, INCIDENT, amendment, reason="Neuvottelut päättyivät", actor=ACTOR, now=NOW)


async def test_what_counts_stands_with_its_ground_history_and_thresholds(firm_store: Path) -> None:
    amend(firm_store, "päätetty/irtisanominen=198", "päätetty/lomautus=40")
    async with at_screen(firm_store, size=(80, 60)) as at:
        await at.press("enter", "5")
        assert "Kaikkiaan 238 henkilöä: toimenpiteiden summa" in at.words
        assert "Irtisanominen: 198 (päätetty). Menee edelle luvusta 240 (suunniteltu)." in at.words
        assert "198 [voimassa] kerrottu 1.3.2027 klo 8.30. Lähde: henkilöstöjohtaja." in at.words
        assert "Suunnitelman mukaan täyttynyt lain raja ei täyty." in at.words
        assert "Säädös: EGR-asetus 2021/691 art. 4" in at.words
        assert "perusteiden mukaan" in at.words


async def test_the_numbers_scroll_on_a_small_screen_and_no_line_is_cut(firm_store: Path) -> None:
    amend(firm_store, "päätetty/irtisanominen=198", "päätetty/lomautus=40")
    async with at_screen(firm_store) as at:
        await at.press("enter", "5")
        assert "Nyt voimassa" in at.text
        before = at.text
        await at.press("pagedown", "pagedown", "pagedown")
        assert at.text != before
        assert "Taso" in at.text


async def test_a_level_set_by_hand_says_by_whom_and_why(firm_store: Path) -> None:
    with open_store(firm_store) as store:
        reason = "Kunnan suurin työnantaja"
        service.set_level(store, INCIDENT, Level.M, reason=reason, actor=ACTOR, now=NOW)
    async with at_screen(firm_store, size=(80, 70)) as at:
        await at.press("enter", "5")
        assert "asetettu käsin" in at.words
        assert "Kunnan suurin työnantaja" in at.words


async def test_numbers_that_do_not_agree_are_marked(firm_store: Path) -> None:
    amend(firm_store, "päätetty/irtisanominen=0")
    with open_store(firm_store) as store:
        change = service.WaveChange("w1", measure="dismissal", count=5)
        service.set_wave(store, INCIDENT, change, reason="Aalto", actor=ACTOR, now=NOW)
    async with at_screen(firm_store, size=(80, 60)) as at:
        await at.press("enter", "5")
        assert "! Huomaa: Aalloissa" in at.words


def forget_the_number(store: Store, incident: str) -> None:
    """Leave a firm without a number, as a playbook that does not ask for one would."""
    with store.transaction(ACTOR, NOW) as unit:
        owner = queries.find_incident(unit.session, incident)
        owner.inputs = {**owner.inputs, "headcount": None}
        unit.record(EventDraft("incidents.noted", owner.id, (incident,), ("text",), {"text": "?"}))


async def test_a_sum_without_one_firms_number_is_a_lower_bound_everywhere(firm_store: Path) -> None:
    """The list, the header and the numbers say "at least", and name the firm whose number is missing."""
    second = open_firm(firm_store, "Tuntematon Oy").readable_id
    with open_store(firm_store) as store:
        children = [INCIDENT, second]
        service.group_incidents(store, SITUATION, children, title="Kaksi", actor=ACTOR, now=NOW)
        forget_the_number(store, second)
    async with at_screen(firm_store) as at:
        assert "väh. 260" in at.text
        await at.press("enter", "5")
        assert SITUATION in at.text.splitlines()[0]
        assert "vähintään 260 henkilöä" in at.words
        assert "Luku puuttuu: Tuntematon Oy." in at.words
        assert f"{FIRM}: Kaikkiaan 260 henkilöä" in at.words
