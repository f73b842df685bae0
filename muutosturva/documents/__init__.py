"""What goes into each document, as read models and Jinja2 sources."""
