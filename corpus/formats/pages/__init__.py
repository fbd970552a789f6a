"""Pages with text at places on them → lines: what PDF files and scans have in common."""
