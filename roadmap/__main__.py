"""The `roadmap` command."""

import atexit
import gc

from roadmap.cli import roadmap


def main() -> None:
    """Run the command line."""
    # To look for garbage one last time took half a second, when everything goes anyway.
    atexit.register(gc.freeze)
    roadmap(prog_name="roadmap")


if __name__ == "__main__":
    main()
