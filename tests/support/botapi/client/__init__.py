"""What tests use: typed, synchronous, the same for a server in a thread and one far away."""
