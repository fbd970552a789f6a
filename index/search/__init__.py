"""A question → ranked passages."""
