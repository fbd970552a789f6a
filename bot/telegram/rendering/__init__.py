"""Answers, keyboards and outlines as Telegram shows them."""
