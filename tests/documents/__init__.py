"""Tests of what goes into documents."""
