"""The secrets that wait for their credentials, one below the other."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from padguard.session.handoff_record import HandOff
from padguard.ui.appearance import current_theme
from padguard.ui.icons import pixmap
from padguard.ui.views.handoff_words import age_words, flow_words, state_words
from padguard.ui.views.tips import plain_tip

ROLE = Qt.ItemDataRole.UserRole
MARGIN = 6
ICON_SIZE = 20


class HandOffDelegate(QStyledItemDelegate):
    """Draws the lines of a secret below each other: the credential first, the rest quieter.

    Each line is as high as its own letters are: those of another script may be higher.
    """

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the room that the lines need."""
        heights = [height for *_, height in _lines(option, index)]
        return QSize(0, sum(heights) + 2 * MARGIN)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw ground and focus as the style has them, then icon and lines."""
        full = QStyleOptionViewItem(option)
        self.initStyleOption(full, index)
        full.text = ""
        view = full.widget
        view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, full, painter, view)
        selected = bool(full.state & QStyle.StateFlag.State_Selected)
        theme = current_theme()
        ground = theme.selection if selected else theme.base
        area = full.rect.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        name, role = _look(index.data(ROLE))
        colour = theme.on(ground, getattr(theme, role))
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(area.topLeft(), pixmap(name, colour, ICON_SIZE, ratio))
        area.setLeft(area.left() + ICON_SIZE + MARGIN)
        painter.save()
        for number, (text, font, height) in enumerate(_lines(option, index)):
            painter.setFont(font)
            painter.setPen(QColor(theme.on(ground, theme.muted if number else theme.text)))
            words = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideMiddle, area.width())
            line = QRect(area.left(), area.top(), area.width(), height)
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), words)
            area.setTop(area.top() + height)
        painter.restore()


def _lines(
    option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
) -> Iterator[tuple[str, QFont, int]]:
    """Yield the lines of an item with their fonts and heights."""
    for number, text in enumerate(str(index.data() or "").split("\n")):
        font = QFont(option.font)
        if not number:
            font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        yield text, font, max(metrics.lineSpacing(), metrics.boundingRect(text).height()) + 1


class HandOffList(QListWidget):
    """Shows what is known of each secret, never the secret; ``deleteWanted`` is the Delete key."""

    deleteWanted = Signal()  # noqa: N815 - a signal of Qt

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Secrets that wait for their credentials"))
        self.setItemDelegate(HandOffDelegate(self))
        self.setAlternatingRowColors(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_hand_offs(self, hand_offs: Sequence[HandOff]) -> None:
        """Show others; what was selected stays selected, or what stands in its place is."""
        chosen, row = self.chosen, self.currentRow()
        with QSignalBlocker(self):
            self.clear()
            for hand_off in hand_offs:
                self._add(hand_off)
            ids = [hand_off.id for hand_off in hand_offs]
            if chosen is not None and chosen.id in ids:
                row = ids.index(chosen.id)
            self.setCurrentRow(min(max(row, 0), len(ids) - 1))
        self.currentRowChanged.emit(self.currentRow())

    @property
    def chosen(self) -> HandOff | None:
        """The secret that is selected."""
        item = self.currentItem()
        found: HandOff | None = item.data(ROLE) if item is not None else None
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Have Delete delete."""
        if event.key() == Qt.Key.Key_Delete:
            self.deleteWanted.emit()
        else:
            super().keyPressEvent(event)

    def _add(self, hand_off: HandOff) -> None:
        age = age_words(hand_off.age(datetime.now(UTC)))
        flows = flow_words(hand_off.flows)
        where = (
            self.tr("{flows} › {origin}").format(flows=flows, origin=hand_off.origin)
            if hand_off.origin and len(hand_off.flows) == 1
            else hand_off.origin or flows
        )
        state = self.tr("{age} · {state}").format(age=age, state=state_words(hand_off))
        item = QListWidgetItem(f"{hand_off.credential}\n{where}\n{state}", self)
        item.setData(ROLE, hand_off)
        spoken = self.tr("{credential}, from {where}: {age}, {state}")
        words = spoken.format(
            credential=hand_off.credential, where=where, age=age, state=state_words(hand_off)
        )
        item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
        item.setToolTip(plain_tip(item.text()))


def _look(hand_off: HandOff) -> tuple[str, str]:
    """Return the icon of a secret, and the role of its colour."""
    if hand_off.missing:
        return "warning", "medium"
    return ("copy" if hand_off.copied else "key"), "text"
