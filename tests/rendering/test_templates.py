"""Templates: an office may change them, and is told exactly what is wrong with its own."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from muutosturva.errors import InputError, NotFoundError, Problem
from muutosturva.i18n import Texts
from muutosturva.rendering.markup import Md
from muutosturva.rendering.templates import Templates


@dataclass(frozen=True)
class Firm:
    """What a template is given."""

    employer: str = "Mallikaluste Oy"
    headcount: int | None = None
    _secret: str = "salaisuus"


def filled(folder: Path, text: str, /, language: str = "fi", **context: object) -> str:
    """Write a template and fill it."""
    (folder / "oma.md.j2").write_text(text, encoding="utf-8")
    texts = Texts("fi" if language == "fi" else "en")
    return Templates([folder], texts).render("oma.md.j2", {"firm": Firm(), **context})


def problem(folder: Path, text: str) -> Problem:
    """Return the one problem of a template, and check that it is told in every language."""
    with pytest.raises(InputError) as caught:
        filled(folder, text)
    (found,) = caught.value.problems
    for language in ("fi", "sv", "en"):
        told = Texts(language)
        assert told.error(caught.value)
        assert told.problem(found)
        told.hint(found)
    return found


def test_a_value_is_escaped_and_markdown_of_ours_is_not(tmp_path: Path) -> None:
    assert filled(tmp_path, "{{ a }} {{ b }}", a="*x*|", b=Md("**y**")) == r"\*x\*\| **y**"


def test_the_result_of_a_filter_on_markdown_is_escaped_again(tmp_path: Path) -> None:
    """Rather a backslash too many than a value that slips through."""
    assert filled(tmp_path, "{{ (a ~ b) }}", a=Md("**"), b="x") == r"\*\*x"


def test_what_fills_a_text_of_the_catalogue_is_escaped(tmp_path: Path) -> None:
    found = filled(tmp_path, '{{ t("documents.at_least", number=n) }}', n="<b>3</b>")

    assert found == r"vähintään \<b>3\</b>"


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ row([none, 3, 'a|b']) }}", "| ei tiedossa | 3 | a\\|b |"),
        ("{{ columns('lrc') }}", "| --- | --: | :-: |"),
        ("{{ bold('a*') }}{{ bold('') }}", "**a\\***"),
        ("{{ firm.headcount | number }}", "ei tiedossa"),
        ("{{ ['a', '*b*'] | listing }}", r"a ja \*b\*"),
        ("{{ {'sv': 'Möte'} | pick }}", "Möte (sv)"),
        ("{% macro m(x) %}**{{ x }}**{% endmacro %}{{ m('*') | md }}", "**\\***"),
    ],
)
def test_the_words_of_templates(tmp_path: Path, template: str, expected: str) -> None:
    assert filled(tmp_path, template) == expected


@pytest.mark.parametrize(
    ("template", "code", "params", "line"),
    [
        ("A\n{{ firmm.employer }}", "unknown_name", {"name": "firmm", "known": ("firm",)}, 2),
        ("A\n\n{{ firm.employr }}", "unknown_name", {"name": "employr", "known": ("employer",)}, 3),
        ("{% if x %}a{% endif %}", "unknown_name", {"name": "x"}, 1),
        ("{% for a in lista %}a{% endfor %}", "unknown_name", {"name": "lista"}, 1),
        ("A\n{% if firm %}", "template_syntax", {}, 2),
        ("{{ firm | tuntematon }}", "template_syntax", {}, 1),
        ("\n{{ t('documents.puuttuu') }}", "unknown_text", {"key": "documents.puuttuu"}, 2),
        ("{% include 'toinen.j2' %}", "include_missing", {"name": "toinen.j2"}, 1),
        ("{% include '../salaisuus.txt' %}", "include_missing", {"name": "../salaisuus.txt"}, 1),
        ("{{ firm.__class__.__mro__ }}", "template_forbidden", {}, 1),
        ("{{ firm._secret }}", "template_forbidden", {}, 1),
        ("{{ lista.append(1) }}", "unknown_name", {"name": "lista"}, 1),
        ("{{ [].append(1) }}", "template_forbidden", {}, 1),
        (
            "{{ 1 // 0 }}",
            "template_failed",
            {"detail": "ZeroDivisionError: integer division or modulo by zero"},
            1,
        ),
        ("{{ range(999999) | list | length }}", "template_failed", {}, 1),
    ],
)
def test_a_mistake_in_a_template_is_told_with_file_and_line(
    tmp_path: Path, template: str, code: str, params: Mapping[str, object], line: int
) -> None:
    """The writer of a template is an official with a text editor, not a programmer with a debugger."""
    (tmp_path.parent / "salaisuus.txt").write_text("salaisuus", encoding="utf-8")

    found = problem(tmp_path, template)

    assert (found.code, found.path, found.line) == (f"rendering.{code}", str(tmp_path / "oma.md.j2"), line)
    assert {name: found.params.get(name) for name in params} == params


def test_a_mistake_in_an_included_file_names_that_file(tmp_path: Path) -> None:
    (tmp_path / "osa.j2").write_text("\n\n{{ puuttuu }}", encoding="utf-8")

    found = problem(tmp_path, "{% include 'osa.j2' %}")

    assert (found.path, found.line) == (str(tmp_path / "osa.j2"), 3)


def test_a_template_in_another_encoding_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "oma.md.j2").write_bytes("Päätös".encode("latin-1"))

    with pytest.raises(InputError) as caught:
        Templates([tmp_path], Texts("fi")).render("oma.md.j2", {})

    assert [found.code for found in caught.value.problems] == ["rendering.template_encoding"]


def test_the_first_folder_that_has_the_file_wins(tmp_path: Path) -> None:
    """So a town's own template replaces the shipped one, and the rest is still found."""
    own, shipped = tmp_path / "own", tmp_path / "shipped"
    for folder, words in ((own, "oma {% include 'b.j2' %}"), (shipped, "valmis")):
        folder.mkdir()
        (folder / "a.j2").write_text(words, encoding="utf-8")
    (shipped / "b.j2").write_text("yhteinen", encoding="utf-8")

    assert Templates([own, shipped], Texts("fi")).render("a.j2", {}) == "oma yhteinen"


@pytest.mark.parametrize(
    "name", ["../ulkona.j2", "/etc/passwd", "linkki.j2", "..\\ulkona.j2", "kansio", "puuttuu.j2"]
)
def test_nothing_outside_the_folders_is_read(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "mallit"
    (folder / "kansio").mkdir(parents=True)
    (tmp_path / "ulkona.j2").write_text("ulkona", encoding="utf-8")
    if os.name == "posix":  # Windows lets only administrators make links
        (folder / "linkki.j2").symlink_to(tmp_path / "ulkona.j2")

    with pytest.raises(NotFoundError) as caught:
        Templates([folder], Texts("fi")).render(name, {})

    assert caught.value.key == "rendering.template_missing"


def test_a_fault_of_the_program_is_not_blamed_on_the_template(tmp_path: Path) -> None:
    """What fails outside any template is a bug of ours and must be seen as one."""
    templates = Templates([tmp_path], Texts("fi"))
    (tmp_path / "a.j2").write_text("a", encoding="utf-8")

    with pytest.raises(TypeError):
        templates.render("a.j2", {1: "avain"})  # type: ignore[dict-item] # wrong on purpose
