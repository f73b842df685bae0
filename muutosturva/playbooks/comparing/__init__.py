"""What a playbook holds, and how two of them differ, as values for a reader."""
