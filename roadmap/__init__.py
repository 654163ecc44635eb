"""Roadmap, a learning-roadmap tracker that people host themselves."""
