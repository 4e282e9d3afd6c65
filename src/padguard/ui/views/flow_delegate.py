"""Paints the rows of a flow as the designer draws them: icon, title, and a line with chips."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from padguard.flow.model import Variable
from padguard.foundation.messages import mark
from padguard.rules.finding import Severity
from padguard.ui.appearance import current_theme
from padguard.ui.icons import pixmap
from padguard.ui.severity import look
from padguard.ui.theme import Theme
from padguard.ui.views.chips import Chip
from padguard.ui.views.flow_model import NUMBER, FlowModel
from padguard.ui.views.row_words import Words, row_icon, row_title
from padguard.ui.words import translate

Index = QModelIndex | QPersistentModelIndex
ICON_SIZE = 20
PADDING = 5.0
GAP = 8.0
ELISION = "…"

DISABLED = mark("flow view", "Disabled")
ON_ERROR = mark("flow view", "Handles errors")
SEVERAL = mark("flow view", "{severity} · {count} findings")


class FlowDelegate(QStyledItemDelegate):
    """Draws the cells of a `FlowModel`; all rows are equally high, with room for two lines.

    ``looked_at`` is the variable whose chips are drawn strongly.
    """

    looked_at: Variable | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """Return the size of a cell: two lines high, as wide as the view likes."""
        fields: Any = option
        line = QFontMetricsF(fields.font).height()
        return QSize(100, round(2 * line + 3 * PADDING))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        self.initStyleOption(option, index)
        fields: Any = option
        theme = current_theme()
        selected = bool(fields.state & QStyle.StateFlag.State_Selected)
        background = theme.selection if selected else theme.base
        fields.text = ""
        widget = fields.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        model = index.model()
        if not isinstance(model, FlowModel):
            return
        painter.save()
        painter.setClipRect(fields.rect)
        pen = _Pen(painter, theme, background, QFont(fields.font), QRectF(fields.rect))
        if index.column() == NUMBER:
            pen.number(model.action(index).row)
        else:
            self._paint_row(pen, model, index)
        painter.restore()

    def _paint_row(self, pen: "_Pen", model: FlowModel, index: Index) -> None:
        action = model.action(index)
        line = model.line(index)
        disabled = action.statement.disabled
        pen.begin_row(two_lines=bool(line), faint=disabled)
        pen.icon(row_icon(action))
        pen.title(row_title(action))
        findings = model.findings(index)
        if findings:
            pen.severity(findings[0].severity, len(findings))
        if disabled:
            pen.badge("", translate(DISABLED))
        if model.handlers(index):
            pen.badge("error", translate(ON_ERROR))
        pen.line(line, self.looked_at)


class _Pen:
    """Draws the parts of one row, from left to right; lives as long as that."""

    def __init__(
        self, painter: QPainter, theme: Theme, background: str, font: QFont, place: QRectF
    ) -> None:
        self._painter = painter
        self._theme = theme
        self._background = background
        self._font = font
        self._bold = QFont(font)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._place = place
        self._metrics = QFontMetricsF(font)
        self._x = self._left = place.left() + 2
        self._y = place.top()
        self._text = theme.text
        self._ratio = painter.device().devicePixelRatioF()

    def number(self, row: int) -> None:
        """Draw the row number at the right."""
        self._painter.setPen(self._colour(self._theme.muted))
        place = self._place.adjusted(0, 0, -GAP, 0)
        alignment = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._painter.drawText(place, int(alignment), str(row))

    def begin_row(self, *, two_lines: bool, faint: bool) -> None:
        """Choose where the first line stands, and the colour of the text."""
        height = self._metrics.height()
        lines = 2 * height + PADDING if two_lines else height
        self._y = self._place.center().y() - lines / 2
        self._text = self._theme.muted if faint else self._theme.text

    def icon(self, name: str) -> None:
        """Draw the icon of the action."""
        colour = self._theme.on(self._background, self._theme.muted)
        picture = pixmap(name, colour, ICON_SIZE, self._ratio)
        corner = QPointF(self._x, self._place.center().y() - ICON_SIZE / 2)
        self._painter.drawPixmap(corner, picture)
        self._x += ICON_SIZE + GAP

    def title(self, text: str) -> None:
        """Draw the title; badges may follow."""
        self._left = self._x
        self._painter.setFont(self._bold)
        self._painter.setPen(self._colour(self._text))
        metrics = QFontMetricsF(self._bold)
        self._x += self._draw(text, metrics) + GAP

    def severity(self, worst: Severity, count: int) -> None:
        """Draw how bad the worst finding of the row is, and how many there are if several."""
        words = translate(look(worst).word)
        if count > 1:
            words = translate(SEVERAL(severity=words, count=count))
        self.badge(look(worst).icon, words, look(worst).colour(self._theme))

    def badge(self, icon_name: str, words: str, colour: str = "") -> None:
        """Draw a remark beside the title, with or without an icon."""
        colour = self._theme.on(self._background, colour or self._theme.muted)
        if icon_name:
            size = round(self._metrics.height() * 0.8)
            corner = QPointF(self._x, self._y + (self._metrics.height() - size) / 2)
            self._painter.drawPixmap(corner, pixmap(icon_name, colour, size, self._ratio))
            self._x += size + GAP / 2
        self._painter.setFont(self._font)
        self._painter.setPen(QColor(colour))
        self._x += self._draw(words, self._metrics) + GAP

    def line(self, line: tuple[Words, ...], looked_at: Variable | None) -> None:
        """Draw the second line: words, and chips for variables, as far as there is room."""
        self._x = self._left
        self._y += self._metrics.height() + PADDING
        self._painter.setFont(self._font)
        for words in line:
            if self._x >= self._place.right() - 1:
                return
            if words.variable is None:
                self._painter.setPen(self._colour(self._text))
                self._x += self._draw(words.text, self._metrics)
            else:
                self._chip(words.text, words.variable, strong=words.variable is looked_at)

    def _chip(self, name: str, variable: Variable, *, strong: bool) -> None:
        chip = Chip.of_variable(name, variable.sensitivity, strong=strong)
        width = chip.width(self._metrics)
        room = self._place.right() - self._x
        height = self._metrics.height() + 2
        place = QRectF(self._x + 1, self._y - 1, min(width, room), height)
        chip.paint(self._painter, place, self._theme, self._background)
        self._x += width + 2

    def _draw(self, text: str, metrics: QFontMetricsF) -> float:
        """Draw a text at the present position; return how wide it is."""
        room = self._place.right() - self._x
        width = metrics.horizontalAdvance(text)
        if width > room:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, room))
        self._painter.drawText(QPointF(self._x, self._y + metrics.ascent()), text)
        return width

    def _colour(self, colour: str) -> QColor:
        return QColor(self._theme.on(self._background, colour))
