"""Files and folders that survive a power cut, and two programs at once."""
