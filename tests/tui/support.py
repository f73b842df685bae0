"""Driving the terminal UI as a person does: keys in, text out, on a real example store."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from textual import events
from textual.app import App
from textual.keys import _character_to_key
from textual.pilot import Pilot

from muutosturva.coordination.sign_on import open_store
from muutosturva.coordination.trigger import TriggerRequest, trigger
from muutosturva.i18n import Language, Texts
from muutosturva.incidents.pure.views import IncidentView
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.store.store import Store
from muutosturva.tui.app import MuutosturvaApp
from muutosturva.tui.backend.door import Backend

NOW: Final = dt.datetime(2027, 3, 1, 6, 30, tzinfo=dt.UTC)
"""A Monday, 8.30 in Finland."""
ACTOR: Final = "Esimerkki Elli"
NARROW: Final = (80, 24)
WIDE: Final = (160, 45)
FIRM: Final = "Esimerkkikoria Oy"
SPINS: Final = 200
"""How often the helper looks for work that is still going on before it gives up."""


def screen_text(app: App[None]) -> str:
    """Return what stands on the screen; the one place that looks inside Textual for it."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


@dataclass(frozen=True, slots=True)
class Session:
    """A person at the screen."""

    app: MuutosturvaApp
    pilot: Pilot[None]
    store: Store

    @property
    def text(self) -> str:
        """Return what the person sees."""
        return screen_text(self.app)

    @property
    def words(self) -> str:
        """Return what the person sees as one line, so that a broken line does not hide a sentence."""
        lines = (line.strip(" │╭╮╰╯─▌") for line in self.text.splitlines())
        return " ".join(" ".join(lines).split())

    async def settled(self) -> None:
        """Wait until no work goes on beside the screen, except a dialog that waits for an answer."""
        for _ in range(SPINS):
            await self.pilot.pause()
            busy = [worker for worker in self.app.workers if worker.group != "dialog"]
            if busy:
                await self.app.workers.wait_for_complete(busy)
            elif not self.app.workers or self._asked:
                await self.pilot.pause()
                return
            else:
                await self.pilot.pause(0.01)
        raise AssertionError(f"still at work: {list(self.app.workers)}")

    @property
    def _asked(self) -> bool:
        return self.app.screen.is_modal

    async def press(self, *keys: str) -> None:
        """Press keys, letting the screen settle after each."""
        for key in keys:
            await self.pilot.press(key)
            await self.settled()

    async def type(self, text: str) -> None:
        """Type a text into the field that has the focus, faster than the screen is drawn."""
        for character in text:
            name = character if character.isalnum() else _character_to_key(character)
            self.app.post_message(events.Key(name, character))
        await self.settled()

    async def fill(self, text: str) -> None:
        """Type a text and press Enter."""
        await self.type(text)
        await self.press("enter")


async def give(at: Session, name: str) -> None:
    """Give a command by its name, from the palette."""
    await at.press("ctrl+p")
    await at.type(name)
    await at.press("enter")


async def fill(at: Session, *answers: str) -> None:
    """Answer fields one by one; "" takes what stands there."""
    for answer in answers:
        await (at.fill(answer) if answer else at.press("enter"))


@asynccontextmanager
async def at_screen(
    place: Path,
    *,
    size: tuple[int, int] = NARROW,
    language: Language = "fi",
    now: dt.datetime = NOW,
    actor: str = ACTOR,
) -> AsyncIterator[Session]:
    """Sit down at the screen of the store at ``place``."""
    with open_store(place) as store:
        app = MuutosturvaApp(Backend(store, actor, lambda: now), Texts(language))
        async with app.run_test(size=size, notifications=True) as pilot:
            session = Session(app, pilot, store)
            await session.settled()
            yield session


def open_firm(place: Path, employer: str = FIRM, headcount: int = 260) -> IncidentView:
    """Trigger a large layoff with the real use case, as a test's ground."""
    request = TriggerRequest(
        playbook="large-layoff",
        employer=employer,
        municipality="Lahti",
        inputs={"headcount": headcount, "dismissals": 240, "employer_size": 300, "bankruptcy": False},
        anchors={"proposal": AnchorValue.confirmed(dt.date(2027, 3, 1))},
    )
    with open_store(place) as store:
        return trigger(store, request, actor=ACTOR, now=NOW)


async def answer_five_questions(at: Session) -> None:
    """Answer the trigger dialog for the coach works, up to its preview."""
    await at.fill(FIRM)
    await at.fill("lahti")
    await at.press("enter", "enter", "enter")  # what it does, who told and when: not said
    for number in ("260", "240", "300"):
        await at.fill(number)
    await at.press("enter", "enter")  # not bankrupt; the playbook's own languages
    await at.press("enter")  # the playbook suggested
    await at.press("enter")
    await at.fill("1.3.2027")
    await at.press("f8", "enter", "enter", "f8")  # who leads; whether it is listed is not known
