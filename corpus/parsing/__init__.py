"""Lines of text → a report: title, year, sections, paragraphs."""
