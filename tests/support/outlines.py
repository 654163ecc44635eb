"""Small outlines for tests, and the shortest way from one to an enrolled learner."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment, Settings
from roadmap.domain.roadmaps.outlines import (
    AreaOutline,
    MilestoneOutline,
    Outline,
    PathwayOutline,
    SkillOutline,
    VerificationMode,
)
from roadmap.domain.roadmaps.pathway_groups import PathwayGroup
from roadmap.domain.roadmaps.roadmaps import Roadmap
from roadmap.operations.learning.enrollments import start_enrollment
from roadmap.operations.roadmaps.editions import publish_edition
from tests.support.cast import NOON

SELF = VerificationMode.SELF


def milestone(key: str, hours: tuple[float, float] = (2, 4), **more: Any) -> MilestoneOutline:
    """A milestone titled like its key."""
    return MilestoneOutline(key, key.title(), f"Why {key}.", (f"{key} works",), *hours, **more)


def skill(key: str, *milestones: MilestoneOutline, **more: Any) -> SkillOutline:
    """A skill titled like its key."""
    return SkillOutline(key, key.title(), f"About {key}.", milestones, **more)


def outline(*skills: SkillOutline, slug: str = "sample", pathways: Sequence[PathwayOutline] = ()) -> Outline:
    """A roadmap of one area."""
    areas = (AreaOutline("area", "Area", "All of it.", skills),)
    return Outline(slug, "Sample", "A sample.", "", "", areas, tuple(pathways))


def pathway(key: str, *skills: str, group: PathwayGroup = PathwayGroup.ROLE) -> PathwayOutline:
    """A pathway titled like its key."""
    return PathwayOutline(key, group, key.title(), f"About {key}.", skills)


def sample(slug: str = "sample") -> Outline:
    """Core with and without review, one of three, two pathways, an optional skill; 14 milestones."""
    core = skill(
        "core",
        milestone("first"),
        milestone("second", (3, 3), prerequisites=("first",)),
        milestone("habit", verification=SELF),
        milestone("bonus", optional=True),
    )
    choice = skill(
        "choice", milestone("red", (2, 2)), milestone("green", (4, 5)), milestone("blue", (6, 9)), needs=1
    )
    vision = skill("vision", milestone("see"), milestone("look", prerequisites=("core",)))
    text = skill("text", milestone("read"), milestone("write", prerequisites=("choice",)))
    both = skill("both", milestone("join"))
    trend = skill("trend", milestone("watch"), milestone("wait"), optional=True)
    pathways = (pathway("seer", "vision", "both"), pathway("reader", "text", "both"))
    return outline(core, choice, vision, text, both, trend, slug=slug, pathways=pathways)


def newer_sample(slug: str = "sample") -> Outline:
    """The sample's next edition: `second` is gone, `third` is new, `first` is longer."""
    core = skill(
        "core",
        milestone("first", (5, 7)),
        milestone("third"),
        milestone("habit", verification=SELF),
        milestone("bonus", optional=True),
    )
    rest = sample(slug).areas[0].skills[1:]
    return outline(core, *rest, slug=slug, pathways=sample(slug).pathways)


def renaming_sample(slug: str = "sample") -> Outline:
    """An edition in which `first` is called `opening`, and `red` and `green` became `colour`."""
    core = skill(
        "core",
        milestone("opening", was=("first",)),
        milestone("second", (3, 3), prerequisites=("opening",)),
        milestone("habit", verification=SELF),
        milestone("bonus", optional=True),
    )
    choice = skill("choice", milestone("colour", was=("red", "green")), milestone("blue", (6, 9)), needs=1)
    rest = sample(slug).areas[0].skills[2:]
    return outline(core, choice, *rest, slug=slug, pathways=sample(slug).pathways)


def add_roadmap(session: Session, content: Outline | None = None, *, at: datetime = NOON) -> Roadmap:
    """Publish an outline as the first edition of a public roadmap."""
    content = content or sample()
    roadmap = Roadmap(slug=content.slug, created_at=at)
    session.add(roadmap)
    session.flush()
    publish_edition(session, roadmap, content, at=at)
    return roadmap


def enroll(
    session: Session, user: User, slug: str = "sample", *, pathways: Sequence[str] = (), at: datetime = NOON
) -> Enrollment:
    """Start a roadmap at six hours a week."""
    return start_enrollment(session, slug, Settings(tuple(pathways), 6.0), by=user, at=at)
