"""From a message to an answer in the chat."""
