"""The bot's own database: the answers it gave, the questions, the conversations."""
