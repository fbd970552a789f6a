"""What the server knows: accounts, chats, messages, updates, and the rules that hold for them."""
