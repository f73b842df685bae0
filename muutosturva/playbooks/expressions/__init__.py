"""The two small languages inside a playbook: date expressions and conditions.

Both are read by hand-written parsers that never raise: a text gives a tree or a ``Fault`` with
its place. Nothing in them can call, loop or reach outside, so there is no sandbox to trust.
"""
