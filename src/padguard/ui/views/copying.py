"""Copies rows as Robin text, with their secrets masked unless a person insists."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from padguard.flow.masking import action_spans
from padguard.flow.model import Action, Flow
from padguard.foundation.masked import MASK
from padguard.ui.views.rows import settings_of

CLEAR_AFTER_MS = 30_000


def robin_text(flow: Flow, rows: Iterable[Action], *, secrets: bool = False) -> str:
    """Return rows as Robin text, each with its error handlers, in the order given.

    Args:
        flow: The flow of the rows.
        rows: Actions that are rows.
        secrets: Whether secrets stand in it in clear; they are masked otherwise.
    """
    parts: list[str] = []
    for row in rows:
        for action in (row, *settings_of(row)):
            spans = [] if secrets else sorted(set(action_spans(flow, action)))
            parts.append(_masked(flow, action, spans))
    return "".join(parts)


def holds_secrets(flow: Flow, rows: Iterable[Action]) -> bool:
    """Tell whether rows have something that is masked."""
    return any(
        next(action_spans(flow, action), None) is not None
        for row in rows
        for action in (row, *settings_of(row))
    )


def _masked(flow: Flow, action: Action, spans: Sequence[tuple[int, int]]) -> str:
    text, position = flow.script.text, action.statement.start
    parts: list[str] = []
    for start, end in spans:
        parts += (text[position:start], MASK)
        position = max(position, end)
    parts.append(text[position : action.statement.end])
    return "".join(parts)


class SecretClipboard(QObject):
    """Puts a secret on the clipboard and takes it away after half a minute."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._timer = QTimer(self, singleShot=True, interval=CLEAR_AFTER_MS)
        self._timer.timeout.connect(self.clear)

    def put(self, text: str) -> None:
        """Copy a text that holds secrets."""
        self._text = text
        QGuiApplication.clipboard().setText(text)
        self._timer.start()

    def clear(self) -> None:
        """Empty the clipboard, unless something else was copied since."""
        clipboard = QGuiApplication.clipboard()
        if self._text and clipboard.text() == self._text:
            clipboard.clear()
        self._text = ""
