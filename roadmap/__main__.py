"""The `roadmap` command."""

from roadmap.cli import roadmap


def main() -> None:
    """Run the command line."""
    roadmap(prog_name="roadmap")


if __name__ == "__main__":
    main()
