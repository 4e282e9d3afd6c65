"""What a person is asked before a secret that waits is copied again or deleted."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from padguard.session.handoff_record import HandOff

translate = QCoreApplication.translate


def ask_to_copy_again(view: QWidget, hand_off: HandOff, then: Callable[[], None]) -> None:
    """Ask whether to copy a secret that was copied before."""
    question = translate(
        "handoff", "The secret of “{credential}” was copied before. Copy it again?"
    )
    _ask(
        view,
        translate("handoff", "Copy the secret again"),
        question.format(credential=hand_off.credential),
        translate(
            "handoff",
            "If it is where it belongs already, delete it here instead. "
            "PAD Guard takes it off the clipboard after 30 seconds.",
        ),
        translate("handoff", "Copy it again"),
        then,
    )


def ask_to_delete(view: QWidget, hand_off: HandOff, then: Callable[[], None]) -> None:
    """Ask whether to delete a secret that was never copied."""
    question = translate("handoff", "The secret of “{credential}” was not copied yet. Delete it?")
    _ask(
        view,
        translate("handoff", "Delete the secret"),
        question.format(credential=hand_off.credential),
        translate("handoff", "It leaves the keychain for good. The credential may need it."),
        translate("handoff", "Delete it"),
        then,
    )


def ask_to_delete_all(
    view: QWidget, hand_offs: Sequence[HandOff], then: Callable[[], None]
) -> None:
    """Ask whether to delete all secrets."""
    waiting = sum(not each.copied for each in hand_offs)
    more = translate("handoff", "They leave the keychain for good. All of them were copied.")
    if waiting:
        more = translate("handoff", "They leave the keychain for good. Not copied yet: {count}.")
    _ask(
        view,
        translate("handoff", "Delete all secrets"),
        translate("handoff", "Delete all secrets that wait here ({count})?").format(
            count=len(hand_offs)
        ),
        more.format(count=waiting),
        translate("handoff", "Delete all"),
        then,
    )


def _ask(
    view: QWidget, title: str, question: str, more: str, words: str, then: Callable[[], None]
) -> None:
    """Ask whether to do something, and do it if so; nothing waits for the answer."""
    box = QMessageBox(view)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    box.setInformativeText(more)
    accept = box.addButton(words, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    accept.clicked.connect(then)
    box.open()
