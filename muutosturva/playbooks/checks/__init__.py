"""The single checks of the lint, by what they look at."""
