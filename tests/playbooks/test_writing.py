"""A playbook written by the program reads as the data it was written from."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from muutosturva.playbooks.loading.loader import read_text
from muutosturva.playbooks.loading.source import plain
from muutosturva.playbooks.loading.writing import yaml_text

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cn", "Co"]), max_size=30)
KEYS = st.one_of(st.from_regex(r"[a-z][a-z0-9_-]{0,12}", fullmatch=True), st.just("no"), st.just("true"))
SCALARS = st.one_of(WORDS, st.integers(-999, 999), st.booleans(), st.sampled_from(["heard + 1 wd", "2026.1"]))
DATA = st.dictionaries(
    KEYS,
    st.recursive(
        SCALARS,
        lambda inner: st.one_of(
            st.lists(SCALARS, max_size=3),
            st.lists(st.dictionaries(KEYS, SCALARS, max_size=2), max_size=2),
            st.dictionaries(KEYS, inner, max_size=3),
        ),
        max_leaves=10,
    ),
    min_size=1,
    max_size=4,
)


def _composed(value: Any) -> Any:
    """Return data with its texts as the reader gives them: ä written as two characters is made one."""
    import unicodedata

    if isinstance(value, dict):
        return {_composed(key): _composed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_composed(item) for item in value]
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


@given(DATA)
def test_what_is_written_is_read_again(data: dict[str, Any]) -> None:
    """Whatever a person typed as a title, the file holds it and nothing else."""
    source = read_text(yaml_text(data), "written")
    assert source.problems == ()
    assert source.root is not None
    assert plain(source.root) == _composed(data)


def test_comments_stand_above_what_they_speak_of_and_long_ones_are_folded() -> None:
    data = {"tasks": {"add": {"call": {"due": "heard + 1 wd", "needs": None}}}, "from": dt.date(2027, 3, 1)}
    comments = {
        (): ["Alku.", "", "- " + "sana " * 30],
        ("tasks", "add", "call"): ["Ryhmä lisäsi tämän."],
    }
    lines = yaml_text(data, comments).splitlines()
    assert lines[:3] == ["# Alku.", "#", "# - " + " ".join(["sana"] * 19)]
    assert lines[3].startswith("#   sana")
    assert lines[-7:] == [
        "tasks:",
        "  add:",
        "    # Ryhmä lisäsi tämän.",
        "    call:",
        '      due: "heard + 1 wd"',
        "      needs: null",
        "from: 2027-03-01",
    ]
