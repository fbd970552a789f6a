"""Reports in the chat: browsed, uploaded, previewed, corrected."""
