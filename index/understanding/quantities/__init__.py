"""Numbers with their units, in every written form."""
