"""The terminal UI: app, commands, screens, widgets and dialogs."""
