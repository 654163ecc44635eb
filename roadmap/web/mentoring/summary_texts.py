"""What changed since a moment, in words."""

from roadmap.domain.learning.change_summaries import ChangeSummary
from roadmap.exports.formatting import percent_change


def describe_summary(summary: ChangeSummary) -> str:
    """The parts that are not zero: `+14%, 5 done, 2 returned`."""
    counts = {
        "done": summary.done,
        "no longer done": summary.reopened,
        "submitted": summary.submitted,
        "returned": summary.returned,
        "verified": summary.verified,
    }
    parts = [percent_change(summary.claimed)] if summary.claimed else []
    parts += [f"{count} {word}" for word, count in counts.items() if count]
    return ", ".join(parts) or "nothing done, submitted or reviewed"
