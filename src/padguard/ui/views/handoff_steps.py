"""The checklist for a secret that waits: which vault, the steps, where they are taken from."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QPushButton, QRadioButton, QVBoxLayout, QWidget

from padguard.session.handoff_checklist import Store, handoff_checklist
from padguard.session.handoff_record import HandOff
from padguard.ui.appearance import current_theme
from padguard.ui.icons import icon
from padguard.ui.views.details_page import Page
from padguard.ui.views.handoff_words import UNTIL, checklist_text
from padguard.ui.views.page_view import PageView
from padguard.ui.views.wrap_layout import WrapLayout
from padguard.ui.words import translate


class ChecklistPage(PageView):
    """Shows the steps for one credential and one kind of store."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Steps until the credential is there"))
        self.credential = ""
        self.store = Store.AZURE_KEY_VAULT
        self.render_page()

    def show_steps(self, credential: str, store: Store) -> None:
        """Show the steps for another credential or store."""
        if (credential, store) != (self.credential, self.store):
            self.credential, self.store = credential, store
            self.render_page()

    def render_page(self) -> None:
        """Show the page anew."""
        page = Page(current_theme())
        if self.credential:
            page.heading(translate(UNTIL(credential=self.credential)))
            page.steps(
                (page.text(translate(step.text)), step.source)
                for step in handoff_checklist(self.credential, self.store)
            )
        else:
            page.remark(self.tr("Choose a secret to see what is to be done with it."))
        self.show_page(page)


class HandOffSteps(QWidget):
    """Says what a person does with the secret that is chosen; ``copied`` follows a copy."""

    copied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._credential = ""
        self._store = Store.AZURE_KEY_VAULT
        self.stores = {
            Store.AZURE_KEY_VAULT: QRadioButton(self.tr("Azure Key Vault"), self),
            Store.CYBERARK: QRadioButton(self.tr("CyberArk"), self),
        }
        group = QButtonGroup(self)
        for store, button in self.stores.items():
            button.setAccessibleName(self.tr("Steps with {store}").format(store=button.text()))
            button.setChecked(store is self._store)
            group.addButton(button)
        group.buttonClicked.connect(self._choose)
        self.copy = QPushButton(self.tr("Copy the steps"), self)
        self.copy.clicked.connect(self._copy)
        self.page = ChecklistPage(self)
        bar = WrapLayout(gap=8)
        bar.setContentsMargins(8, 4, 8, 4)
        for widget in (*self.stores.values(), self.copy):
            bar.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.page, 1)
        self.tint()
        self.show_hand_off(None)

    def show_hand_off(self, hand_off: HandOff | None) -> None:
        """Show the steps for another secret, or for none."""
        self._credential = hand_off.credential if hand_off is not None else ""
        self.copy.setEnabled(hand_off is not None)
        self._show()

    def tint(self) -> None:
        """Draw the icon in the colours of the theme."""
        self.copy.setIcon(icon("copy", current_theme()))

    def _choose(self) -> None:
        self._store = next(store for store, button in self.stores.items() if button.isChecked())
        self._show()

    def _show(self) -> None:
        self.page.show_steps(self._credential, self._store)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(checklist_text(self._credential, self._store))
        self.copied.emit()
