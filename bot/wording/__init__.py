"""Answers, citations, errors and changes as sentences, for every channel."""
