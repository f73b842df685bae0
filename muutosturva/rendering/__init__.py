"""From one Markdown source to HTML, DOCX and accessible PDF."""
