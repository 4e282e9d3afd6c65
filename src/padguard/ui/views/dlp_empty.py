"""What the DLP view says while no policy is open: how to get one, and that nothing leaves."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from padguard.foundation.messages import mark
from padguard.ui.actions import Actions
from padguard.ui.appearance import current_theme
from padguard.ui.icons import icon
from padguard.ui.views.action_button import ActionButton
from padguard.ui.views.wrap_layout import WrapLayout
from padguard.ui.words import translate

POLICY_LINE = "Get-DlpPolicy | ConvertTo-Json -Depth 20 | Out-File policy.json"
WIDEST = 640

TITLE = mark("dlp", "Would data loss prevention let these flows run?")
ASK = mark(
    "dlp",
    "Data loss prevention policies say which groups of actions may be used together. They are set "
    "for whole environments by administrators. Ask yours for the policies as a file: an "
    "administrator gets it in PowerShell with this line.",
)
RULES = mark(
    "dlp",
    "Rules for single actions and addresses are kept apart. Where there are such, have what "
    "Get-PowerAppDlpPolicyConnectorConfigurations prints saved as JSON in the same way.",
)
OPEN = mark("dlp", "Then open the files here, or drop them on this page; several at once will do.")
OFFLINE = mark(
    "dlp",
    "Everything stays on this computer: the files are read here, and PAD Guard sends nothing and "
    "asks nobody.",
)
DRAFT = mark(
    "dlp",
    "Without a file you can try out a policy of your own: it begins with every group as "
    "Non-business, and you move groups to see what would break.",
)


class DlpEmpty(QScrollArea):
    """Explains; ``draftWanted`` asks for a policy to try things out in."""

    draftWanted = Signal()  # noqa: N815 - a signal of Qt

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("How to get policies"))
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        page = QWidget(self)
        page.setMaximumWidth(WIDEST)
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(24, 24, 24, 24)
        self._column.setSpacing(8)
        title = self._add_text(translate(TITLE))
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.3)
        title.setFont(font)
        self._add_text(translate(ASK))
        self._column.addLayout(self._make_line())
        self._add_text(translate(RULES))
        self._add_text(translate(OPEN))
        self.open = ActionButton(actions["open-policies"], page)
        self.draft = QPushButton(self.tr("&Begin a draft"), page)
        self._add_text(translate(OFFLINE))
        self._add_text(translate(DRAFT))
        buttons = QWidget(page)
        row = WrapLayout(buttons, gap=8)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.open)
        row.addWidget(self.draft)
        self._column.addWidget(buttons)
        self._column.addStretch(1)
        self.setWidget(page)
        self.setFocusProxy(self.open)
        self.draft.clicked.connect(self.draftWanted)
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons for another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _add_text(self, words: str) -> QLabel:
        label = QLabel(words, self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        self._column.addWidget(label)
        return label

    def _make_line(self) -> QHBoxLayout:
        """Return the line of PowerShell with a button that copies it."""
        self.line = QLineEdit(POLICY_LINE, self)
        self.line.setReadOnly(True)
        self.line.setCursorPosition(0)
        self.line.setAccessibleName(self.tr("PowerShell line that saves the policies"))
        self.line.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.copy = QPushButton(self.tr("&Copy the line"), self)
        self.copy.clicked.connect(self._copy)
        line = QHBoxLayout()
        line.addWidget(self.line, 1)
        line.addWidget(self.copy)
        return line

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(POLICY_LINE)

    def _tint(self) -> None:
        theme = current_theme()
        self.open.setIcon(icon("policy", theme))
        self.draft.setIcon(icon("what-if", theme))
        self.copy.setIcon(icon("copy", theme))
