"""Rows read from a foreign file, and the outline that is made of them."""
