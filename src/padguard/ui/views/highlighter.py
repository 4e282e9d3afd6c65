"""Colours Robin text on the screen, statement by statement, as it comes into sight."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from PySide6.QtGui import QColor, QFont, QTextBlock, QTextCharFormat, QTextLayout

from padguard.catalog.lookup import load
from padguard.flow.model import Action, Flow
from padguard.flow.occurrences import action_occurrences
from padguard.robin.literals import PieceKind, content_span, pieces
from padguard.robin.tokens import KEYWORDS, Token, TokenKind, tokenize
from padguard.robin.tree import Kind, Statement
from padguard.rules.finding import Finding
from padguard.ui.sensitivity import look
from padguard.ui.severity import look as look_of
from padguard.ui.theme import Theme
from padguard.ui.views.chips import WORDLESS
from padguard.ui.views.projection import Projection

Stretch = tuple[int, int, str]
"""Start and end in the script, and the name of a colour of `Theme`, or of a sensitivity's."""

UNDERLINED = "underlined "
"""Stands before the name of a colour where it is that of a line below the text."""

HEADER_WORDS = frozenset({"AS", "IMPORT", "INPUT", "OUTPUT", "REPEAT", "SENSITIVE", "TIMES"})
_WHOLE = {
    TokenKind.FOOTER: "comment",
    TokenKind.COMMENT: "comment",
    TokenKind.REGION: "comment",
    TokenKind.TEXT: "string",
    TokenKind.FX: "string",
    TokenKind.ENCRYPTED: "string",
    TokenKind.TRIPLE: "string",
    TokenKind.QUOTED: "string",
    TokenKind.NUMBER: "number",
    TokenKind.OPERATOR: "operator",
    TokenKind.ERROR: "critical",
}


class Highlighter:
    """Colours the lines of one script; every statement is read once, when it is first seen.

    Only `QTextLayout` formats are set: the text, and what can be copied of it, stays as it is.
    """

    def __init__(
        self,
        flow: Flow,
        projection: Projection,
        theme: Theme,
        findings: Iterable[Finding] = (),
    ) -> None:
        self._findings: dict[int, list[Finding]] = {}
        for found in findings:
            self._findings.setdefault(found.place.action, []).append(found)
        self._flow = flow
        self._projection = projection
        self._theme = theme
        self._starts = [statement.start for statement in flow.script.statements]
        self._actions = {action.statement_index: action for action in flow.actions}
        self._read: set[int] = set()
        self._ranges: dict[int, list[QTextLayout.FormatRange]] = {}
        self._done: set[int] = set()
        self._formats: dict[str, QTextCharFormat] = {}

    def colour(self, block: QTextBlock) -> None:
        """Colour a line, unless that was done before."""
        line = block.blockNumber()
        if line in self._done or line >= self._projection.lines:
            return
        self._done.add(line)
        start = self._projection.line_start(line)
        first = self._statement_at(self._projection.to_script(start))
        last = self._statement_at(self._projection.to_script(start + max(0, block.length() - 1)))
        for statement in range(first, last + 1):
            if statement not in self._read:
                self._read.add(statement)
                self._read_statement(statement)
        ranges = self._ranges.pop(line, None)
        if ranges:
            block.layout().setFormats(ranges)

    def _statement_at(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)

    def _read_statement(self, index: int) -> None:
        if not self._starts:
            return
        statement = self._flow.script.statements[index]
        for start, end, role in self._stretches(index, statement):
            self._add(self._projection.to_shown(start), self._projection.to_shown(end), role)

    def _stretches(self, index: int, statement: Statement) -> Iterator[Stretch]:
        if statement.kind is Kind.FOOTER:
            yield statement.start, statement.end, "comment"
            return
        text = self._flow.script.text
        tokens = [
            token
            for token in tokenize(text, statement.start, statement.end)
            if token.kind not in (TokenKind.SPACE, TokenKind.NEWLINE)
        ]
        for position, token in enumerate(tokens):
            if token.kind is TokenKind.NAME:
                following = tokens[position + 1] if position + 1 < len(tokens) else None
                yield token.start, token.end, self._name_role(statement, token, following)
            else:
                yield token.start, token.end, _WHOLE[token.kind]
            if token.kind is TokenKind.TEXT:
                yield from self._holes(token)
        yield from self._variables(index)
        yield from self._underlined(index, statement)

    def _name_role(self, statement: Statement, token: Token, following: Token | None) -> str:
        text = self._flow.script.text
        name = text[token.start : token.end]
        after = text[following.start : following.end] if following else ""
        if statement.kind is Kind.ANNOTATION:
            return "annotation"
        if name == statement.action:
            return "action"
        if after in (":", "=>") and statement.kind in (Kind.ACTION, Kind.CALL, Kind.EXIT, Kind.IF):
            return "parameter"
        if name.upper() in KEYWORDS or name.upper() in HEADER_WORDS:
            return "keyword"
        if name.count(".") > 1 and name.partition(".")[0].lower() in load().modules:
            return "enum"
        return "variable"

    def _holes(self, token: Token) -> Iterator[Stretch]:
        """Yield the expressions between percent signs in a text."""
        text = self._flow.script.text
        first, last = content_span(text[token.start : token.end])
        for piece in pieces(text, token.start + first, token.start + last):
            if piece.kind is PieceKind.EXPRESSION:
                yield piece.start, piece.end, "variable"

    def _variables(self, index: int) -> Iterator[Stretch]:
        """Yield variables that are sensitive; they are drawn over what else was found."""
        action = self._actions.get(index)
        for found in action_occurrences(self._flow, action) if action else ():
            if found.variable.sensitivity not in WORDLESS:
                yield found.start, found.end, look(found.variable.sensitivity).role

    def _underlined(self, index: int, statement: Statement) -> Iterator[Stretch]:
        """Yield what was found, the worst last so that it lies on top."""
        action = self._actions.get(index)
        findings = self._findings.get(action.index if action else -1, [])
        for finding in reversed(findings):
            start, end = finding.place.start, finding.place.end
            if finding.place.where is None and statement.start <= start < statement.end:
                if action and end - start >= statement.end - statement.start - statement.code:
                    start, end = self._gist(finding, action)
                yield start, end, f"{UNDERLINED}{look_of(finding.severity).role}"

    def _gist(self, finding: Finding, action: Action) -> tuple[int, int]:
        """Return what to underline where a finding is about a whole row: its variable, or a word.

        A line below all of the row would be in the way of reading.
        """
        name = finding.variables[0].casefold() if finding.variables else ""
        for found in action_occurrences(self._flow, action):
            if found.variable.name.casefold() == name:
                return found.start, found.end
        start = action.statement.start + action.statement.code
        return start, start + len(self._flow.script.text[start : action.statement.end].split()[0])

    def _add(self, start: int, end: int, role: str) -> None:
        """Note a stretch of shown text, line by line; later stretches lie over earlier ones."""
        first, column = self._projection.line_column(start)
        last, last_column = self._projection.line_column(end)
        for line in range(first, last + 1):
            line_end = last_column
            if line < last:
                next_line = self._projection.line_start(line + 1) - 1
                line_end = self._projection.line_column(next_line)[1]
            if line_end > column:
                found = QTextLayout.FormatRange()
                found.start, found.length = column, line_end - column
                found.format = self._format(role)
                self._ranges.setdefault(line, []).append(found)
            column = 0

    def _format(self, role: str) -> QTextCharFormat:
        if role not in self._formats:
            found = QTextCharFormat()
            if role.startswith(UNDERLINED):
                colour = QColor(getattr(self._theme, role.removeprefix(UNDERLINED)))
                found.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
                found.setUnderlineColor(colour)
                self._formats[role] = found
                return found
            found.setForeground(QColor(getattr(self._theme, role)))
            if role in ("keyword", "credential", "marked", "exposed"):
                found.setFontWeight(QFont.Weight.Bold)
            if role == "critical":
                found.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            self._formats[role] = found
        return self._formats[role]
