"""The one door from the screens to the use cases: it adds who acts and what time it is.

No other file of the terminal UI calls a service or a query; every method may be run in a thread.
``door.Backend`` has a part for each topic (``backend.tasks.start(task)``). A new use case is a
method of the part of its topic; a new topic is a file with one class and a property of ``Backend``.
"""
