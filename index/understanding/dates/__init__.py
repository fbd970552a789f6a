"""Years in a question: named, relative, resolved against the reports."""
