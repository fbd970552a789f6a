"""Reports in the chat: looked through, sent in, previewed, corrected."""
