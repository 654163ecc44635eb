"""What each learner of the demo does: when they began, how fast they are, what they chose and left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

BUILT_IN, TEAM = "ml-engineer", "first-weeks"
LENGTH, NEWER_EDITION = 39, 3.1
AWAY = 0.0


@dataclass(frozen=True)
class Spell:
    """Weeks, counted back from today, in which somebody works this much of their usual pace."""

    first: float
    last: float
    pace: float = AWAY
    is_pause: bool = False


@dataclass(frozen=True)
class Story:
    """One learner on one roadmap; `began` is weeks ago, `goal` and `pace` hours a week, said and done."""

    handle: str
    project: str
    began: float
    goal: float
    pace: float
    pathways: tuple[str, ...] = ()
    mentors: tuple[str, ...] = ()
    slug: str = BUILT_IN
    target: int | None = None
    knows: tuple[str, ...] = ()
    long_ago: Mapping[str, str] = field(default_factory=dict)
    chosen: tuple[str, ...] = ("train-with-pytorch", "deploy-on-aws")
    extras: tuple[str, ...] = ()
    skips: Mapping[str, str] = field(default_factory=dict)
    never: frozenset[str] = frozenset()
    spells: tuple[Spell, ...] = ()
    accepts_edition: bool = True
    finishes: bool = False
    archives: bool = False


STORIES = (
    Story(
        "mei",
        "clinic-notes",
        began=36.2,
        goal=9,
        pace=11,
        pathways=("practice", "nlp", "healthcare"),
        mentors=("amara",),
        target=15,
        knows=("communication",),
        long_ago={"use-version-control": "Every day at work since my first job."},
        extras=("search-hyperparameters",),
        skips={"transcribe-speech": "Our notes are typed; speech does not come up in this project."},
        spells=(Spell(30, 29), Spell(19, 17.4), Spell(12, 9, 0.35), Spell(7, 3, 1.5)),
    ),
    Story(
        "tomasz",
        "tram-delays",
        began=38.6,
        goal=16,
        pace=25,
        pathways=("certification", "mlops", "transportation"),
        mentors=("henrik", "amara"),
        target=2,
        knows=("programming", "software-engineering"),
        extras=("race-automl", "inspect-automl-result", "choose-hardware"),
        spells=(Spell(21, 19), Spell(33, 31, 1.4)),
        finishes=True,
    ),
    Story(
        "priya",
        "xray-triage",
        began=37.4,
        goal=15,
        pace=16.5,
        pathways=("specialised", "computer-vision", "healthcare"),
        mentors=("amara",),
        target=4,
        knows=("mathematics", "programming"),
        chosen=("train-with-jax", "deploy-on-google-cloud"),
        skips={"keep-reading-log": "I keep one in our group's wiki already."},
        never=frozenset({"defend-capstone", "validate-elsewhere", "trace-obligations"}),
        spells=(Spell(25, 23.5), Spell(9, 5, 1.3)),
    ),
    Story(
        "diego",
        "payment-alerts",
        began=30.1,
        goal=8,
        pace=9.5,
        pathways=("practice", "mlops", "finance"),
        mentors=("henrik",),
        spells=(Spell(22, 20, 0.4), Spell(5, 0, is_pause=True)),
        skips={"wrangle-table": "The tables come clean from our warehouse; I may come back to this."},
    ),
    Story(
        "yuki",
        "signal-lab",
        began=33.3,
        goal=7,
        pace=8.5,
        pathways=("practice", "reinforcement-learning", "transportation"),
        mentors=("henrik",),
        target=30,
        knows=("mathematics",),
        long_ago={"write-tested-python": "The package is from my time at the university."},
        spells=(Spell(29.5, 28.5), Spell(15.5, 14), Spell(4, 0, 1.6)),
    ),
    Story(
        "fatima",
        "dialect-map",
        began=28.4,
        goal=10,
        pace=13,
        pathways=("university", "nlp", "environment"),
        mentors=("amara",),
        chosen=("train-with-pytorch", "deploy-on-google-cloud"),
        spells=(Spell(17, 14.5, is_pause=True), Spell(6, 4.5, 0.4)),
    ),
    Story(
        "kwame",
        "market-scan",
        began=26.3,
        goal=10,
        pace=13,
        pathways=("practice", "computer-vision"),
        mentors=("henrik",),
        chosen=("train-with-tensorflow", "deploy-on-azure"),
        extras=("export-portable-model",),
        spells=(Spell(25, 23, 2.2), Spell(22, 18, 0.2), Spell(13, 11.5, 2.4), Spell(8, 3.5, 0.15)),
        accepts_edition=False,
    ),
    Story(
        "aroha",
        "river-watch",
        began=24.2,
        goal=5,
        pace=6,
        pathways=("practice", "computer-vision", "environment"),
        mentors=("henrik",),
        knows=("collaboration",),
        spells=(Spell(11, 9.5),),
    ),
    Story(
        "oleksandr",
        "grid-load",
        began=37.1,
        goal=8,
        pace=8,
        pathways=("certification", "mlops", "finance"),
        mentors=("amara",),
        target=1,
        spells=(Spell(18, 13, 0.4), Spell(13, 0)),
        accepts_edition=False,
    ),
    Story(
        "elin",
        "ward-letters",
        began=17.3,
        goal=10,
        pace=13,
        pathways=("university", "nlp", "healthcare"),
        mentors=("amara", "henrik"),
        target=40,
        spells=(Spell(9, 8.2),),
    ),
    Story(
        "elin",
        "ward-letters",
        began=17.1,
        goal=4,
        pace=5,
        mentors=("henrik",),
        slug=TEAM,
        finishes=True,
        archives=True,
    ),
    Story(
        "hassan",
        "dock-planner",
        began=6.2,
        goal=10,
        pace=12,
        pathways=("specialised", "reinforcement-learning", "transportation"),
        mentors=("amara",),
        target=44,
        knows=("programming",),
    ),
    Story("hassan", "dock-planner", began=3.2, goal=3, pace=3, mentors=("amara",), slug=TEAM),
)
