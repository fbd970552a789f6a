"""Makes the bundled reader."""
