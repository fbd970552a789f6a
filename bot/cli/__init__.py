"""The commands of the program: one function each, from arguments to exit status."""
