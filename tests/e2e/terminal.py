"""A real terminal for tests: a tmux server of its own, read as a person reads the screen."""

from __future__ import annotations

import os
import select
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

GLANCE: Final = 0.1
"""Seconds between two looks where nothing tells that something has changed."""
PATIENCE: Final = 30.0
"""Seconds until a text must stand on the screen."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """A program running in a terminal.

    Attributes:
        socket: name of the tmux server.
        output: what the program writes; read only to learn that something was written.
        ended: file that gets the program's exit code; tmux itself now and then misses it.
    """

    socket: str
    output: int
    ended: Path

    def tmux(self, *arguments: str) -> str:
        """Give the server a command and return its answer."""
        command = ["tmux", "-L", self.socket, "-f", os.devnull, "-u", *arguments]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=20)
        return done.stdout

    @property
    def screen(self) -> str:
        """Return what stands on the screen now."""
        return self.tmux("capture-pane", "-p", "-t", "story")

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names for them."""
        self.tmux("send-keys", "-t", "story", *keys)

    def type(self, text: str) -> None:
        """Type a text as it is."""
        self.tmux("send-keys", "-t", "story", "-l", text)

    def read_until(self, *texts: str) -> str:
        """Wait until one of the texts stands on the screen, looking whenever something was written.

        Raises:
            AssertionError: none appeared in time; the screen is shown.
        """
        end = time.monotonic() + PATIENCE
        while True:
            screen = self.screen
            if any(text in screen for text in texts):
                return screen
            left = end - time.monotonic()
            assert left > 0, f"waited for {texts}\n{screen}"
            ready, _, _ = select.select([self.output], [], [], min(left, 1.0))
            if ready:
                os.read(self.output, 1 << 16)

    def exit_code(self) -> int:
        """Wait until the program has ended and return its exit code.

        Raises:
            AssertionError: it goes on; the screen is shown.
        """
        end = time.monotonic() + PATIENCE
        while not (self.ended.exists() and self.ended.read_text(encoding="ascii").strip()):
            assert time.monotonic() < end, f"still running\n{self.screen}"
            select.select([], [], [], GLANCE)
        return int(self.ended.read_text(encoding="ascii"))


@contextmanager
def terminal(
    command: Sequence[str | Path], *, folder: Path, size: tuple[int, int], env: dict[str, str]
) -> Iterator[Terminal]:
    """Run a program in a terminal of its own and stop the terminal afterwards.

    Args:
        command: program and arguments.
        folder: where the program runs, and where the test keeps its pipe.
        size: columns and rows.
        env: variables beside the test's own environment.
    """
    pipe = folder / "output"
    os.mkfifo(pipe)
    output = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    made = Terminal(f"muutosturva-{os.getpid()}-{folder.name}", output, folder / "exit-code")
    width, height = (str(number) for number in size)
    settings = [part for name, value in env.items() for part in ("-e", f"{name}={value}")]
    watched = f'"$@"; echo $? > "{made.ended}"'
    try:
        place = ("-x", width, "-y", height, "-c", str(folder))
        made.tmux(
            "new-session",
            "-d",
            "-s",
            "story",
            *place,
            *settings,
            "sh",
            "-c",
            watched,
            "sh",
            *map(str, command),
        )
        made.tmux("set-option", "-g", "remain-on-exit", "on")
        made.tmux("pipe-pane", "-t", "story", f"cat > '{pipe}'")
        yield made
    finally:
        made.tmux("kill-server")
        os.close(output)
