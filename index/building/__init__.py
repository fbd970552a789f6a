"""Reports → a generation; only what changed is read and encoded."""
