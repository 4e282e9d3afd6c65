"""Tool tips from texts of exports, which are shown to the letter and never read as HTML."""

from html import escape


def plain_tip(text: str) -> str:
    """Return a tool tip that shows ``text`` as it stands, its lines wrapped where too long."""
    lines = "<br>".join(escape(line) for line in text.split("\n"))
    return f"<qt>{lines}</qt>" if text else ""
