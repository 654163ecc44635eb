"""Roadmaps: the catalogue, editions and their outlines."""

from roadmap.web.roadmaps import (
    draft_parts,
    drafts,
    new_roadmaps,
    publications,
    roadmap_milestones,
    roadmaps,
    row_reviews,
)

BLUEPRINTS = (
    roadmaps.home,
    roadmaps.roadmaps,
    roadmap_milestones.blueprint,
    roadmaps.searches,
    new_roadmaps.blueprint,
    row_reviews.blueprint,
    drafts.blueprint,
    draft_parts.skills,
    draft_parts.milestones,
    draft_parts.texts,
    publications.draft_editions,
    publications.blueprint,
    publications.copies,
)
