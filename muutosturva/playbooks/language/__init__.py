"""The language as declared: the words it is written in, what a file may hold, its worked cases."""
