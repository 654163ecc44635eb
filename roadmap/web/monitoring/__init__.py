"""What watches an installation asks for: whether it answers, and its numbers."""
