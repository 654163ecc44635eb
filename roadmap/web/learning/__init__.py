"""Learning: enrollments, progress, evidence and notes."""

from roadmap.web.learning import enrollment_settings, enrollments, milestones, overview, progress

BLUEPRINTS = (
    overview.today,
    enrollments.enrollments,
    enrollments.hints,
    enrollment_settings.blueprint,
    enrollment_settings.editions,
    milestones.milestones,
    milestones.notes,
    progress.blueprint,
    milestones.evidence,
    overview.histories,
    overview.activities,
    enrollments.topics,
)
