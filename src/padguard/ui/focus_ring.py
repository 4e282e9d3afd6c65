"""A line round the control that has the keyboard, which Fusion barely shows."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFocusFrame,
    QLineEdit,
    QRadioButton,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

from padguard.ui.appearance import current_theme

RINGED = (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QTabBar,
)
WIDTH = 2
RADIUS = 2


class Ring(QFocusFrame):
    """Lies over a control, as large as that; of tabs over the present one.

    A button to tick without words of its own has them beside it: the line goes round both.

    A `QFocusFrame`, because screen readers know to pass over one.
    """

    def __init__(self, control: QWidget) -> None:
        if isinstance(control, QRadioButton) and not control.text():
            control = control.parentWidget() or control
        super().__init__(control)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._control = self._framed = control
        if isinstance(control, QAbstractScrollArea):
            self._framed = control.viewport()  # without the scroll bars, which lie above
        self._framed.installEventFilter(self)
        if isinstance(control, QTabBar):
            control.currentChanged.connect(self._fit)
        self._fit()
        self.show()
        self.raise_()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stay as large as the control."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.LayoutRequest):
            self._fit()
        return False

    def _fit(self) -> None:
        control, framed = self._control, self._framed
        area = framed.geometry() if framed is not control else control.rect()
        if isinstance(control, QTabBar):
            area = control.tabRect(control.currentIndex())
        self.setGeometry(area)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line along the edge, inside."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(current_theme().focus), WIDTH))
        inset = WIDTH / 2
        line = self.rect().toRectF().adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(line, RADIUS, RADIUS)


class FocusRing(QObject):
    """Puts the ring round whichever control of the application has the keyboard."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._ring: Ring | None = None
        app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, present: QWidget | None) -> None:
        if self._ring is not None and isValid(self._ring):  # its control may be gone already
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = Ring(present) if isinstance(present, RINGED) else None
