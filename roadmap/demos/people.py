"""The people of the demo: invented, from many places, with addresses that cannot exist."""

from dataclasses import dataclass

PASSWORD = "paper boats on a quiet river"

# How likely a person sits down to work on each day, Monday first; weekends are twice as long as evenings.
EVENINGS = (0.7, 0.55, 0.7, 0.5, 0.15, 0.45, 0.35)
WEEKENDS = (0.15, 0.1, 0.15, 0.2, 0.1, 0.9, 0.8)
MORNINGS = (0.75, 0.75, 0.7, 0.75, 0.6, 0.25, 0.1)
BURSTS = (0.5, 0.45, 0.4, 0.4, 0.3, 0.6, 0.5)


@dataclass(frozen=True)
class Habit:
    """When somebody works: chances for each day, the usual hour of a weekday and of a weekend."""

    days: tuple[float, ...] = EVENINGS
    weekday_hour: float = 19.0
    weekend_hour: float = 10.0


@dataclass(frozen=True)
class Person:
    """Somebody with an account; `about` is what the printed table says of them."""

    handle: str
    name: str
    zone: str
    about: str
    habit: Habit = Habit()

    @property
    def email(self) -> str:
        return f"{self.handle}@example.org"


ADMINISTRATOR = Person("ingrid", "Ingrid Vos", "Europe/Amsterdam", "looks after the accounts")
MENTORS = (
    Person(
        "amara",
        "Amara Okafor",
        "Africa/Lagos",
        "answers within days; holds one submission now",
        Habit((0.5, 0.8, 0.4, 0.8, 0.3, 0.7, 0.05), 17.5, 9.5),
    ),
    Person(
        "henrik",
        "Henrik Sandvik",
        "Europe/Oslo",
        "has not answered for three weeks: a backlog",
        Habit((0.6, 0.2, 0.6, 0.2, 0.4, 0.1, 0.4), 20.5, 20.0),
    ),
)
LEARNERS = (
    Person("mei", "Mei Tan", "Asia/Singapore", "two thirds of the way; work that came back"),
    Person(
        "tomasz",
        "Tomasz Wieczorek",
        "Europe/Warsaw",
        "has finished",
        Habit((0.85, 0.8, 0.8, 0.75, 0.4, 0.6, 0.3)),
    ),
    Person("priya", "Priya Raghunathan", "Asia/Kolkata", "nearly there", Habit(MORNINGS, weekday_hour=6.5)),
    Person("diego", "Diego Fuentes Rojas", "America/Santiago", "paused five weeks ago"),
    Person("yuki", "Yuki Shimizu", "Asia/Tokyo", "waits for answers", Habit(weekday_hour=21.0)),
    Person("fatima", "Fatima Zahra El Idrissi", "Africa/Casablanca", "learns at weekends", Habit(WEEKENDS)),
    Person("kwame", "Kwame Mensah", "Africa/Accra", "in bursts; a newer edition is offered", Habit(BURSTS)),
    Person(
        "aroha", "Aroha Ngata", "Pacific/Auckland", "before work, an hour a day", Habit(MORNINGS, 6.0, 7.5)
    ),
    Person("oleksandr", "Oleksandr Bondarenko", "Europe/Kyiv", "left off three months ago"),
    Person("elin", "Elin Lindqvist", "Europe/Stockholm", "four months in, with two mentors"),
    Person("hassan", "Hassan Karimi", "Asia/Dubai", "began six weeks ago; follows two roadmaps"),
    Person("isabela", "Isabela Moura", "America/Sao_Paulo", "began today"),
)
