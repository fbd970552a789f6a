"""Questions in, answers out: the command line, Telegram, the configuration."""
