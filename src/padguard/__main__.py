"""The one entry point: ``padguard COMMAND …`` runs a command, anything else opens the window."""

import sys

from padguard.cli import COMMAND_WORDS


def main() -> None:
    """Run the command named by the first argument, or open the window on the arguments."""
    if sys.argv[1:2] and sys.argv[1] in COMMAND_WORDS:
        from padguard.cli.main import run_command

        run_command()
    else:
        from padguard.ui.app import run_window

        sys.exit(run_window(sys.argv[1:]))


if __name__ == "__main__":
    main()
