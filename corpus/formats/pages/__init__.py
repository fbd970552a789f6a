"""Rows of text on pages → lines of a report: what PDF files and pictures have in common."""
