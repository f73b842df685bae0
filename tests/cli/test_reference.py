"""The reference page says what the command tree says."""

from __future__ import annotations

from pathlib import Path

from muutosturva.cli.output import Output
from muutosturva.cli.state import State
from muutosturva.clock import now
from muutosturva.i18n import Texts
from tests.cli.conftest import Screens
from tests.cli.reference import reference
from tests.cli.tree import walk
from tests.golden import assert_golden

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "cli.md"


def test_the_reference_is_made_from_the_command_tree() -> None:
    texts = Texts("en")
    page = reference(State(texts, Output(texts), now, Screens()))

    assert_golden(PAGE, page.encode())
    for path in walk():
        assert f"## {' '.join(('muutosturva', *path))}\n" in page
