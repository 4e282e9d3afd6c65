"""The colour roles of the window, and the three themes that fill them."""

from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QColor, QPalette

READABLE = 4.5
"""The least contrast of text on its background (WCAG 2.2, success criterion 1.4.3)."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour of the window, as ``#rrggbb``, by what it is for.

    All colours that text or icons are drawn in are readable on ``window``, ``base`` and
    ``alternate``; on the selection, and on other backgrounds, use `on`.
    """

    name: str
    dark: bool

    # Backgrounds: window and panels, lists and text, every other row, what is selected.
    window: str
    base: str
    alternate: str
    selection: str
    # Lines: quiet frames, and the ring around what has the keyboard.
    border: str
    focus: str
    # Text.
    text: str
    muted: str
    disabled: str
    selection_text: str
    link: str
    # The one accent, and text on it.
    accent: str
    accent_text: str
    # Sensitivity of variables.
    credential: str
    marked: str
    exposed: str
    clean: str
    unknown: str
    # Severity.
    critical: str
    high: str
    medium: str
    low: str
    info: str
    # What a change takes away and what it brings: backgrounds below ``text``.
    removed: str
    added: str
    # Robin.
    keyword: str
    action: str
    parameter: str
    string: str
    number: str
    variable: str
    comment: str
    annotation: str
    operator: str
    enum: str

    def on(self, background: str, colour: str) -> str:
        """Return ``colour`` where it is readable on ``background``, else the text for there."""
        if contrast(colour, background) >= READABLE:
            return colour
        return max(self.selection_text, self.text, key=lambda text: contrast(text, background))

    def palette(self) -> QPalette:
        """Return the theme as the palette of Qt's Fusion style."""
        role = QPalette.ColorRole
        palette = QPalette(QColor(self.window))
        for target, colour in {
            role.Window: self.window,
            role.WindowText: self.text,
            role.Base: self.base,
            role.AlternateBase: self.alternate,
            role.Text: self.text,
            role.PlaceholderText: self.muted,
            role.Button: self.window,
            role.ButtonText: self.text,
            role.BrightText: self.critical,
            role.ToolTipBase: self.base,
            role.ToolTipText: self.text,
            role.Highlight: self.selection,
            role.HighlightedText: self.selection_text,
            role.Link: self.link,
            role.LinkVisited: self.link,
            role.Accent: self.accent,
            role.Mid: self.border,
        }.items():
            palette.setColor(target, QColor(colour))
        for target in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
            palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(self.disabled))
        palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(self.alternate))
        return palette


@cache
def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours ``#rrggbb``, 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour, 0 (black) to 1 (white)."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


LIGHT = Theme(
    name="light",
    dark=False,
    window="#f3f4f6",
    base="#ffffff",
    alternate="#f7f8fa",
    selection="#d3e4fb",
    border="#c3c8cf",
    focus="#1a5fb4",
    text="#1c2128",
    muted="#57606a",
    disabled="#686f78",
    selection_text="#0f1f33",
    link="#0b57a4",
    accent="#1a5fb4",
    accent_text="#ffffff",
    credential="#6b3fa0",
    marked="#17663a",
    exposed="#b02a1a",
    clean="#4f5963",
    unknown="#7a5200",
    critical="#a61b1b",
    high="#a8400a",
    medium="#7a5200",
    low="#2f5f8f",
    info="#4f5963",
    removed="#fbe3e1",
    added="#dff3e4",
    keyword="#7a1f8f",
    action="#0b57a4",
    parameter="#7a4a00",
    string="#1a6638",
    number="#0b6169",
    variable="#1c2128",
    comment="#5c6670",
    annotation="#5d5f14",
    operator="#4a525b",
    enum="#8a3a52",
)

DARK = Theme(
    name="dark",
    dark=True,
    window="#22262b",
    base="#1a1d21",
    alternate="#1f2327",
    selection="#27466b",
    border="#454c55",
    focus="#7db4f5",
    text="#e4e8ec",
    muted="#a7b0ba",
    disabled="#8f98a2",
    selection_text="#ffffff",
    link="#8bbcf7",
    accent="#7db4f5",
    accent_text="#0c1a2b",
    credential="#c9a7f2",
    marked="#7fd3a0",
    exposed="#ff9a8a",
    clean="#b3bcc6",
    unknown="#e2bd6b",
    critical="#ff9a9a",
    high="#ffab7a",
    medium="#e2bd6b",
    low="#93bdea",
    info="#b3bcc6",
    removed="#4a2426",
    added="#1f3d2b",
    keyword="#d9a2e8",
    action="#8bbcf7",
    parameter="#e0b27a",
    string="#93d3a8",
    number="#7fd0d8",
    variable="#e4e8ec",
    comment="#98a2ad",
    annotation="#cdcf85",
    operator="#b9c1ca",
    enum="#f0a6bb",
)

HIGH_CONTRAST = Theme(
    name="high-contrast",
    dark=True,
    window="#000000",
    base="#000000",
    alternate="#000000",
    selection="#ffe94a",
    border="#ffffff",
    focus="#4ee3ff",
    text="#ffffff",
    muted="#e0e0e0",
    disabled="#b0b0b0",
    selection_text="#000000",
    link="#8fd0ff",
    accent="#4ee3ff",
    accent_text="#000000",
    credential="#e3c2ff",
    marked="#7dffa8",
    exposed="#ffb0a3",
    clean="#ffffff",
    unknown="#ffe08a",
    critical="#ffb0b0",
    high="#ffc59c",
    medium="#ffe08a",
    low="#b5d9ff",
    info="#ffffff",
    removed="#5c0f0f",
    added="#063f1c",
    keyword="#f3b8ff",
    action="#8fd0ff",
    parameter="#ffcf8f",
    string="#9dffbd",
    number="#8af2ff",
    variable="#ffffff",
    comment="#d0d0d0",
    annotation="#f2f58f",
    operator="#ffffff",
    enum="#ffc2d4",
)

THEMES = (LIGHT, DARK, HIGH_CONTRAST)
