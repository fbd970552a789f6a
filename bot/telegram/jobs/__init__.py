"""Changes of the library that take a while: recorded, run one at a time, with progress."""
