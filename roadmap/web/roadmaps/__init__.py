"""Roadmaps: the catalogue, editions and their outlines."""
