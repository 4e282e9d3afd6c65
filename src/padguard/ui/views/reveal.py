"""The one secret of a finding: masked, shown as long as a button is held, copied after asking."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from padguard.foundation.masked import MASK, Masked
from padguard.ui.views.copying import SecretClipboard

LINES = 2
LONGEST = 1000
"""Characters of a secret that are shown; longer ones are certificates or whole files."""


class RevealBar(QWidget):
    """Shows a mask; the secret is on the screen only as long as the button is held down.

    Held by the mouse or by the space bar; whatever takes the keyboard or the button away hides the
    secret again. In presentation mode it cannot be revealed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._secret: Masked | None = None
        self._presenting = False
        self._clipboard = SecretClipboard(self)
        self.value = QPlainTextEdit(self)
        self.value.setAccessibleName(self.tr("Value that was found"))
        self.value.setReadOnly(True)
        self.value.setUndoRedoEnabled(False)
        self.value.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.value.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.value.setFixedHeight(self.value.fontMetrics().lineSpacing() * LINES + 12)
        self.button = QPushButton(self.tr("Hold to reveal"), self)
        self.button.pressed.connect(self._reveal)
        self.button.released.connect(self._hide)
        self.copy_button = QPushButton(self.tr("Copy…"), self)
        self.copy_button.setAccessibleName(self.tr("Copy the value that was found"))
        self.copy_button.clicked.connect(self._copy)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.button)
        line.addWidget(self.copy_button)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(4)
        column.addWidget(self.value)
        column.addLayout(line)
        self.show_secret(None)

    def show_secret(self, secret: Masked | None) -> None:
        """Be ready to reveal another secret; without one there is nothing to see."""
        self._secret = secret
        self.button.setDown(False)
        self._hide()
        self.setVisible(secret is not None)

    def set_presenting(self, *, presenting: bool) -> None:
        """Reveal nothing while others look at the screen."""
        self._presenting = presenting
        self._hide()
        self.button.setEnabled(not presenting)
        self.button.setToolTip(
            self.tr("Not in presentation mode (View > Presentation mode)")
            if presenting
            else self.tr("Shows the value as long as you hold the button, or the space bar")
        )

    def _reveal(self) -> None:
        if self._secret is not None and not self._presenting:
            self.value.setPlainText(self._secret.reveal()[:LONGEST])

    def _hide(self) -> None:
        self.value.setPlainText(MASK)

    def _copy(self) -> None:
        if self._secret is not None and _confirmed(self):
            self._clipboard.put(self._secret.reveal())


def _confirmed(view: QWidget) -> bool:
    box = QMessageBox(view)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(view.tr("Copy a secret"))
    box.setText(view.tr("Copy this value in clear text?"))
    box.setInformativeText(
        view.tr(
            "Anyone who can look at your clipboard can read it. "
            "PAD Guard takes it off the clipboard after 30 seconds."
        )
    )
    copy = box.addButton(view.tr("Copy the value"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.exec()
    return box.clickedButton() is copy
