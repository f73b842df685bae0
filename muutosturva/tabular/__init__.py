"""Tables as files of Excel and LibreOffice: writing xlsx and csv, and reading them when they come back."""
