"""What may and may not stand in a tracked file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, listed, shown, tracked

LOCKS = [path for path in tracked() if path.suffix == ".lock" or path.name == "package-lock.json"]
REGISTRY_HOSTS = tuple(
    ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"))
)
"""Put together here, so that this file does not name what it forbids."""

MACHINE_PATH = re.compile(r"(?<![\w.~$}/-])/(?:work|root)/|[A-Z]:\\Users\\(?!x\b)")
IDENTITY_CODE = re.compile(r"\b\d{6}[-+A-FU-Y](\d{3})[0-9A-Y]\b")
EMAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)*\.(?!\d)[\w-]+)")
"""An address; ``staff-session@2026.1`` is a bundle and its version: no domain ends in a number."""
RESERVED = re.compile(r"(?:.*\.)?(?:example|invalid|test|localhost|example\.(?:com|org|net|fi))|muutosturva")
"""Domains nobody can own (RFC 2606), and the right side of calendar UIDs."""


@cache
def texts() -> tuple[tuple[Path, str], ...]:
    """Return every tracked text file with what it holds."""
    found = []
    for path in tracked():
        raw = path.read_bytes()
        if b"\0" not in raw:
            folded = b"\r\n " if path.suffix == ".ics" else b""
            whole = raw.replace(folded, b"") if folded else raw
            found.append((path, whole.decode("utf-8", errors="replace")))
    return tuple(found)


def hits(pattern: re.Pattern[str]) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield each match in the tracked texts with its file and line."""
    for path, text in texts():
        for found in pattern.finditer(text):
            yield f"{shown(path)}:{text.count(chr(10), 0, found.start()) + 1} {found[0]}", found


@pytest.mark.parametrize("lock", LOCKS, ids=shown)
def test_a_lock_names_no_host(lock: Path) -> None:
    """A lock must install from whatever registry the machine is set up for."""
    found = [
        line for line in lock.read_text("utf-8").splitlines() if "index-url" in line or '"resolved"' in line
    ]
    assert not found, listed(found)
    if lock.suffix == ".lock":
        assert "://" not in lock.read_text("utf-8")


@pytest.mark.parametrize("lock", [lock for lock in LOCKS if lock.suffix == ".lock"], ids=shown)
def test_every_locked_package_has_its_hashes(lock: Path) -> None:
    """A package without a hash would stop every installation (pip --require-hashes)."""
    blocks = re.split(r"\n(?=\S)", lock.read_text("utf-8").strip())
    assert not [block for block in blocks if "--hash=sha256:" not in block]
    assert not [block for block in blocks if not re.match(r"[a-z0-9._-]+==", block)]


def test_the_developers_lock_holds_what_runs_at_the_same_versions() -> None:
    """The tests must try the very versions the users get."""
    pinned = [
        set(re.findall(r"^[a-z0-9._-]+==[^\s;]+", (ROOT / name).read_text("utf-8"), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    ]
    assert not pinned[0] - pinned[1]


def test_no_file_names_a_registry_host() -> None:
    found = [where for where, _ in hits(re.compile("|".join(map(re.escape, REGISTRY_HOSTS))))]
    assert not found, listed(found)


def test_no_file_holds_a_path_of_one_machine() -> None:
    found = [
        where for where, _ in hits(MACHINE_PATH) if not where.startswith("tests/architecture/test_files.py")
    ]
    assert not found, listed(found)


def test_every_identity_code_is_an_invented_one() -> None:
    """Individual numbers 900 to 999 are given to nobody."""
    found = [where for where, match in hits(IDENTITY_CODE) if int(match[1]) < 900]
    assert not found, listed(found)


def test_every_address_is_one_that_nobody_can_own() -> None:
    found = [where for where, match in hits(EMAIL) if not RESERVED.fullmatch(match[1].lower())]
    assert not found, listed(found)


def test_text_files_end_their_lines_with_lf_alone() -> None:
    """Calendar files keep the CRLF of their format; everything else is the same on every system."""
    found = [shown(path) for path, text in texts() if "\r\n" in text and path.suffix not in {".ics", ".csv"}]
    assert not found, listed(found)


@pytest.mark.parametrize(
    "name", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "NOTICE"]
)
def test_the_files_a_newcomer_looks_for_are_there(name: str) -> None:
    assert (ROOT / name).read_text("utf-8").strip()


def test_every_place_the_architecture_names_is_there() -> None:
    """A page that sends a newcomer to a file that has moved is worse than none."""
    named = re.findall(
        r"`((?:muutosturva|playbooks|tests|docs)/[\w./-]+)`", (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    )
    built = {"muutosturva/playbooks/library/"}
    missing = [place for place in named if place not in built and not (ROOT / place).exists()]
    assert len(named) > 10
    assert not missing, listed(missing)


def test_every_short_name_in_the_table_of_lines_is_there() -> None:
    """It stands in the folder named before it; with a floor, in the room named before it."""
    table = (ROOT / "ARCHITECTURE.md").read_text("utf-8").partition("## Where a line goes")[2]
    found, missing = 0, []
    for line in table.partition("## Habits")[0].splitlines():
        before = ROOT
        for name in re.findall(r"`([\w/]+(?:\.(?:py|toml|csv|yaml)|/))`", line):
            if name.startswith(("muutosturva/", "playbooks/")):
                before = ROOT / name
                continue
            folder = before if before.is_dir() else before.parent
            room = ROOT / "muutosturva" / before.relative_to(ROOT).parts[1] if "/" in name else folder
            found += 1
            if not (room / name).exists():
                missing.append(f"{name}: {line}")
    assert found > 10
    assert not missing, listed(missing)


def test_every_decision_says_what_was_compared_and_what_it_costs() -> None:
    """A decision without its alternatives cannot be taken back with a good conscience."""
    decisions = [path for path in tracked() if path.parent == ROOT / "docs" / "decisions"]
    lacking = [
        f"{shown(path)}: {heading}"
        for path in decisions
        for heading in ("## Decision", "## Compared", "## Cost")
        if heading not in path.read_text("utf-8")
    ]
    assert decisions
    assert not lacking, listed(lacking)


def test_every_link_in_the_documents_leads_somewhere() -> None:
    pages = [(path, text) for path, text in texts() if path.suffix == ".md" and "golden" not in path.parts]
    broken = [
        f"{shown(path)}: {target}"
        for path, text in pages
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)\s#]+)", text)
        if not (path.parent / target).exists()
    ]
    assert not broken, listed(broken)
