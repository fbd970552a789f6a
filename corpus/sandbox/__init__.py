"""Files are parsed in processes of their own, with limits; what they return is cached."""
