"""The list of open policies on the screen, with the buttons that open and remove them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractItemView, QToolButton, QTreeView, QVBoxLayout, QWidget

from padguard.governance.policy import Policy
from padguard.ui.actions import Actions
from padguard.ui.appearance import current_theme
from padguard.ui.icons import icon
from padguard.ui.views.branches import paint_branch
from padguard.ui.views.dlp_matrix import CellDelegate
from padguard.ui.views.dlp_model import Index
from padguard.ui.views.dlp_policies import NAME, PoliciesModel
from padguard.ui.views.wrap_layout import WrapLayout

NAME_CHARACTERS = 40


class PoliciesTree(QTreeView):
    """Shows a `PoliciesModel`; ``removeWanted`` tells of the key that takes a policy away."""

    removeWanted = Signal()  # noqa: N815 - a signal of Qt

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Open policies"))
        self.setItemDelegate(CellDelegate(self))
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setIndentation(20)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Draw the sign that unfolds what was ignored."""
        paint_branch(self, painter, rect, index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the policy away that is selected."""
        if event.matches(QKeySequence.StandardKey.Delete):
            self.removeWanted.emit()
            return
        super().keyPressEvent(event)


class PoliciesList(QWidget):
    """Shows the policies; ``removed`` gives the `Policy` that a person takes away."""

    removed = Signal(object)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.policies = PoliciesModel(self)
        self.tree = PoliciesTree(self)
        self.tree.setModel(self.policies)
        self.tree.header().setSectionsMovable(False)
        width = QFontMetricsF(self.font()).averageCharWidth()
        self.tree.header().resizeSection(NAME, round(width * NAME_CHARACTERS))
        self.open = QToolButton(self)
        self.open.setDefaultAction(actions["open-policies"])
        self.remove = QToolButton(self)
        self.remove.setText(self.tr("Remove"))
        self.remove.setToolTip(self.tr("Judge without the selected policy (Del)"))
        buttons = QWidget(self)
        line = WrapLayout(buttons)
        line.setContentsMargins(8, 4, 8, 4)
        for button in (self.open, self.remove):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tree, 1)
        column.addWidget(buttons)
        self.setFocusProxy(self.tree)
        self.tree.removeWanted.connect(self._remove)
        self.remove.clicked.connect(self._remove)
        self.tree.selectionModel().selectionChanged.connect(self._enable)
        self.policies.modelReset.connect(self._enable)
        self._enable()
        self._tint()

    def show_policies(self, policies: Sequence[Policy], environment: str | None) -> None:
        """Show other policies, and which of them hold in an environment."""
        self.policies.show(policies, environment)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons for another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _remove(self) -> None:
        policy = self.policies.policy(self.tree.currentIndex())
        if policy is not None:
            self.removed.emit(policy)

    def _enable(self) -> None:
        self.remove.setEnabled(self.tree.selectionModel().hasSelection())

    def _tint(self) -> None:
        self.remove.setIcon(icon("delete", current_theme()))
