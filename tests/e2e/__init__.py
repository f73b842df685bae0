"""Tests with other programs: calendar readers, LibreOffice, a real terminal, the built wheel."""
