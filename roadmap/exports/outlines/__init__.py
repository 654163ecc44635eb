"""Outlines of roadmaps as files: YAML, JSON, Markdown lists and CSV."""
