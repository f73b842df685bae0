"""Holding playbooks to the worked cases written for them."""
