"""The dialogs around fixing many findings at once: what will be done, and what became of it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from padguard.fixes.fix import Applicability
from padguard.ui.fix_all import LEFT, MENDED, Survey, left_lines, mended_lines
from padguard.ui.words import translate

if TYPE_CHECKING:
    from padguard.flow.model import Flow
    from padguard.session.mending import Summary

SIZE = (560, 380)
SAFE = frozenset({Applicability.SAFE})
REVIEWED = SAFE | {Applicability.REVIEW}


class FixAllDialog(QDialog):
    """Says what would be done, by sort of fix, and lets a person narrow it."""

    def __init__(self, found: Survey, title: str, parent: QWidget, *, review: bool) -> None:
        super().__init__(parent)
        self._survey = found
        self.setWindowTitle(title)
        self.resize(*SIZE)
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.recipe = QComboBox(self)
        self.recipe.setAccessibleName(self.tr("Which fix"))
        self.review = QCheckBox(self.tr("Also fixes that change what a flow does"), self)
        self.review.setChecked(review)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("What will be done"))
        self.list.setWordWrap(True)
        note = QLabel(
            self.tr(
                "Accepted findings and false positives are left alone. All of it is one step that "
                "Undo takes back."
            ),
            self,
        )
        note.setWordWrap(True)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.fix = QPushButton(self.tr("&Fix"), self)
        box.addButton(self.fix, QDialogButtonBox.ButtonRole.AcceptRole)
        self.fix.setDefault(True)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        for widget in (self.words, self.recipe, self.review, self.list, note, box):
            column.addWidget(widget)
        column.setStretchFactor(self.list, 1)
        self.review.setVisible(review)
        self.recipe.setVisible(review)
        self._fill_recipes()
        self.recipe.currentIndexChanged.connect(self._count)
        self.review.toggled.connect(self._fill_recipes)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)

    @property
    def wanted(self) -> frozenset[Applicability]:
        """How sure the fixes must be."""
        return REVIEWED if self.review.isChecked() else SAFE

    @property
    def chosen(self) -> str:
        """Id of the only fix to take, or "" for the best of each finding."""
        return str(self.recipe.currentData() or "")

    def _fill_recipes(self) -> None:
        before = self.chosen
        self.recipe.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.recipe.clear()
        self.recipe.addItem(self.tr("The best fix of each finding"), "")
        for fix_id, sort in self._survey.recipes(self.wanted).items():
            self.recipe.addItem(translate(sort), fix_id)
        self.recipe.setCurrentIndex(max(0, self.recipe.findData(before)))
        self.recipe.blockSignals(False)  # noqa: FBT003 - Qt's own
        self._count()

    def _count(self) -> None:
        counted = self._survey.counted(self.wanted, self.chosen)
        total = sum(count for _, count in counted)
        words = self.tr("{total} of {count} findings can be fixed at once:")
        if not total:
            words = self.tr("None of {count} findings can be fixed at once. The guide says why.")
        self.words.setText(words.format(total=total, count=self._survey.count))
        self.list.clear()
        for sort, count in counted:
            line = self.tr("{fix}: {count}").format(fix=translate(sort), count=count)
            self.list.addItem(line)
        self.fix.setEnabled(total > 0)
        self.fix.setText(self.tr("&Fix {count}").format(count=total) if total else self.tr("&Fix"))


class SummaryDialog(QDialog):
    """Says what was fixed, and what was not and why."""

    def __init__(self, summary: "Summary", flows: "dict[str, Flow]", parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What was fixed"))
        self.resize(*SIZE)
        mended, left = mended_lines(summary), left_lines(summary, flows)
        words = [translate(MENDED(count=len(mended))), *(f"  {line}" for line in mended)]
        words += ["", translate(LEFT(count=len(left))), *(f"  {line}" for line in left)]
        self.text = QPlainTextEdit("\n".join(words), self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.text.setAccessibleName(self.tr("What was fixed and what was not"))
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.copy = QPushButton(self.tr("&Copy"), self)
        box.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._copy)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self.text, 1)
        column.addWidget(box)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
