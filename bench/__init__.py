"""Speed as a ratio against what people would use instead, and how cost grows with the work."""
