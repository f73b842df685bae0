"""Tests: one folder per room, plus ``architecture`` and ``e2e``."""
