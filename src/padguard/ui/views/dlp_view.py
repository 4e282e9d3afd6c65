"""The DLP view: what data loss prevention policies say of the flows, and what would be if."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QMenu,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from padguard.foundation.errors import EditError
from padguard.foundation.messages import Message, mark
from padguard.governance.dlp_usage import Gap
from padguard.governance.policy import CLASSES, Classification, Policy
from padguard.ui.actions import Actions
from padguard.ui.appearance import current_theme
from padguard.ui.document import Analysis, Document, Place
from padguard.ui.dropping import read_offer
from padguard.ui.icons import icon
from padguard.ui.views.asking import ask_where_to_save
from padguard.ui.views.dlp_banner import TrialBanner
from padguard.ui.views.dlp_bar import DlpBar
from padguard.ui.views.dlp_desk import DlpDesk
from padguard.ui.views.dlp_empty import DlpEmpty
from padguard.ui.views.dlp_files import POLICY_SUFFIX, are_policies
from padguard.ui.views.dlp_list import RowsList
from padguard.ui.views.dlp_matrix import DlpMatrix
from padguard.ui.views.dlp_page import DlpPage
from padguard.ui.views.dlp_policies_list import PoliciesList
from padguard.ui.views.dlp_shown import Picked
from padguard.ui.views.dlp_trial import TrialLine
from padguard.ui.views.dlp_trial_words import NOT_LOADED, trial_words
from padguard.ui.views.dlp_words import CLASS_STANDINGS, STANDING_LOOKS, group_words
from padguard.ui.words import translate

HEIGHTS = (320, 220)
WIDTHS = (520, 360)
LEAST_ROWS = 5
"""How high the matrix and what is below it are at least; beyond, the view scrolls."""
MENU = ("show-flow", "show-script", None, "back", "forward")

NO_EXPORT = mark("dlp", "Open an export to judge its flows by policies.")
STOPPED = mark("dlp", "The analysis was stopped. Press F5 to have the flows judged.")
WAITING = mark("dlp", "The flows are being looked at. This takes a moment.")
NO_FLOWS = mark(
    "dlp",
    "There is no desktop flow in this export. In Power Automate, add the desktop flows to the "
    "solution and export it again.",
)


class DlpView(QWidget):
    """Shows groups × flows, the rows behind what is picked, and the open policies.

    Out of sight nothing is done; what was missed is caught up with when the view is shown. Files
    with policies may be dropped on it.
    """

    def __init__(
        self, document: Document | None, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Data loss prevention"))
        self.setAcceptDrops(True)
        self._actions = actions
        self._document: Document | None = None
        self._picked = Picked()
        self.desk = DlpDesk(self)
        self.bar = DlpBar(actions, self)
        self.trial = TrialLine(self)
        self.banner = TrialBanner(self)
        self.matrix = DlpMatrix(self)
        self.rows = RowsList(actions, self)
        self.page = DlpPage(self)
        self.policies = PoliciesList(actions, self)
        self.parts = QTabWidget(self)
        self.empty = DlpEmpty(actions, self)
        self.message = QLabel(self)
        self.pages = QStackedWidget(self)
        self._catch_up_soon = QTimer(self, interval=0, singleShot=True)
        self._catch_up_soon.timeout.connect(self._catch_up)
        self._lay_out()
        self._connect()
        self.setDocument(document)

    def setDocument(self, document: Document | None) -> None:
        """Show another export, or none."""
        if self._document is not None:
            self._document.findingsChanged.disconnect(self._catch_up)
            self._document.analysisChanged.disconnect(self._show_state)
        self._document = document
        self._picked = Picked()
        if document is not None:
            document.findingsChanged.connect(self._catch_up)
            document.analysisChanged.connect(self._show_state)
        self.desk.set_document(document)
        self._catch_up()

    def focusFilter(self) -> None:
        """Put the keyboard into the matrix, where typing finds a group."""
        self.matrix.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open_policies(self) -> None:
        """Ask for policy files and load them."""
        words = self.tr("Policies (*{suffix})").format(suffix=POLICY_SUFFIX)
        paths, _ = QFileDialog.getOpenFileNames(self, self.tr("Open policies"), "", words)
        if paths:
            self.desk.open([Path(path) for path in paths])

    def save_draft(self, policy: Policy) -> None:
        """Ask for a file and write a policy with what is tried out."""
        name = self.tr("{policy} - draft").format(policy=policy.title)
        kinds = {POLICY_SUFFIX: self.tr("Policy")}
        path = ask_where_to_save(self, self.tr("Save as a draft"), name, kinds)
        if path is not None:
            self.desk.save_draft(policy, path)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened meanwhile."""
        super().showEvent(event)
        self._catch_up_soon.start()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome policy files; exports go to the window."""
        if self._document is not None and are_policies(read_offer(event.mimeData()).paths):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Load the policies that were dropped."""
        event.acceptProposedAction()
        self.desk.open(read_offer(event.mimeData()).paths)

    def _lay_out(self) -> None:
        self.message.setWordWrap(True)
        self.message.setMargin(24)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        behind = QSplitter(Qt.Orientation.Horizontal, self)
        behind.setChildrenCollapsible(False)
        behind.addWidget(self.rows)
        behind.addWidget(self.page)
        behind.setSizes(list(WIDTHS))
        self.parts.setDocumentMode(True)
        self.parts.setAccessibleName(self.tr("Rows, reasons and policies"))
        self.parts.addTab(behind, self.tr("Rows and reasons"))
        self.parts.addTab(self.policies, self.tr("Policies"))
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.matrix)
        split.addWidget(self.parts)
        split.setSizes(list(HEIGHTS))
        rows = self.matrix.verticalHeader().defaultSectionSize()
        for part in (self.matrix, self.parts):
            part.setMinimumHeight(rows * LEAST_ROWS)
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.bar, self.trial, self.banner):
            column.addWidget(widget)
        column.addWidget(split, 1)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setWidget(whole)
        for page in (scroll, self.empty, self.message):
            self.pages.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pages)

    def _connect(self) -> None:
        self.desk.changed.connect(self._show)
        self.desk.loaded.connect(self._show_policies)
        self.bar.changed.connect(self.desk.judge_by)
        self.policies.removed.connect(self.desk.remove)
        self.matrix.picked.connect(self._pick)
        self.matrix.opened.connect(self._enter_rows)
        self.matrix.menuWanted.connect(self._show_menu)
        self.rows.chosen.connect(self._go)
        self.rows.opened.connect(self._open)
        self.trial.classWanted.connect(self._try_class)
        self.banner.resetWanted.connect(self.desk.reset)
        self.banner.saveWanted.connect(self._save)
        self.empty.draftWanted.connect(self.desk.begin_draft)

    def _catch_up(self) -> None:
        if self.isVisible():
            self.desk.catch_up()
        self._show_state()

    def _show(self) -> None:
        """Show what is known now."""
        desk = self.desk
        self.matrix.show_evaluation(desk.shown)
        self.bar.show_setting(desk.policies, desk.setting)
        self.policies.show_policies(desk.policies, desk.setting.environment)
        words = self.tr("Policies ({count})").format(count=len(desk.policies))
        self.parts.setTabText(1, words)
        self.trial.show_policies(desk.tried)
        words = trial_words(desk.shown, desk.what_if, desk.tried)
        self.banner.show_words(words, translate(NOT_LOADED))
        self._pick(self._picked)
        self._show_state()

    def _pick(self, picked: Picked) -> None:
        """Show the rows and the reasons of what a person looks at."""
        self._picked = picked
        shown = self.desk.shown
        self.rows.show_picked(shown, picked)
        self.page.show_picked(shown, picked)
        line = self.matrix.cells.group(picked.group)
        name = group_words(line) if line is not None else ""
        can = line is not None and self._can_be_classed(line.key)
        self.trial.show_group(line.key if line else "", name, can_be_classed=can)

    def _can_be_classed(self, group: str) -> bool:
        """Tell whether it is known to be a group, and not only called after what uses it."""
        cells = self.desk.shown.evaluation.cells.values() if self.desk.shown is not None else ()
        return any(
            use.subject.gap in (None, Gap.UNKNOWN_ACTION)
            for cell in cells
            if cell.group == group
            for use in cell.uses
        )

    def _show_state(self) -> None:
        """Show the matrix, how to get policies, or why there is nothing to show."""
        empty = self._why_empty()
        self.message.setText(translate(empty) if empty is not None else "")
        nothing = self.desk.shown is None and not self.desk.policies
        page = 2 if empty is not None else 1 if nothing else 0
        self.pages.setCurrentIndex(page)
        self.setFocusProxy((self.matrix, self.empty, self.message)[page])

    def _why_empty(self) -> Message | None:
        document = self._document
        if document is None:
            return NO_EXPORT
        if document.inspection is None:
            return STOPPED if document.analysis is Analysis.STOPPED else WAITING
        return None if document.session.flows else NO_FLOWS

    def _show_policies(self) -> None:
        """Show what was opened, and what of it was ignored."""
        self._catch_up()
        self.parts.setCurrentWidget(self.policies)

    def _try_class(self, classification: Classification) -> None:
        if self._picked.group is not None:
            self.desk.try_class(self.trial.policy, self._picked.group, classification)

    def _save(self) -> None:
        """Save the policy that is tried out; ask which one where there are several."""
        changed = self.desk.what_if.changed(self.desk.policies)
        if len(changed) == 1:
            self.save_draft(changed[0])
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for policy in changed:
            title = policy.title.replace("&", "&&")
            menu.addAction(title, partial(self.save_draft, policy))
        menu.popup(self.banner.save.mapToGlobal(self.banner.save.rect().bottomLeft()))

    def _show_menu(self, where: QPoint) -> None:
        """Offer classes to try out for the group, and ways to go."""
        menu = self._actions.menu(MENU, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        line = self.matrix.cells.group(self._picked.group)
        if line is not None and self._can_be_classed(line.key):
            policy = self.trial.policy
            menu.addSeparator()
            for classification, words in CLASSES.items():
                text = self.tr("What if it were {classification}?")
                action = menu.addAction(text.format(classification=translate(words)))
                look = STANDING_LOOKS[CLASS_STANDINGS[classification]]
                theme = current_theme()
                action.setIcon(icon(look.icon, theme, look.colour(theme)))
                known = policy.class_of(line.key) if policy is not None else None
                action.setEnabled(known is not classification)
                action.triggered.connect(partial(self._try_class, classification))
        menu.popup(where)

    def _enter_rows(self) -> None:
        """Give the keyboard to the rows of what is picked."""
        self.parts.setCurrentIndex(0)
        self.rows.take_focus()

    def _go(self, place: Place) -> None:
        """Go to a row, unless the flow has changed so that it is no longer there."""
        document = self._document
        if document is None:
            return
        try:
            flow = document.session.flow(place.flow_id)
        except EditError:
            return
        if place.action < len(flow.actions):
            document.goTo(place)

    def _open(self) -> None:
        """Give the keyboard to the row that was chosen."""
        self._actions["show-flow"].trigger()
