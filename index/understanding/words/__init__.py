"""Aliases, English, slips of the pen, and words that say nothing."""
