"""Roadmaps: the catalogue, editions and their outlines."""

from roadmap.web.roadmaps import (
    draft_editions,
    draft_parts,
    draft_texts,
    drafts,
    new_roadmaps,
    outline_files,
    publications,
    roadmaps,
    row_reviews,
)

BLUEPRINTS = (
    roadmaps.home,
    roadmaps.roadmaps,
    roadmaps.searches,
    new_roadmaps.blueprint,
    row_reviews.blueprint,
    drafts.blueprint,
    draft_parts.skills,
    draft_parts.milestones,
    draft_texts.blueprint,
    draft_editions.blueprint,
    publications.blueprint,
    publications.copies,
    outline_files.blueprint,
)
