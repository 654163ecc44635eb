"""Roadmaps: the catalogue, editions and their outlines."""

from roadmap.web.roadmaps import draft_parts, drafts, new_roadmaps, publications, roadmaps, row_reviews

BLUEPRINTS = (
    roadmaps.home,
    roadmaps.roadmaps,
    roadmaps.milestones,
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
