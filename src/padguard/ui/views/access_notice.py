"""What everybody has to know before anything is shared; it stands above every checklist."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from padguard.foundation.messages import mark
from padguard.governance.access_facts import INFERENCE, MANAGE, READ_ALL, SECURE, USER_CAN_COPY
from padguard.ui.appearance import current_theme
from padguard.ui.icons import pixmap
from padguard.ui.words import translate

ICON_SIZE = 18
LEAST_HEIGHT = 60
STATED = mark("access", "{statement} (Source: {sources})")
CONCLUDED = mark("access", "{statement} {inference} (Source: {source})")


class AccessNotice(QScrollArea):
    """Who can copy a flow and who is co-owner of all flows, with the pages that say so.

    It is as high as its words need, but never higher than `most`: then it scrolls.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        statements = (
            CONCLUDED(statement=USER_CAN_COPY, inference=INFERENCE, source=MANAGE.title),
            STATED(statement=READ_ALL, sources=f"{SECURE.title}, {MANAGE.title}"),
        )
        self.setAccessibleName(self.tr("What to know before anything is shared"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._most = LEAST_HEIGHT
        inside = QWidget(self)
        self.texts: list[QLabel] = []
        self._icons: list[QLabel] = []
        self._grid = grid = QGridLayout(inside)
        grid.setContentsMargins(8, 6, 8, 6)
        grid.setSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, statement in enumerate(statements):
            text, icon = QLabel(translate(statement), inside), QLabel(inside)
            text.setWordWrap(True)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.texts.append(text)
            self._icons.append(icon)
            grid.addWidget(icon, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, row, 1)
        self.setWidget(inside)
        self._tint()

    def allow(self, most: int) -> None:
        """Be no higher than that, in logical pixels."""
        self._most = max(most, LEAST_HEIGHT)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the words need in another width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = self._grid.heightForWidth(self.width())
        policy = Qt.ScrollBarPolicy  # a bar that comes first would take the width away
        fits = needed <= self._most
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAsNeeded
        )
        self.setFixedHeight(min(needed, self._most))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons for another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        picture = pixmap("warning", current_theme().medium, ICON_SIZE, self.devicePixelRatioF())
        for icon in self._icons:
            icon.setPixmap(picture)
