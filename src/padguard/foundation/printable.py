"""Text from an export made harmless for a line on a terminal."""


def printable(text: str) -> str:
    """Return a text from an export without what could steer a terminal or reorder the line."""
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )
