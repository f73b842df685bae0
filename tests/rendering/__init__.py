"""Tests of how documents are written."""
