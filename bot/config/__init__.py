"""The configuration: one YAML file, checked as a whole, and the secrets beside it."""
