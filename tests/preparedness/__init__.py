"""Tests of the preparedness room."""
