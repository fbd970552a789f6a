"""Reports → passages. Knows nothing of vectors or chats."""
