"""The Telegram bot; `routes` says which update goes to which handler."""
