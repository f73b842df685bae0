"""Tables and the enums of states; nothing else.

Nothing is imported here: whoever needs only the states does not load the database library.
"""
