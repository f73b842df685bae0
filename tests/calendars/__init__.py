"""Calendar files: golden bytes, second readers, clock changes."""
