"""A page that shows changes: what goes and what comes, by sign, word and colour."""

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from padguard.foundation.messages import mark
from padguard.ui.views.details_page import Page
from padguard.ui.words import translate

SIGNS = {"-": "−", "+": "+"}
WORDS = {"-": mark("changes", "before"), "+": mark("changes", "after")}
BEFORE = mark("changes", "Before")
AFTER = mark("changes", "After")


class Cell(NamedTuple):
    """What stands on one side of a change: a sign (``-``, ``+``, blank), a label, and lines."""

    sign: str
    label: str
    lines: tuple[str, ...]


class ChangePage(Page):
    """A page with changes, one below the other or side by side."""

    def changes(self, cells: Iterable[Cell], *, robin: bool = False) -> None:
        """Add changes below each other, each with its sign and the word for it."""
        rows = "".join(
            f"<tr style='background:{self._ground(cell.sign)}'>"
            f"<td style='white-space:nowrap'>{self._sign(cell.sign)}</td>"
            f"<td align='right' width='8%'>{self._label(cell)}</td>"
            f"<td width='100%'>{self._lines(cell, robin=robin)}</td></tr>"
            for cell in cells
        )
        self._table(rows)

    def sentences(self, cells: Iterable[Cell]) -> None:
        """Add sentences that say themselves what goes and what comes."""
        rows = "".join(
            f"<tr style='background:{self._ground(cell.sign)}'>"
            f"<td><b>{escape(SIGNS.get(cell.sign, ''))}</b></td>"
            f"<td width='100%'>{self._lines(cell, robin=False)}</td></tr>"
            for cell in cells
        )
        self._table(rows)

    def side_by_side(self, pairs: Iterable[tuple[Cell | None, Cell | None]]) -> None:
        """Add changes beside each other; None leaves a side empty."""
        heads = "".join(
            f"<td width='5%'></td><td width='45%'>{self._muted(translate(words))}</td>"
            for words in (BEFORE, AFTER)
        )
        rows = "".join(f"<tr>{''.join(self._side(cell) for cell in pair)}</tr>" for pair in pairs)
        self._table(f"<tr>{heads}</tr>{rows}")

    def gap(self) -> None:
        """Show that something between two changes is left out."""
        self._parts.append(f"<p style='margin:0 0 0 8px'>{self._muted('⋮')}</p>")

    def _table(self, rows: str) -> None:
        if rows:
            frame = "cellspacing='0' cellpadding='3' width='100%'"
            self._parts.append(f"<table {frame}>{rows}</table>")

    def _side(self, cell: Cell | None) -> str:
        if cell is None:
            return "<td width='5%'></td><td width='45%'></td>"
        ground = f"style='background:{self._ground(cell.sign)}'"
        sign = f"{escape(SIGNS.get(cell.sign, ''))} {self._label(cell)}"
        head = f"<td width='5%' {ground} align='right'>{sign}</td>"
        return f"{head}<td width='45%' {ground}>{self._lines(cell, robin=False)}</td>"

    def _sign(self, sign: str) -> str:
        word = translate(WORDS[sign]) if sign in WORDS else ""
        return f"<b>{escape(SIGNS.get(sign, ''))}</b> <small>{escape(word)}</small>"

    def _label(self, cell: Cell) -> str:
        return f"<small>{escape(cell.label)}</small>"

    def _lines(self, cell: Cell, *, robin: bool) -> str:
        words = "<br>".join(self.text(line) for line in cell.lines)
        return f"<code>{words}</code>" if robin else words

    def _ground(self, sign: str) -> str:
        theme = self._theme
        return {"-": theme.removed, "+": theme.added}.get(sign, theme.base)
