"""What learners write: private notes, comments to mentors, reasons."""

from random import Random

from roadmap.demos.stories import Story
from roadmap.demos.work_texts import SITE
from roadmap.operations.evidence import EvidenceDraft

ADDED = "\n\nAdded after the review: the numbers behind this, and the one case where it does not hold."
KEYED_NOTES = {
    "write-tested-python": "Tests first, really. Twice I wrote the test after the code, and both times it "
    "tested what the code does, not what it should do.",
    "design-evaluation": "Split by **patient or customer**, never by row. The planted leak was worth 0.11; "
    "I would have believed that number.",
    "train-with-pytorch": "Overfit one batch first:\n\n- loss goes to zero → the loop is right\n- it does "
    "not → do not touch the learning rate, look for the bug",
    "train-with-jax": "Random keys: split, never reuse. Lost an evening to two layers with the same weights.",
    "serve-over-http": "Errors name the field. `422` with a sentence beats `500` with a trace.",
    "solve-least-squares": "Condition number squared by the normal equations. That is the whole story.",
    "quantify-uncertainty": "Bootstrap the *groups*, not the rows. Ask about the small sites again.",
    "build-data-pipeline": "Kill it with -9 between the two writes; everything else is too polite.",
    "fine-tune-transformer": "Word counts were only 2 points behind. Keep them as the fallback.",
}
_NOTES = (
    "Took longer than I thought; the reading was the smaller part.",
    "Go over this again before the interview: I could do it, but not explain it.",
    "What helped: writing down the expected result before running anything.",
    "Open question: does this still hold with ten times the data?",
    "The second resource is better than the first. Chapter 4, then the exercises.",
    "Worked on this with the reading group on Thursday; ask them for the slides.",
    "Next time smaller steps. I changed three things at once and learned nothing from it.",
)
_COMMENTS = (
    "Please be strict: I want to build on this.",
    "I am not sure about the second criterion: is that what it means?",
    "Short, I hope not too short.",
    "I stopped where the hours ended. Is that enough?",
    "There is one thing I could not explain; it is marked in the text.",
    "This is the second attempt. The first I threw away myself.",
    "It took me longer than the hours say, mostly the last part.",
)
_AGAIN = (
    "What you asked for is in now. Thank you, it is better this way.",
    "Added the missing part. It changed the result a little, see the last paragraph.",
    "You were right, and I had overlooked it twice. It is mended.",
    "Here it is again, shorter and with what was missing.",
)


def note_on(key: str, chance: Random) -> str:
    """A private note on a milestone."""
    return KEYED_NOTES.get(key) or chance.choice(_NOTES)


def comment(chance: Random) -> str:
    """What a learner says with the first submission."""
    return chance.choice(_COMMENTS)


def comment_again(chance: Random) -> str:
    """What a learner says with the next one."""
    return chance.choice(_AGAIN)


def second_piece(key: str, story: Story) -> EvidenceDraft:
    """What joins the evidence after a review."""
    return EvidenceDraft("What changed since the review", url=f"{SITE}/{story.handle}/changes/{key}")
