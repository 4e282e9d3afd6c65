"""What stands above the access checklist: for whom it is, how far it is, what to do with it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QToolButton, QWidget

from padguard.governance.access_model import AUDIENCE_WORDS, Audience
from padguard.ui.appearance import current_theme
from padguard.ui.icons import icon
from padguard.ui.views.wrap_layout import WrapLayout
from padguard.ui.words import translate


class AccessBar(QWidget):
    """Buttons; the signals are what their names say."""

    audienceChosen = Signal(object)  # noqa: N815 - a signal of Qt: Audience
    openWanted = Signal()  # noqa: N815 - a signal of Qt
    keepWanted = Signal()  # noqa: N815 - a signal of Qt
    printWanted = Signal()  # noqa: N815 - a signal of Qt
    exportWanted = Signal()  # noqa: N815 - a signal of Qt

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel(self.tr("Who shall get a&ccess:"), self)
        self.audience = QComboBox(self)
        self.audience.setAccessibleName(self.tr("Who shall get access"))
        self.audience.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for audience, words in AUDIENCE_WORDS.items():
            self.audience.addItem(translate(words), audience)
        self._label.setBuddy(self.audience)
        self.progress = QLabel(self)
        self.open = self._button("open", self.tr("Open ticks…"), self.tr("Go on with a checklist"))
        self.keep = self._button(
            "save",
            self.tr("Keep ticks…"),
            self.tr("Choose a file that the ticks are kept in from now on"),
        )
        self.print = self._button(
            "print", self.tr("Print to PDF…"), self.tr("Make a PDF of this checklist")
        )
        self.export = self._button(
            "save-table",
            self.tr("Export…"),
            self.tr("Save this checklist as text, as CSV for Excel, or as JSON"),
        )
        row = WrapLayout(self, gap=8)
        row.setContentsMargins(8, 4, 8, 4)
        for widget in (self._label, self.audience, self.progress):
            row.addWidget(widget)
        for button in (self.open, self.keep, self.print, self.export):
            row.addWidget(button)
        for label in (self._label, self.progress):
            label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            label.setMinimumHeight(self.audience.sizeHint().height())
        self.audience.currentIndexChanged.connect(self._tell_audience)
        self.open.clicked.connect(self.openWanted)
        self.keep.clicked.connect(self.keepWanted)
        self.print.clicked.connect(self.printWanted)
        self.export.clicked.connect(self.exportWanted)
        self._tint()

    @property
    def chosen(self) -> Audience:
        """Who shall get access."""
        chosen: Audience = self.audience.currentData()
        return chosen

    def show_progress(self, done: int, count: int) -> None:
        """Tell how many items are ticked."""
        self.progress.setText(self.tr("{done} of {count} done").format(done=done, count=count))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons for another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _button(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleDescription(tip)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _tell_audience(self) -> None:
        self.audienceChosen.emit(self.chosen)

    def _tint(self) -> None:
        theme = current_theme()
        for button in (self.open, self.keep, self.print, self.export):
            button.setIcon(icon(button.objectName(), theme))
