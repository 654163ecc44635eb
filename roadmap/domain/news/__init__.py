"""News: what others did that concerns a person, read from what is on record."""
