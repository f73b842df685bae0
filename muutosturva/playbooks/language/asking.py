"""What finishing a task asks for: a decision with options, or a form with typed fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, model_validator

from muutosturva.playbooks.language.vocabulary import Id, Model, Name, Texts


class Decision(Model):
    """A choice the task exists for; the task is done when it is made and said why."""

    options: Mapping[Id, Texts] = Field(min_length=2, max_length=12)
    """What can be chosen, by id."""
    by: Id
    """Role that decides."""


class FormField(Model):
    """One thing a form asks."""

    type: Literal["int", "bool", "text", "date", "enum"]
    label: Texts
    """The question as a person reads it."""
    required: bool = False
    """True: the task is not done without it."""
    options: Mapping[Id, Texts] = Field(default_factory=dict)
    """Permitted values of an ``enum`` and their words."""

    @model_validator(mode="after")
    def _fits_type(self) -> Self:
        if (self.type == "enum") != bool(self.options):
            raise ValueError("enum_options")
        return self


class Form(Model):
    """What is written down when the task is done."""

    fields: Mapping[Name, FormField] = Field(min_length=1, max_length=20)
    """What is asked, by id, in its order."""
