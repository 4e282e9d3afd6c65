"""The commands."""

COMMAND_WORDS = frozenset(
    {
        "show",
        "scan",
        "rules",
        "verify",
        "check-snippet",
        "fix",
        "access",
        "dlp",
        "collect",
        "audit",
        "--help",
        "-h",
        "--version",
    }
)
"""First arguments that name a command; anything else opens the window."""
