"""Web pages → lines of text."""
