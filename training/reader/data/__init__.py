"""Questions to train and test the reader with."""
