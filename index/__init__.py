"""Passages → answers. Knows nothing of chats."""
