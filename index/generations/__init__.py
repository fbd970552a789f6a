"""Complete indexes, one after another: made, verified, rolled back."""
