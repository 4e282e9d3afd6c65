"""The three ways to get a fix into the flow: in the export, by pasting, or step by step by hand."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from padguard.ui.appearance import current_theme
from padguard.ui.place import Place
from padguard.ui.views.chip_button import chip_button
from padguard.ui.views.details_page import Target, ToCopy
from padguard.ui.views.fix_page import change_page, paste_page, steps_page, steps_text
from padguard.ui.views.page_view import PageView
from padguard.ui.words import translate

if TYPE_CHECKING:
    from padguard.fixes.fix import Fix
    from padguard.ui.document import Document
    from padguard.ui.fix_offers import Offers

WIDE = 84  # characters: from here on there is room for two columns
LARGE = (960, 640)
EXPORT, PASTE, STEPS = range(3)


class ChangeView(PageView):
    """Shows what the chosen fix changes: side by side where there is room, else below each other.

    ``copied`` tells that a link put a text on the clipboard.
    """

    copied = Signal()

    def __init__(self, kind: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._is_wide = False
        self._shown: tuple[object, ...] = ()
        self.document_shown: Document | None = None
        self.robin = False

    def render_page(self) -> None:
        """Show the chosen fix."""
        document = self.document_shown
        chosen = document.offers.chosen if document is not None else None
        self._is_wide = self._has_room()
        if document is None or chosen is None:
            self._shown = ()
            self.clear()
            return
        preview, theme = document.offers.preview, current_theme()
        shown = (chosen, preview, theme, self.robin, self._is_wide)
        if self._shown and all(one is other for one, other in zip(shown, self._shown, strict=True)):
            return
        self._shown = shown
        if self._kind == EXPORT:
            wide = self._is_wide
            self.show_page(change_page(chosen, preview, theme, robin=self.robin, wide=wide))
        elif self._kind == PASTE:
            self.show_page(paste_page(chosen, preview, theme))
        else:
            flows = {flow.id: flow for flow in document.session.flows}
            self.show_page(steps_page(chosen, preview, flows, theme))

    def follow_target(self, target: Target) -> None:
        """Go to a row, or copy rows."""
        if isinstance(target, ToCopy):
            QGuiApplication.clipboard().setText(target.text)
            self.copied.emit()
        elif isinstance(target, Place) and self.document_shown is not None:
            self.document_shown.goToStep(target)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room for two columns as soon as there is enough."""
        super().resizeEvent(event)
        if self._kind == EXPORT and self._has_room() is not self._is_wide:
            self.render_page()

    def _has_room(self) -> bool:
        return self.viewport().width() >= WIDE * self.fontMetrics().averageCharWidth()


class Deliveries(QTabWidget):
    """Shows the chosen fix of a document in its three deliveries.

    ``said`` has a sentence on something that was done, such as copying.
    """

    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.setAccessibleName(self.tr("How to get the fix into the flow"))
        self.tabBar().setAccessibleName(self.accessibleName())
        self._document: Document | None = None
        self._guided = False
        self.change = ChangeView(EXPORT, self)
        self.change.setAccessibleName(self.tr("What the fix changes"))
        self.change.setAccessibleDescription(
            self.tr("Lines with a minus sign are taken away, lines with a plus sign are added.")
        )
        self.paste = ChangeView(PASTE, self)
        self.paste.setAccessibleName(self.tr("Rows to paste into the designer"))
        self.steps = ChangeView(STEPS, self)
        self.steps.setAccessibleName(self.tr("Steps to take by hand"))
        tip = self.tr("Show the change as Robin text, not as rows of the designer")
        self.robin = chip_button(self, tip)
        self.robin.setText(self.tr("As Robin"))
        self.larger = QPushButton(self.tr("Larger…"), self)
        self.larger.setToolTip(self.tr("Show the change before and after in a window of its own"))
        self.copy_steps = QPushButton(self.tr("Copy the steps"), self)
        self.addTab(_page(self.change, self.robin, self.larger), self.tr("In the export"))
        self.addTab(_page(self.paste), self.tr("Paste"))
        self.addTab(_page(self.steps, self.copy_steps), self.tr("Steps"))
        self.setTabToolTip(EXPORT, self.tr("Apply makes this change in the export"))
        self.setTabToolTip(PASTE, self.tr("Paste the changed rows into the designer"))
        self.setTabToolTip(STEPS, self.tr("Make the change by hand, step by step"))
        self.robin.toggled.connect(self._show_robin)
        self.larger.clicked.connect(self._show_large)
        self.copy_steps.clicked.connect(self._copy_steps)
        self.paste.copied.connect(self._say_copied)
        self.currentChanged.connect(self._render)

    def setDocument(self, document: "Document | None") -> None:
        """Show the fixes of another export, or none."""
        if self._document is not None:
            self._document.offers.chosenChanged.disconnect(self._show)
        self._document = document
        for view in (self.change, self.paste, self.steps):
            view.document_shown = document
        if document is not None:
            document.offers.chosenChanged.connect(self._show)
        self._show()

    @property
    def _offers(self) -> "Offers | None":
        return self._document.offers if self._document is not None else None

    def _show(self) -> None:
        """Show the chosen fix; one that is done by hand by its steps."""
        offers = self._offers
        chosen = offers.chosen if offers is not None else None
        if chosen is None:
            self._render()
            return
        guided = chosen.plan is not None and chosen.plan.changes_nothing
        if guided is not self._guided:
            self._guided = guided
            self.setCurrentIndex(STEPS if guided else EXPORT)
        self._render()

    def _render(self) -> None:
        """Show what is in front; what is not seen is shown when it comes."""
        offers = self._offers
        views = (self.change, self.paste, self.steps)
        views[self.currentIndex()].render_page()
        self.copy_steps.setEnabled(offers is not None and offers.preview is not None)
        self.larger.setEnabled(offers is not None and offers.chosen is not None)

    def _show_robin(self, wanted: bool) -> None:
        self.change.robin = wanted
        self.change.render_page()

    def _show_large(self) -> None:
        if self._document is not None:
            dialog = LargeChange(self._document, robin=self.robin.isChecked(), parent=self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _copy_steps(self) -> None:
        offers = self._offers
        if offers is not None and offers.chosen is not None and offers.preview is not None:
            QGuiApplication.clipboard().setText(steps_text(offers.chosen, offers.preview))
            self.said.emit(self.tr("The steps are on the clipboard."))

    def _say_copied(self) -> None:
        self.said.emit(self.tr("The rows are on the clipboard. Paste them in the designer."))


class LargeChange(QDialog):
    """The change of the fix that is chosen, with room for before and after side by side."""

    def __init__(self, document: "Document", *, robin: bool, parent: QWidget) -> None:
        super().__init__(parent)
        chosen: Fix | None = document.offers.chosen
        title = translate(chosen.title) if chosen is not None else ""
        self.setWindowTitle(self.tr("What would change: {fix}").format(fix=title))
        self.resize(*LARGE)
        self._document = document
        self._chosen = chosen
        self.page = ChangeView(EXPORT, self)
        self.page.setAccessibleName(self.tr("What the fix changes"))
        self.page.document_shown = document
        self.page.robin = robin
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.page, 1)
        column.addWidget(buttons)
        self.page.render_page()
        document.offers.chosenChanged.connect(self._follow)

    def _follow(self) -> None:
        if self._document.offers.chosen is self._chosen:
            self.page.render_page()
        else:
            self.reject()


def _page(view: QWidget, *buttons: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(view, 1)
    if buttons:
        line = QHBoxLayout()
        line.setContentsMargins(8, 4, 8, 4)
        line.setSpacing(8)
        line.addStretch(1)
        for button in buttons:
            line.addWidget(button)
        column.addLayout(line)
    return page
