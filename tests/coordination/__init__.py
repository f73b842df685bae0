"""Tests of the coordination room."""
