"""Words and character bigrams: how text is cut, counted and scored."""
