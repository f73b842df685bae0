"""The playbook language: schema, loader with positions, lint and expansion into a plan."""
