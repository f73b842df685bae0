"""From files to one valid playbook: YAML with positions, layers laid over each other, text pinned."""
