"""Golden files: compared as bytes, rewritten only when asked for.

``make golden`` writes what the tests found; the difference is then read in version control
before it is committed.
"""

from __future__ import annotations

import os
from difflib import unified_diff
from pathlib import Path

WRITE = "MUUTOSTURVA_GOLDEN"
"""Environment variable: ``write`` takes what was found as what is right."""


def assert_golden(path: Path, found: bytes) -> None:
    """Compare ``found`` with the file at ``path``; or write it there when that was asked for.

    Raises:
        AssertionError: they differ, or there is no such file; the difference is shown.
    """
    if os.environ.get(WRITE) == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(found)
    golden = path.read_bytes() if path.exists() else b""
    if golden == found:
        return
    before, after = (part.decode(errors="replace").splitlines() for part in (golden, found))
    shown = "\n".join(unified_diff(before, after, path.name, "found", n=1, lineterm=""))
    raise AssertionError(f"{path} differs; if what was found is right: make golden\n{shown[:5000]}")
