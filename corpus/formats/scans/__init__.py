"""Pictures of pages → lines of text."""
