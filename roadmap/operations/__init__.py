"""What people do: one function for each thing, a session first, never a commit."""
