"""A page of a report as a picture, with words of it marked."""
