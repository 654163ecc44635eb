"""The checks of `roadmap check`: each yields a sentence for every fault it finds."""
