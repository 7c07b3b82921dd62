"""Tellings: stance and framing analytics for news."""
