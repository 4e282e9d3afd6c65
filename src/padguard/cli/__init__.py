"""The commands."""

COMMAND_WORDS = frozenset(
    {"show", "scan", "rules", "verify", "check-snippet", "--help", "-h", "--version"}
)
"""First arguments that name a command; anything else opens the window."""
