"""What learners show: for each milestone a title and the end of a link, named after their project."""

from roadmap.demos.stories import Story
from roadmap.operations.evidence import EvidenceDraft

# {p} is the learner's project.
_LINKS = {
    "write-tested-python": ("Package {p} with its tests", "{p}"),
    "wrangle-table": ("Cleaning script and the counts of what it dropped", "{p}/clean"),
    "solve-least-squares": ("Notebook: three solvers, one line", "notebooks/least-squares"),
    "quantify-uncertainty": ("Notebook: how often the interval holds", "notebooks/coverage"),
    "analyse-experiment": ("Experiment plan, and the report that kept to it", "{p}/experiment"),
    "train-first-classifier": ("First classifier for {p}, baseline beside it", "{p}/baseline"),
    "design-evaluation": ("How {p} is split, with the planted leak", "{p}/evaluation"),
    "fit-boosted-trees": ("Boosted trees against the linear model", "{p}/trees"),
    "find-structure": ("Groups in the {p} data, and the shuffled control", "{p}/groups"),
    "build-data-pipeline": ("Pipeline of {p}, with the test that kills it halfway", "{p}/pipeline"),
    "serve-over-http": ("Service of {p} and its client tests", "{p}/service"),
    "train-with-pytorch": ("Training code and exported network", "{p}/network"),
    "train-with-tensorflow": ("Saved model, input pipeline and its profile", "{p}/network"),
    "train-with-jax": ("Pure training step, with timings", "{p}/network"),
    "deploy-on-aws": ("Deployment notes, denied action included", "{p}/aws"),
    "deploy-on-google-cloud": ("Deployment notes and the empty bill", "{p}/cloud"),
    "deploy-on-azure": ("Deployment notes, identities instead of keys", "{p}/azure"),
    "reproduce-model": ("Rebuild from one commit: log of two runs", "{p}/rebuild"),
    "release-and-roll-back": ("Release log with the roll-back on purpose", "{p}/release"),
    "monitor-model": ("Dashboard of {p} and the alarm it raised", "{p}/monitor"),
    "map-personal-data": ("Map of personal data in {p}", "{p}/data-map"),
    "model-threats": ("Threat model of {p}", "{p}/threats"),
    "test-memorisation": ("Membership attack on our own model", "{p}/memory"),
    "audit-group-outcomes": ("Errors by group, with intervals", "{p}/groups-audit"),
    "trace-bias-source": ("Where the gap comes from", "{p}/gap"),
    "narrow-gap": ("The narrowed gap and its price", "{p}/narrowed"),
    "write-model-card": ("Model card of {p}", "{p}/card"),
    "shrink-model": ("Smaller network, same answers", "{p}/small"),
    "explain-predictions": ("Explanations of twenty single cases", "{p}/explanations"),
    "write-design-document": ("Design document, with the comments it drew", "{p}/design"),
    "review-code": ("Review of a colleague's change", "{p}/reviews/14"),
    "deliver-together": ("Feature branch of four people", "{p}/feature"),
    "reproduce-result": ("Reproduction report", "papers/reproduction"),
    "build-portfolio-project": ("{p}, ready for strangers", "{p}/start"),
    "finish-competition": ("Write-up of what worked", "competition"),
    "label-image-set": ("Labelling guide and agreement scores", "{p}/labels"),
    "classify-images": ("Classifier and its hundred worst mistakes", "{p}/images"),
    "fine-tune-transformer": ("Fine-tuned model against the word counts", "{p}/transformer"),
    "answer-from-documents": ("Answers with sources, and the refusals", "{p}/answers"),
    "orchestrate-training": ("From raw data to registry in one graph", "{p}/graph"),
    "serve-under-load": ("Load curves before and after batching", "{p}/load"),
    "run-on-kubernetes": ("Manifests, probes and a drained node", "{p}/cluster"),
    "align-features": ("One definition of features, two readers", "{p}/features"),
    "predict-patient-outcome": ("Cohort, model and time split", "{p}/outcome"),
    "forecast-traffic": ("Forecast with missing sensors", "{p}/forecast"),
    "predict-trajectories": ("Trajectories against constant speed", "{p}/paths"),
    "backtest-forecast": ("Backtest that cannot look ahead", "{p}/backtest"),
    "detect-fraud": ("One in a thousand: costs and thresholds", "{p}/fraud"),
}
_TEXTS = {
    "frame-problem": (
        "The problem in one page",
        (
            "Who decides: the person on duty. What: which case of {p} to open first. Today it is first come, "
            "first served. Better means: urgent cases wait less than two hours, measured weekly, and nobody "
            "else waits longer than today."
        ),
    ),
    "explain-to-layperson": (
        "What my neighbour said back",
        (
            "I explained the model of {p} over tea. In her words: “It has seen many old cases and says which "
            "ones look alike. It does not know why.” She asked what happens with a case unlike all others; "
            "that part I explained again with a picture."
        ),
    ),
    "interview-expert": (
        "Notes from two conversations",
        (
            "Both people who do this work sort by something that is not in our data: who called. I wrote "
            "down five rules in their words and showed them the list. Two were corrected."
        ),
    ),
    "assess-impact": (
        "Impact assessment of {p}",
        (
            "Affected: those whose case waits, those who decide, those who answer complaints. Worst likely "
            "harm: a quiet case is never opened. Stop rule: no release before the oldest case in each list "
            "is shown beside the model's choice."
        ),
    ),
    "solve-without-learning": (
        "Three rules instead of a model",
        (
            "Sorting by age and one keyword reaches 71 % of what the model reaches. It took an afternoon, "
            "and it is the fallback of {p} now."
        ),
    ),
    "write-postmortem": (
        "The Tuesday when nothing arrived",
        (
            "A certificate ran out at 02:10, the alarm went to a list nobody reads, and people noticed "
            "at 09:30. What changed: the alarm calls whoever is on duty, and expiry dates are checked every "
            "night."
        ),
    ),
    "report-negative-result": (
        "Synthetic rows did not help",
        (
            "Adding generated rows made the rare class of {p} no better: the interval covers zero in all "
            "five folds. The run is in the log, so that nobody tries it again next year."
        ),
    ),
}
SITE = "https://example.org"


def work_on(key: str, story: Story) -> tuple[EvidenceDraft, ...]:
    """The pieces of evidence for a milestone; what needs no review has none."""
    if key in _TEXTS:
        title, text = (each.format(p=story.project) for each in _TEXTS[key])
        return (EvidenceDraft(title, text=text),)
    if key in _LINKS:
        title, path = (each.format(p=story.project) for each in _LINKS[key])
        return (EvidenceDraft(title, url=f"{SITE}/{story.handle}/{path}"),)
    return ()


def write_up(key: str, story: Story) -> EvidenceDraft:
    """A piece for any milestone that a mentor is to look at."""
    return EvidenceDraft("Write-up", url=f"{SITE}/{story.handle}/notes/{key}")
