"""The scripts of mentors: they sit down, look at mentees, hold what they read, and answer."""

from datetime import timedelta
from random import Random

from sqlalchemy import select

from roadmap.demos import review_texts
from roadmap.demos.people import Person
from roadmap.demos.rhythms import Sitting, sittings
from roadmap.demos.stages import Script
from roadmap.demos.stories import Spell
from roadmap.demos.worlds import Handed, World
from roadmap.domain.mentorships import Mentorship
from roadmap.domain.reviews import Outcome, Review
from roadmap.operations.claims import claim_submission
from roadmap.operations.mentorships import mark_seen, set_mentor_note
from roadmap.operations.reviews import Answer, review_submission

PACE, HOURS_EACH = 4.0, 0.35
SPELLS = {
    "amara": (Spell(26, 24.5), Spell(10.5, 9.8)),
    "henrik": (Spell(17, 15), Spell(2.9, 0)),
}
LEAVES, LOOKS, RETURNS_KEYED, RETURNS_OTHERS = 0.15, 0.5, 0.45, 0.08
# Whose first verified work was, on a second look, not yet there.
SECOND_LOOK_AT = "tomasz"
KNOWS_AFTER = timedelta(days=20)
HELD_SINCE = timedelta(minutes=6)
LETS_REST, LAST_SITTING = timedelta(hours=20), timedelta(hours=30)


class Mentor:
    """One mentor through the months."""

    def __init__(self, world: World, person: Person) -> None:
        self.world, self.handle = world, person.handle
        self.person = world.people[person.handle]
        self.chance = Random(person.handle)
        self._noted: set[str] = set()
        self._may_err = person.handle == "henrik"

    def live(self, who: Person) -> Script:
        """From joining to today."""
        stage, spells = self.world.stage, SPELLS[self.handle]
        for sitting in sittings(who, PACE, spells, since=stage.now, until=stage.until):
            yield sitting.begins
            self._look_at_somebody()
            yield from self._answer_some(sitting)

    def answer_a_last_time(self) -> Script:
        """Sit down once more, whatever the week was like, so that there is something fresh to read."""
        yield self.world.stage.until - LAST_SITTING
        yield from self._answer_some(Sitting(self.world.stage.now, 2))

    def hold_something(self) -> Script:
        """Begin to read the newest waiting work just before the history ends."""
        stage = self.world.stage
        yield stage.until - HELD_SINCE
        waiting = [
            each for each in self.world.inboxes[self.handle] if not each.is_closed and not each.is_held
        ]
        if waiting:
            claim_submission(self.world.session, waiting[-1].public_id, by=self.person, at=stage.now)

    def _answer_some(self, sitting: Sitting) -> Script:
        inbox = self.world.inboxes[self.handle]
        inbox[:] = [each for each in inbox if not each.is_closed]
        rested = [each for each in inbox if self.world.stage.now - each.at >= LETS_REST]
        # What the story needs an answer to does not wait behind all else.
        rested.sort(key=lambda each: not each.must_come_back)
        for handed in rested[: max(1, int(sitting.hours / HOURS_EACH))]:
            leaves = self.chance.random() < LEAVES and not handed.must_come_back
            if handed.is_closed or handed.is_held or leaves:
                continue
            # A claim leaves nothing behind once the work is answered, so none is taken but the last.
            handed.is_held = True
            yield self.world.stage.in_minutes(self.chance.uniform(7, 24))
            handed.is_held = False
            if not handed.is_closed:
                yield from self._answer(handed)

    def _answer(self, handed: Handed) -> Script:
        answer = self._decide(handed)
        handed.is_closed, handed.outcome = True, answer.outcome.value
        review = self._send(handed, answer)
        if answer.outcome is Outcome.VERIFIED and handed.learner == SECOND_LOOK_AT and self._may_err:
            self._may_err = False
            yield self.world.stage.in_minutes(55)
            reason, feedback = review_texts.RECONSIDERED
            criteria = tuple(range(1, len(handed.criteria)))
            handed.outcome = Outcome.RETURNED.value
            self._send(handed, Answer(Outcome.RETURNED, feedback, criteria, review.public_id, reason))

    def _send(self, handed: Handed, answer: Answer) -> Review:
        return review_submission(
            self.world.session, handed.public_id, answer, by=self.person, at=self.world.stage.now
        )

    def _decide(self, handed: Handed) -> Answer:
        numbers = tuple(range(1, len(handed.criteria) + 1))
        often = RETURNS_KEYED if review_texts.has_much_to_say(handed.key) else RETURNS_OTHERS
        if handed.must_come_back or (handed.round == 1 and self.chance.random() < often):
            missing = self.chance.choice(numbers)
            feedback = review_texts.returned(handed.key, handed.criteria[missing - 1], self.chance)
            return Answer(Outcome.RETURNED, feedback, tuple(each for each in numbers if each != missing))
        return Answer(Outcome.VERIFIED, review_texts.verified(handed.round, self.chance), numbers)

    def _look_at_somebody(self) -> None:
        """Open the page of a mentee, and write down what one knows of them after some weeks."""
        session, now = self.world.session, self.world.stage.now
        mine = select(Mentorship).where(Mentorship.mentor_id == self.person.id).order_by(Mentorship.id)
        mentorships = session.scalars(mine).all()
        if not mentorships or self.chance.random() >= LOOKS:
            return
        one = self.chance.choice(mentorships)
        mark_seen(session, one.public_id, by=self.person, at=now)
        handles = {user.id: handle for handle, user in self.world.people.items()}
        text = review_texts.note_on(handles[one.learner_id])
        if text and one.public_id not in self._noted and now - one.started_at > KNOWS_AFTER:
            self._noted.add(one.public_id)
            set_mentor_note(session, one.public_id, text, version=0, by=self.person)
