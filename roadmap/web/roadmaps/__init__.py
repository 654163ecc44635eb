"""Roadmaps: the catalogue, editions and their outlines."""

from roadmap.web.roadmaps import roadmaps

BLUEPRINTS = (
    roadmaps.home,
    roadmaps.roadmaps,
    roadmaps.searches,
)
