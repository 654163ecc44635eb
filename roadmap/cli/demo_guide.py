"""What `roadmap demo` prints: the address, and who can sign in with what."""

from rich import box
from rich.console import Console
from rich.table import Table

from roadmap.demos.people import ADMINISTRATOR, LEARNERS, MENTORS, PASSWORD, Person


def print_guide(address: str) -> None:
    """Print the guide to standard output."""
    console = Console(highlight=False, soft_wrap=False)
    console.print(f"Roadmap is served at {address}", style="bold")
    console.print(_people())
    console.print(f"Everybody's password: [bold]{PASSWORD}[/bold]")
    console.print("Begin with mei@example.org; amara@example.org mentors her.")
    console.print("Ctrl-C ends it, and everything in it is thrown away.")


def _people() -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Sign in as", no_wrap=True)
    table.add_column("Name", no_wrap=True)
    table.add_column("What there is to see")
    _add(table, "Administrator", (ADMINISTRATOR,))
    _add(table, "Mentors", MENTORS)
    _add(table, "Learners", LEARNERS)
    return table


def _add(table: Table, role: str, people: tuple[Person, ...]) -> None:
    table.add_row(f"[dim]{role}[/dim]", "", "")
    for each in people:
        table.add_row(
            each.email, each.name, each.about, end_section=each is people[-1] and role != "Learners"
        )
