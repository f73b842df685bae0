"""Forms of what stands in the roster: ids of roles and skills, language tags, addresses."""

from __future__ import annotations

import re
from typing import Final

ID: Final = re.compile(r"[a-z][a-z0-9_-]*")
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
