"""The C library libical through ctypes: it knows the restrictions of RFC 5546 (iTIP)."""

from __future__ import annotations

import ctypes
import ctypes.util
from functools import cache
from typing import Final

SIGNATURES: Final = {
    "icalparser_parse_string": (ctypes.c_void_p, [ctypes.c_char_p]),
    "icalrestriction_check": (ctypes.c_int, [ctypes.c_void_p]),
    "icalcomponent_count_errors": (ctypes.c_int, [ctypes.c_void_p]),
    "icalcomponent_as_ical_string": (ctypes.c_char_p, [ctypes.c_void_p]),
    "icalcomponent_free": (None, [ctypes.c_void_p]),
}


@cache
def library() -> ctypes.CDLL:
    """Return the loaded library."""
    name = ctypes.util.find_library("ical")
    assert name, "libical is missing: see .ci/apt-packages.txt"
    loaded = ctypes.CDLL(name)
    for function, (result, arguments) in SIGNATURES.items():
        getattr(loaded, function).restype = result
        getattr(loaded, function).argtypes = arguments
    return loaded


def complaints(raw: bytes) -> list[str]:
    """Return what libical has against a file: nothing when it conforms."""
    libical = library()
    component = libical.icalparser_parse_string(raw)
    if not component:
        return ["cannot be parsed"]
    conforms = libical.icalrestriction_check(component)
    errors = libical.icalcomponent_count_errors(component)
    text = libical.icalcomponent_as_ical_string(component).decode().replace("\r\n ", "")
    libical.icalcomponent_free(component)
    told = [line for line in text.split("\r\n") if line.startswith("X-LIC-ERROR")]
    return told if conforms and not errors else [*told, f"conforms={conforms} errors={errors}"]
