"""PyTorch weights → small int8 graphs."""
