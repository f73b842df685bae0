"""The zip around a Word file: parts in one order, one date, so that equal texts are equal bytes."""

from __future__ import annotations

import io
import zipfile
from typing import Final

_FIRST: Final = "[Content_Types].xml"
_DATE: Final = (1980, 1, 1, 0, 0, 0)


def repack(package: bytes) -> bytes:
    """Return the same package with sorted parts and without the moment it was zipped."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new,
    ):
        for name in sorted(old.namelist(), key=lambda part: (part != _FIRST, part)):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            new.writestr(entry, old.read(name))
    return buffer.getvalue()
