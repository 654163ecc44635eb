"""When people sit down to work: evenings and weekends in their zone, with holidays, lulls and bursts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from roadmap.demos.people import Habit, Person
from roadmap.demos.stories import Spell

WEEKEND_STRETCH = 2.0
# The turn of the year, as month and day.
HOLIDAYS = ((12, 24), (1, 1))


@dataclass(frozen=True)
class Sitting:
    """Some hours of work from a moment on."""

    begins: datetime
    hours: float


def sittings(
    person: Person, pace: float, spells: tuple[Spell, ...], *, since: datetime, until: datetime
) -> Iterator[Sitting]:
    """The times at which somebody works about `pace` hours a week; the same for each number of days ago."""
    zone = ZoneInfo(person.zone)
    first, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    usual = pace / _stretched_week(person.habit)
    for days_ago in range((last - first).days, -1, -1):
        day, chance = last - timedelta(days=days_ago), Random(f"{person.handle} {days_ago}")
        mood = _mood(spells, days_ago) * (0.1 if _is_holiday(day) else 1)
        found = _sitting(person.habit, day, zone, usual * mood, chance)
        if found is not None and since <= found.begins < until:
            yield found


def _sitting(habit: Habit, day: date, zone: ZoneInfo, usual: float, chance: Random) -> Sitting | None:
    is_weekend = day.weekday() >= 5
    luck, stretch, late = chance.random(), chance.uniform(0.6, 1.4), chance.uniform(-0.8, 1.2)
    hours = round(usual * stretch * (WEEKEND_STRETCH if is_weekend else 1) * 4) / 4
    if luck >= habit.days[day.weekday()] or hours < 0.5:
        return None
    hour = (habit.weekend_hour if is_weekend else habit.weekday_hour) + late
    midnight = datetime.combine(day, time(), tzinfo=zone)
    begins = midnight + timedelta(hours=hour, seconds=chance.randrange(60))
    return Sitting(begins.astimezone(UTC), min(hours, 6.0))


def _stretched_week(habit: Habit) -> float:
    """How many usual lengths of a sitting a week has."""
    return sum(each * (WEEKEND_STRETCH if day >= 5 else 1) for day, each in enumerate(habit.days))


def _mood(spells: tuple[Spell, ...], days_ago: int) -> float:
    weeks_ago = days_ago / 7
    return next((each.pace for each in spells if each.last <= weeks_ago < each.first), 1.0)


def _is_holiday(day: date) -> bool:
    first, last = HOLIDAYS
    return (day.month, day.day) >= first or (day.month, day.day) <= last
