"""Who may ask, how often, and what happens to everyone else."""
