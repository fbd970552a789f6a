"""The commands of whoever sets the program up or moves it: `init`, `backup` and `restore`."""
