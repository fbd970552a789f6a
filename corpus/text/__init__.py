"""Chinese text: numbers, sentences, numbering, encodings, lines."""
