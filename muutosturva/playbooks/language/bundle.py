"""A bundle as declared: tasks and what belongs to them, taken into playbooks with ``use``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from pydantic import Field

from muutosturva.playbooks.language.schema import (
    Anchor,
    Document,
    Input,
    Meeting,
    Message,
    Review,
    Role,
    Task,
    Training,
    Validity,
)
from muutosturva.playbooks.language.vocabulary import Id, Ids, Model, Name, Texts, Version, Words

BUNDLE: Final = "bundle"
"""Value of ``kind`` by which a bundle is told from a playbook."""


class Bundle(Model):
    """A bundle: it is used by playbooks, never triggered, extended or made of other bundles."""

    schema_: Literal["muutosturva/playbook/1"] = Field(alias="schema")
    id: Id
    version: Version
    kind: Literal["bundle"]
    title: Texts
    description: Texts = Field(default_factory=dict)
    valid: Validity | None = None
    review: Review | None = None
    law: tuple[Words, ...] = ()
    expects: Ids = ()
    """Ids of tasks that the playbook which uses the bundle must have."""
    inputs: Mapping[Name, Input] = Field(default_factory=dict)
    anchors: Mapping[Name, Anchor] = Field(default_factory=dict, max_length=100)
    waves: Mapping[Name, Anchor] = Field(default_factory=dict, max_length=10)
    phases: Mapping[Id, Texts] = Field(default_factory=dict)
    roles: Mapping[Id, Role] = Field(default_factory=dict)
    tasks: Mapping[Id, Task] = Field(default_factory=dict)
    messages: Mapping[Id, Message] = Field(default_factory=dict)
    meetings: Mapping[Id, Meeting] = Field(default_factory=dict)
    documents: Mapping[Id, Document] = Field(default_factory=dict)
    training: Mapping[Id, Training] = Field(default_factory=dict)
