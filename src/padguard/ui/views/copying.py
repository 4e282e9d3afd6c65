"""Copies rows as Robin text, with their secrets masked unless a person insists."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from padguard.flow.masking import action_spans, masked_text
from padguard.flow.model import Action, Flow
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
            spans = [] if secrets else action_spans(flow, action)
            start, end = action.statement.start, action.statement.end
            parts.append(masked_text(flow, start, end, spans))
    return "".join(parts)


def holds_secrets(flow: Flow, rows: Iterable[Action]) -> bool:
    """Tell whether rows have something that is masked."""
    return any(
        bool(action_spans(flow, action)) for row in rows for action in (row, *settings_of(row))
    )


class SecretClipboard(QObject):
    """Puts a secret on the clipboard; takes it away after half a minute, or when all ends.

    ``cleared`` tells that it is no longer there, whoever took it away.
    """

    cleared = Signal()

    def __init__(self, parent: QObject | None = None, clear_after: int = CLEAR_AFTER_MS) -> None:
        super().__init__(parent)
        self._text = ""
        self._timer = QTimer(self, singleShot=True, interval=clear_after)
        self._timer.timeout.connect(self.clear)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.clear)

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
        if self._text:
            self._text = ""
            self.cleared.emit()
