"""The shipped parties and the invented example roster as rows."""

from __future__ import annotations

from collections.abc import Mapping

from muutosturva.models.standing import Party, RosterPerson
from muutosturva.store.shipped import shipped_lines


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
        for line in shipped_lines("parties.csv")
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
        for line in shipped_lines("roster_example.csv")
    ]
