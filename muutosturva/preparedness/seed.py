"""The shipped parties and the invented example roster as rows."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from importlib import resources

from muutosturva.models.standing import Party, RosterPerson


def _read(name: str) -> Iterator[Mapping[str, str]]:
    text = (resources.files("muutosturva") / "data" / name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _many(text: str) -> list[str]:
    return [part for part in text.split(";") if part]


def _texts(line: Mapping[str, str], name: str) -> dict[str, str]:
    texts = {language: line[f"{name}_{language}"] for language in ("fi", "sv", "en")}
    return {language: text for language, text in texts.items() if text}


def party_rows(owner_area: str) -> list[Party]:
    """Return the organisations that have a part in an incident."""
    return [
        Party(
            owner_area=owner_area,
            slug=line["slug"],
            name=_texts(line, "name"),
            kind=line["kind"],
            role=_texts(line, "role"),
            audience=line["audience"],
            confidence=line["confidence"],
            source=line["source"],
        )
        for line in _read("parties.csv")
    ]


def example_roster(owner_area: str) -> list[RosterPerson]:
    """Return the roster of plainly invented people: a template to overwrite, and the demo's group."""
    return [
        RosterPerson(
            owner_area=owner_area,
            slug=line["slug"],
            name=line["name"],
            title=_texts(line, "title"),
            area_slug=line["area"],
            roles=_many(line["roles"]),
            deputy_for=_many(line["deputy_for"]),
            skills=_many(line["skills"]),
            languages=_many(line["languages"]),
            email=line["email"],
            phone=line["phone"],
        )
        for line in _read("roster_example.csv")
    ]
