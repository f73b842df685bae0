"""Tests of the law, its book and the calendar."""
