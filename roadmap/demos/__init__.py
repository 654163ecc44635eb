"""A made-up team with months of history, played through the real operations, for a look around."""
