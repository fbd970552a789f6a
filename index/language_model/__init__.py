"""A language model that points and writes: nothing it says is shown before it is checked."""
