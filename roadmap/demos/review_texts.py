"""What mentors write: feedback to work verified and returned, and notes on their mentees."""

from random import Random

_RETURNS = {
    "write-tested-python": "It installs and it works, and I like the names. But every test passes the kind "
    "of input you had in mind: give me one with an empty file and one with a date that does not exist. And "
    "break the rule once, please; two tests stayed green when I did.",
    "wrangle-table": "The script is clear. 212 rows disappear between the second and the third step, and "
    "nothing says why. Count them and give each group a reason.",
    "train-first-classifier": "The baseline is there, good. The gain of 0.02 is smaller than the spread "
    "between your folds, so at the moment it is no gain. More folds, or say so in the text.",
    "design-evaluation": "The scaler is fitted before the split: that is the leak you set out to show, in "
    "your own baseline. Move it inside the folds and compare again.",
    "fit-boosted-trees": "Early stopping looks at the same rows as the final score. Set a third part aside.",
    "solve-least-squares": "Nicely explained. On the nearly collinear problem you show that they differ, "
    "not which one is wrong: compare with a solution in higher precision.",
    "quantify-uncertainty": "The simulation draws independent rows, your data are visits of the same "
    "people. Draw people, and see what happens to the coverage.",
    "analyse-experiment": "The sample size was fixed after the first look, if I read the dates in the log "
    "correctly. Write down what you knew when; then it can stay.",
    "build-data-pipeline": "I killed it between the two writes, and the second run doubled one day. Write to "
    "a new place first and swap at the end.",
    "serve-over-http": "A missing value gets a sensible answer; an absurd one (age 4,000) gets a prediction. "
    "Refuse it, with the name of the field.",
    "train-with-pytorch": "It learns, and the export is clean. One seed is a story, though; run three and "
    "give the spread.",
    "train-with-tensorflow": "Please show the profile too. I believe that the input is fast enough, but the "
    "criterion wants to see it.",
    "release-and-roll-back": "The release went well. You rolled back by hand from your own machine; it "
    "should work for whoever is on duty.",
    "audit-group-outcomes": "Two of the groups have fewer than thirty cases and no interval. Give one, or "
    "join them, and say what you did.",
    "frame-problem": "It is a good problem, and not measurable yet: better by how much, for whom, and who "
    "counts?",
    "write-design-document": "I miss the option you did not choose. Without it there is nothing to decide.",
    "classify-images": "Look at the mistakes one by one before you count them. I found eleven wrong labels "
    "among the first forty.",
    "build-portfolio-project": "I am a stranger, and it did not run: the sample data is not in the "
    "repository, and the link in the README leads to your own disk.",
    "orchestrate-training": "A step that fails starts again from the raw data. Let it go on from where it "
    "stopped; that is what the graph is for.",
}
_SENTENCES = (
    "I do not see this yet: “{criterion}” Show me where, or add it.",
    "Nearly there. One thing is missing: “{criterion}” A paragraph is enough.",
    "Good work. I would tick all but one: “{criterion}” Say more about that.",
)
_VERIFIED = (
    "Clear and complete. Well done.",
    "Yes. The part on what did not work is the best of it.",
    "All there. Next time put the result first and the method after it.",
    "I followed it step by step and came out where you did.",
    "Solid. Talk to the reading group about this; others are stuck where you were.",
    "Good. You could stop earlier: the last two sections say the same.",
    "This belongs into the team's handbook; may I link it there?",
    "",
)
_VERIFIED_AGAIN = (
    "Now it is all there. Thank you for taking it seriously.",
    "Much better, and you found something I had not seen.",
    "Yes, that was what I meant.",
)
RECONSIDERED = (
    "I looked at the wrong branch.",
    "What I verified is on a branch of yours, not on main. Merge it, and I verify it again.",
)
_MENTEE_NOTES = {
    "mei": "Careful and a little too modest: hands in late what was ready a week before. Ask about the "
    "hospital's data agreement in December. Likes short feedback with one thing to do.",
    "priya": "Will be done soon. Talk about what comes after; she would be a good mentor herself.",
    "elin": "Works with Henrik on the language part, with me on the rest.",
    "oleksandr": "Nothing since the summer. Wrote to him once, friendly answer, new job. Leave him in peace.",
    "kwame": "Comes and goes in bursts. The work is good; the gaps are not a worry.",
    "yuki": "Explains better in writing than in calls. Wants to go into traffic control.",
    "tomasz": "Knows more than he shows. Do not let him off with “works on my machine”.",
    "aroha": "An hour a day, every day. Time zone: our evening is her morning.",
}


def returned(key: str, criterion: str, chance: Random) -> str:
    """Feedback to work that goes back."""
    return _RETURNS.get(key) or chance.choice(_SENTENCES).format(criterion=criterion)


def verified(round_number: int, chance: Random) -> str:
    """Feedback to work that is verified, sometimes none."""
    return chance.choice(_VERIFIED if round_number == 1 else _VERIFIED_AGAIN)


def has_much_to_say(key: str) -> bool:
    """Whether this milestone tends to come back."""
    return key in _RETURNS


def note_on(learner: str) -> str:
    """A mentor's private note on a mentee; most have none."""
    return _MENTEE_NOTES.get(learner, "")
