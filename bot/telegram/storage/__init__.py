"""The bot's own database: what was shown, what was asked, what a chat talks about."""
