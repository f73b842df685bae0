"""The rules of the house: sizes, directions, words, licences, what may be in a tracked file."""
