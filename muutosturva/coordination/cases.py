"""The shipped example case: three invented firms, read from its file."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final

from muutosturva.clock import HELSINKI
from muutosturva.coordination.trigger import TriggerRequest
from muutosturva.incidents.pure.snapshot import site_from_json
from muutosturva.incidents.typed.notation import parse_anchor_value

THREE_FIRMS: Final = "three_firms.toml"


@dataclass(frozen=True, slots=True)
class Firm:
    """One firm of a case: what is answered at the trigger, and when it was heard."""

    heard_at: dt.datetime
    request: TriggerRequest


@dataclass(frozen=True, slots=True)
class Story:
    """What is done with the first firm's plan.

    Attributes:
        finish, start, skip: tasks.
        question, answer: an input and what is answered.
        anchor, moved_to: an anchor and its new date.
    """

    finish: tuple[str, ...]
    start: str
    skip: str
    question: str
    answer: object
    anchor: str
    moved_to: str


@dataclass(frozen=True, slots=True)
class Case:
    """A case of several firms.

    Attributes:
        title: name of the regional situation.
        situation: its readable id.
        firms: in the order in which they are heard of.
        released_at: when the listed firm makes its news public.
        story: how the first firm's plan is worked.
    """

    title: str
    situation: str
    firms: tuple[Firm, ...]
    released_at: dt.datetime
    story: Story


def three_firms() -> Case:
    """Return the case of three firms and some 400 people."""
    text = (resources.files("muutosturva") / "data" / THREE_FIRMS).read_text(encoding="utf-8")
    data = tomllib.loads(text)
    story = data["story"]
    return Case(
        data["title"],
        data["situation"],
        tuple(_firm(firm) for firm in data["firms"]),
        _moment(data["released_at"]),
        Story(**{**story, "finish": tuple(story["finish"])}),
    )


def _firm(data: Mapping[str, Any]) -> Firm:
    source = data["source"]
    inputs = dict(data["inputs"])
    return Firm(
        heard_at=_moment(data["heard_at"]),
        request=TriggerRequest(
            playbook=data["playbook"],
            employer=data["employer"],
            municipality=data["municipality"],
            sector=data["sector"],
            inputs=inputs,
            anchors={name: parse_anchor_value(text, source) for name, text in data["anchors"].items()},
            sites=tuple(site_from_json(site) for site in data["sites"]),
            languages=tuple(inputs["languages"]),
        ),
    )


def _moment(local: dt.datetime) -> dt.datetime:
    return local.replace(tzinfo=HELSINKI).astimezone(dt.UTC)
