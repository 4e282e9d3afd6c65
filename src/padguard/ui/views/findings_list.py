"""The list of findings on the screen: its columns, its icons, its keys and its menu."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QIcon, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from padguard.rules.finding import Finding, Severity
from padguard.ui.actions import Actions
from padguard.ui.appearance import current_theme
from padguard.ui.icons import pixmap
from padguard.ui.severity import LOOKS, look
from padguard.ui.triage import Standing
from padguard.ui.views.branches import paint_branch
from padguard.ui.views.findings_model import (
    MESSAGE,
    PLACE,
    RULE,
    SEVERITY,
    SEVERITY_ROLE,
    STANDINGS,
    STATE,
    UNTIL,
    FindingsModel,
)
from padguard.ui.words import translate

Index = QModelIndex | QPersistentModelIndex
ICON_SIZE = 16
ROW_PADDING = 6
PADDING = 24
PLACE_CHARACTERS = 44
"""How long a place is that has room, until a person widens the column."""

MENU = (
    ("show-fixes", "fix-all-rule"),
    ("skip-finding", "accept", "reopen"),
    ("mark", "rule-help"),
)
"""What can be done with a finding."""


class SeverityDelegate(QStyledItemDelegate):
    """Draws severities with their icons, in colours that stay readable on the selection."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Add the icon of a severity."""
        super().initStyleOption(option, index)
        fields: Any = option  # Qt's own names of the fields are not in the type stubs
        if index.column() == PLACE:  # the row says more than the flow
            fields.textElideMode = Qt.TextElideMode.ElideLeft
        severity = index.data(SEVERITY_ROLE)
        if not isinstance(severity, Severity):
            return
        theme = current_theme()
        selected = bool(fields.state & QStyle.StateFlag.State_Selected)
        background = theme.selection if selected else theme.base
        colour = theme.on(background, look(severity).colour(theme))
        ratio = fields.widget.devicePixelRatioF() if fields.widget else 1.0
        picture = pixmap(look(severity).icon, colour, ICON_SIZE, ratio)
        icon = QIcon(picture)
        icon.addPixmap(picture, QIcon.Mode.Selected)
        fields.icon = icon
        fields.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a cell; all rows are equally high."""
        size = super().sizeHint(option, index)
        fields: Any = option
        size.setHeight(max(fields.fontMetrics.height(), ICON_SIZE) + ROW_PADDING)
        return size


class FindingsList(QTreeView):
    """Shows a `FindingsModel`; ``opened`` tells that a person wants to go to a finding's place.

    ``copyWanted`` asks for a finding as text.
    """

    opened = Signal()
    copyWanted = Signal(object)  # noqa: N815 - a signal of Qt: Finding

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.findings = FindingsModel(self)
        self.setAccessibleName(self.tr("Findings"))
        self.setModel(self.findings)
        self.setItemDelegate(SeverityDelegate(self))
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAllColumnsShowFocus(True)
        self.setRootIsDecorated(False)
        self.setIndentation(16)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setSortingEnabled(True)
        self.sortByColumn(SEVERITY, Qt.SortOrder.AscendingOrder)
        self.activated.connect(self._open)
        header = self.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in (SEVERITY, RULE, PLACE, STATE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(MESSAGE, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(SEVERITY, self._severity_width())
        metrics = QFontMetricsF(self.font())
        header.resizeSection(RULE, round(metrics.horizontalAdvance("PG000") + PADDING))
        state = translate(UNTIL(state=STANDINGS[Standing.ACCEPTED], until="2000-00-00"))
        header.resizeSection(STATE, round(metrics.horizontalAdvance(state) + PADDING))
        header.resizeSection(PLACE, round(metrics.averageCharWidth() * PLACE_CHARACTERS))

    def current_finding(self) -> Finding | None:
        """Return the finding that is selected, if one is."""
        return self.findings.finding(self.currentIndex())

    def show_grouping(self, *, grouped: bool) -> None:
        """Give groups the room for a title, and a sign to fold them by."""
        self.setRootIsDecorated(grouped)
        indentation = self.indentation() if grouped else 0
        self.header().resizeSection(SEVERITY, self._severity_width() + indentation)
        for row in range(self.findings.rowCount() if grouped else 0):
            self.setFirstColumnSpanned(row, QModelIndex(), True)  # noqa: FBT003 - Qt's own
            self.expand(self.findings.index(row, 0))

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Draw the sign that unfolds a group."""
        paint_branch(self, painter, rect, index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the finding that is selected, its secret masked."""
        finding = self.current_finding()
        if event.matches(QKeySequence.StandardKey.Copy) and finding is not None:
            self.copyWanted.emit(finding)
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a finding."""
        finding = self.current_finding()
        if finding is None:
            return
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.visualRect(self.currentIndex()).center()
            where = self.viewport().mapToGlobal(place)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for group in MENU:
            for identifier in group:
                menu.addAction(self._actions[identifier])
            menu.addSeparator()
        menu.addAction(self.tr("&Copy the finding"), self._copy)
        menu.addSeparator()
        for identifier in ("show-flow", "show-script"):
            menu.addAction(self._actions[identifier])
        menu.popup(where)

    def _copy(self) -> None:
        finding = self.current_finding()
        if finding is not None:
            self.copyWanted.emit(finding)

    def _open(self) -> None:
        if self.current_finding() is not None:
            self.opened.emit()

    def _severity_width(self) -> int:
        metrics = QFontMetricsF(self.font())
        words = (translate(shown.word) for shown in LOOKS.values())
        return round(max(map(metrics.horizontalAdvance, words)) + ICON_SIZE + 40)
