"""The Telegram room: `app` is the map of what is handled where."""
