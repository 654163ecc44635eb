"""Charts: positions on axes, independent of what draws them."""
