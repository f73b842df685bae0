"""What the incident's commands do, a file for each topic: ask, carry out, and say what was done.

A flow takes a ``Job`` (``job.py``), one about a task also the task. It returns what to tell the
person, or "" when the dialog was cancelled and nothing happened; its errors are shown by the
place. ``table.py`` says which command is which flow.
"""
