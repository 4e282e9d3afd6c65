"""Fusion with outlines, for the themes on dark ground."""

from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QStyleOptionComplex, QWidget

from padguard.ui.theme import Theme

PARTS = frozenset(
    {
        QStyle.PrimitiveElement.PE_PanelButtonCommand,
        QStyle.PrimitiveElement.PE_PanelButtonTool,
        QStyle.PrimitiveElement.PE_FrameLineEdit,
        QStyle.PrimitiveElement.PE_Frame,
        QStyle.PrimitiveElement.PE_FrameGroupBox,
        QStyle.PrimitiveElement.PE_FrameMenu,
        QStyle.PrimitiveElement.PE_IndicatorCheckBox,
        QStyle.PrimitiveElement.PE_IndicatorRadioButton,
    }
)
FRAMES = frozenset(
    {
        QStyle.PrimitiveElement.PE_Frame,
        QStyle.PrimitiveElement.PE_FrameGroupBox,
        QStyle.PrimitiveElement.PE_FrameMenu,
    }
)
"""Parts with room for a line of one pixel only."""

INDICATORS = frozenset(
    {
        QStyle.PrimitiveElement.PE_IndicatorCheckBox,
        QStyle.PrimitiveElement.PE_IndicatorRadioButton,
    }
)
ROUND = QStyle.PrimitiveElement.PE_IndicatorRadioButton

CONTROLS = frozenset({QStyle.ComplexControl.CC_ComboBox, QStyle.ComplexControl.CC_SpinBox})


class OutlinedStyle(QProxyStyle):
    """Draws a line round what can be pressed or typed into, or only round what can be ticked.

    Fusion makes its outlines a darker shade of the window, which on black is no line at all, and
    on dark grey none round a small box.
    """

    def __init__(self, theme: Theme, *, only_indicators: bool = False) -> None:
        super().__init__("Fusion")
        self._parts = INDICATORS if only_indicators else PARTS
        self._controls = frozenset() if only_indicators else CONTROLS
        self._border = QColor(theme.muted if only_indicators else theme.border)
        self._disabled = QColor(theme.disabled)
        self._focus = QColor(theme.focus)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw as Fusion does, then the outline."""
        super().drawPrimitive(element, option, painter, widget)
        if element in self._parts:
            thick = element not in FRAMES
            self._outline(option, painter, thick=thick, is_round=element is ROUND)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw as Fusion does, then the outline."""
        super().drawComplexControl(control, option, painter, widget)
        if control in self._controls:
            self._outline(option, painter, thick=True)

    def _outline(
        self, option: QStyleOption, painter: QPainter, *, thick: bool, is_round: bool = False
    ) -> None:
        state, area = option.state, option.rect
        flag = QStyle.StateFlag
        focused = bool(state & flag.State_HasFocus)
        thick = thick and focused
        colour = self._focus if focused else self._border
        if not state & flag.State_Enabled:
            colour = self._disabled
        painter.save()
        painter.setBrush(QColor(0, 0, 0, 0))
        painter.setPen(QPen(colour, 2 if thick else 1))
        inset = 1 if thick else 0
        line = area.adjusted(inset, inset, -1 - inset, -1 - inset)
        if is_round:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawEllipse(line)
        else:
            painter.drawRect(line)
        painter.restore()
