"""``roster``: who stands ready."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from muutosturva.cli.framework import Group, argument, flag, option
from muutosturva.cli.incident_pages import columns
from muutosturva.cli.state import State

if TYPE_CHECKING:
    from muutosturva.preparedness.queries import PersonView


@click.group("roster", cls=Group)
def roster() -> None:
    """Keep the roster."""


@roster.command("list")
@flag("--all", "everything", text="roster_all")
@click.pass_obj
def list_command(state: State, *, everything: bool) -> None:
    """List the people who can take a role."""
    from muutosturva.preparedness import queries

    texts = state.texts
    with state.store() as store, store.reading() as session:
        found = [person for person in queries.roster(session) if person.active or everything]
    rows = [
        (
            person.slug,
            person.name,
            ", ".join(person.languages),
            "" if person.active else texts("cli.roster.inactive"),
            texts.pick(person.title),
            ", ".join(person.roles),
            ", ".join(person.deputy_for),
        )
        for person in found
    ]
    names = ("slug", "~name", "languages", "part", "_person_title", "=roles", "=deputy_for")
    state.out.show(
        [_document(person, state) for person in found], state.out.table(columns(state, *names), rows)
    )


@roster.command("add")
@argument("name", text="person_name")
@option("--title", text="person_title", value="title", default="")
@option("--area", text="person_area", value="area", default="")
@option("--roles", value="roles", commas=True, default="")
@option("--deputy-for", value="roles", commas=True, default="")
@option("--skills", value="skills", commas=True, default="")
@option("--languages", text="person_languages", value="languages", commas=True, default="fi")
@option("--email", value="email", default="")
@option("--phone", value="phone", default="")
@click.pass_obj
def add_command(state: State, /, *, name: str, title: str, **details: Any) -> None:
    """Add a person to the roster."""
    from muutosturva.preparedness.service import NewPerson, add_person

    titles: dict[str, str] = {state.texts.language: title.strip()} if title.strip() else {}
    with state.store() as store:
        person = add_person(
            store,
            NewPerson(name=name, title=titles, **details),
            actor=state.actor(store),
            now=state.now(),
        )
    sentence = state.texts("cli.roster.added", person=person.name, slug=person.slug)
    state.out.done(_document(person, state), sentence)


def _document(person: PersonView, state: State) -> dict[str, object]:
    return {
        "id": person.slug,
        "name": person.name,
        "title": state.texts.pick(person.title) or None,
        "area": person.area or None,
        "roles": list(person.roles),
        "deputy_for": list(person.deputy_for),
        "skills": list(person.skills),
        "languages": list(person.languages),
        "email": person.email or None,
        "phone": person.phone or None,
        "active": person.active,
    }
