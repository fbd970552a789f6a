"""Who may ask, how often, and how others are refused."""
