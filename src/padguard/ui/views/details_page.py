"""A page of details under construction: HTML of our own making around texts of an export."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from padguard.flow.model import Flow, Variable
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity
from padguard.ui.document import Place
from padguard.ui.sensitivity import look
from padguard.ui.severity import look as severity_look
from padguard.ui.theme import Theme
from padguard.ui.views.chips import WORDLESS
from padguard.ui.views.row_words import Words
from padguard.ui.words import translate

NAME_AND_WORD = mark("details", "{name} ({word})")
MIDDLE = "style='vertical-align:middle'"


@dataclass(frozen=True, slots=True)
class ToCopy:
    """A text that a link puts on the clipboard."""

    text: str


Target = Place | tuple[Flow, Variable] | Finding | ToCopy
"""Where a link leads: to a place, a finding, changing the mark of a variable, or a copied text."""


class Page:
    """Puts a page together. Every text is escaped here, and nowhere else.

    ``targets`` are what its links lead to; the address of a link is the number of its target.
    """

    def __init__(self, theme: Theme) -> None:
        self.targets: list[Target] = []
        self._theme = theme
        self._parts: list[str] = []

    @property
    def html(self) -> str:
        """The page."""
        return "".join(self._parts)

    def heading(self, words: str) -> None:
        """Begin the page."""
        self._parts.append(f"<h3 style='margin:0'>{escape(words)}</h3>")

    def section(self, words: str) -> None:
        """Begin a section."""
        self._parts.append(f"<h4 style='margin:10px 0 2px 0'>{escape(words)}</h4>")

    def remark(self, words: str) -> None:
        """Add a paragraph that matters less."""
        self._parts.append(f"<p style='margin:0'>{self._muted(words)}</p>")

    def paragraph(self, html: str, *, level: int = 0) -> None:
        """Add a paragraph of what `text`, `words` and `link` returned, indented by ``level``."""
        self._parts.append(f"<p style='margin:2px 0 2px {level * 16}px'>{html}</p>")

    def severity(self, severity: Severity, words: str) -> None:
        """Add a line in the colour and with the icon of a severity."""
        shown = severity_look(severity)
        colour = self._theme.on(self._theme.base, shown.colour(self._theme))
        picture = f"<img src='icon:{shown.icon}' width='14' height='14' {MIDDLE}>"
        text = f"<span style='color:{colour}'><b>{escape(words)}</b></span>"
        self._parts.append(f"<p style='margin:0 0 4px 0'>{picture}&nbsp;{text}</p>")

    def steps(self, steps: Iterable[tuple[str, str]]) -> None:
        """Add numbered steps: what happens, from `text` or `link`, and where, as plain text."""
        items = "".join(
            f"<li style='margin-bottom:4px'>{html}{self._below(where)}</li>"
            for html, where in steps
        )
        self._parts.append(f"<ol style='margin:2px 0 0 0'>{items}</ol>")

    def items(self, items: Iterable[str]) -> None:
        """Add a list of what `text` or `link` returned."""
        rows = "".join(f"<li style='margin-bottom:2px'>{html}</li>" for html in items)
        if rows:
            self._parts.append(f"<ul style='margin:2px 0 0 0'>{rows}</ul>")

    def robin(self, text: str) -> None:
        """Add lines of Robin, as they were written."""
        lines = f"<code style='white-space:pre-wrap'>{escape(text)}</code>".replace("\n", "<br>")
        self._parts.append(f"<p style='margin:2px 0;background:{self._theme.window}'>{lines}</p>")

    def table(self, rows: Iterable[tuple[str, str]]) -> None:
        """Add labels and values; the values come from `text`, `words` or `link`."""
        cells = "".join(
            f"<tr><td style='padding-right:16px'>{self._muted(name)}</td><td>{html}</td></tr>"
            for name, html in rows
        )
        if cells:
            self._parts.append(f"<table cellspacing='0' cellpadding='2'>{cells}</table>")

    def text(self, words: str) -> str:
        """Return a text to the letter, with its lines."""
        lines = words.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n")
        return escape(lines).replace("\n", "<br>").replace("  ", "&nbsp; ")

    def words(self, line: Iterable[Words], place: Place) -> str:
        """Return words whose variables are links; ``place`` is where they stand."""
        return "".join(
            self.text(words.text)
            if words.variable is None
            else self.variable(words.variable, place, words.text, brief=True)
            for words in line
        )

    def variable(
        self, variable: Variable, place: Place, name: str = "", *, brief: bool = False
    ) -> str:
        """Return a variable as a link, with the icon, word and colour of its sensitivity.

        Args:
            variable: The variable.
            place: The place that it is named at.
            name: How it is written there.
            brief: Whether the icon alone will do where there is nothing to worry about.
        """
        shown = look(variable.sensitivity)
        colour = self._theme.on(self._theme.base, shown.colour(self._theme))
        target = Place(place.flow_id, place.subflow, place.action, variable.name, variable.local_to)
        words = name or variable.name
        if not brief or variable.sensitivity not in WORDLESS:
            words = translate(NAME_AND_WORD(name=words, word=shown.word))
        picture = f"<img src='icon:{shown.icon}' width='14' height='14' {MIDDLE}>"
        return f"{picture}&nbsp;{self.link(words, target, colour)}"

    def link(self, words: str, target: Target, colour: str = "") -> str:
        """Return a link."""
        self.targets.append(target)
        number = len(self.targets) - 1
        style = f"color:{colour or self._theme.link}"
        return f"<a href='{number}' style='{style}'>{escape(words)}</a>"

    def _below(self, words: str) -> str:
        return f"<br>{self._muted(words)}" if words else ""

    def _muted(self, words: str) -> str:
        return f"<span style='color:{self._theme.muted}'>{self.text(words)}</span>"
