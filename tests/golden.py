"""Golden files: compared as bytes, rewritten only when asked for.

``MUUTOSTURVA_GOLDEN=write make test`` writes what the tests found; the difference is then read
in version control before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path


def assert_golden(path: Path, found: bytes) -> None:
    """Compare ``found`` with the file at ``path``; or write it there when that was asked for."""
    if os.environ.get("MUUTOSTURVA_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(found)
    assert path.exists(), f"{path} is missing: MUUTOSTURVA_GOLDEN=write makes it"
    assert path.read_bytes().decode(errors="replace") == found.decode(errors="replace")
    assert path.read_bytes() == found
