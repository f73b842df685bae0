"""What the program brings along may be passed on with it under the EUPL."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, metadata
from typing import Final

import pytest

from tests.architecture.source import ROOT

ALLOWED: Final = frozenset(
    {"Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MPL-2.0", "OFL-1.1", "PSF-2.0"}
)
"""Permissive licences, and the file-level MPL and OFL: none asks anything of our own code."""

CLASSIFIERS: Final[Mapping[str, str]] = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "SIL Open Font License 1.1 (OFL-1.1)": "OFL-1.1",
}

READ_BY_HAND: Final[Mapping[str, str]] = {"lxml": "BSD-3-Clause", "tzdata": "Apache-2.0"}
"""Packages that state their licence only in free text."""

LINE: Final = re.compile(r"^(?P<name>[a-z0-9._-]+)==\S+(?: ; (?P<marker>[^\\]*))?", re.MULTILINE)


def closure() -> list[tuple[str, str]]:
    """Return every package of the run-time lock with its marker."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    return [(found["name"], found["marker"] or "") for found in LINE.finditer(text)]


def licences(name: str) -> set[str]:
    """Return the licences a package states, by SPDX name where it is known."""
    stated = metadata(name)
    if name in READ_BY_HAND:
        return {READ_BY_HAND[name]}
    if expressions := stated.get_all("License-Expression"):
        return set(re.split(r" (?:AND|OR) ", re.sub(r"[()]", "", expressions[0])))
    classifiers = stated.get_all("Classifier") or []
    found = {
        line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License :: OSI Approved :: ")
    }
    return {CLASSIFIERS.get(line, line) for line in found}


@pytest.mark.parametrize(("name", "marker"), closure(), ids=[name for name, _ in closure()])
def test_a_package_that_runs_with_us_has_a_licence_we_may_pass_on(name: str, marker: str) -> None:
    try:
        stated = licences(name)
    except PackageNotFoundError:
        assert marker, f"{name} is locked for every system but not installed"
        return
    assert stated, f"{name} states no licence: read it and add it to READ_BY_HAND"
    assert stated <= ALLOWED


def test_the_licence_is_the_whole_text_of_the_eupl() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")

    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    articles = [int(number) for number in re.findall(r"^(\d+)\. ?[A-Z]", text, re.MULTILINE)]
    assert articles == list(range(1, 16))
    assert "Appendix" in text


def test_every_font_and_data_source_stands_in_the_notice() -> None:
    """Attribution is the one thing these sources ask for."""
    notice = (ROOT / "NOTICE").read_text("utf-8")

    for source in ("Source Sans", "Open Font License", "Statistics Finland", "CC BY 4.0", "Finlex"):
        assert source in notice
