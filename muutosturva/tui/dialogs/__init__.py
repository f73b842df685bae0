"""Dialogs: each asks one thing and returns a typed answer, or None when it was cancelled."""
