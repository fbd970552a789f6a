"""A question and what retrieval found → an answer, or an honest no."""
