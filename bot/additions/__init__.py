"""What admins add to the reports from the chat: answers to questions, and abbreviations."""
