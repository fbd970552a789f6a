"""Stand-ins for a language model: a strict chat-completions API, and what a model may say."""
