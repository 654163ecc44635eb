"""Maps: the layout of a roadmap as lines and stations."""
