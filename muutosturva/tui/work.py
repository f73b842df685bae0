"""Running a use case beside the screen, so that keys and clock go on while the store works."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

Args = ParamSpec("Args")
Value = TypeVar("Value")


async def in_background(work: Callable[Args, Value], *args: Args.args, **kwargs: Args.kwargs) -> Value:
    """Run ``work`` in a thread and return its result; its errors are raised here.

    Called only from a dialog worker, which is exclusive: a second one cannot begin meanwhile.
    """
    return await asyncio.to_thread(work, *args, **kwargs)
