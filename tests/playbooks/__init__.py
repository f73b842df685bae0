"""The playbook language: what it admits, what it says to mistakes, what follows from it."""
