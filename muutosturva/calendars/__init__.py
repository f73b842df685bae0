"""iCalendar files of tasks and meetings."""
