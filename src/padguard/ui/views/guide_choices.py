"""What a person decides for fixes that retrieve a secret: names, where, and by which action."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QWidget

from padguard.fixes.case import Choices
from padguard.ui.views.still_combo import StillCombo

ASKING = frozenset({"replace-secret", "replace-input"})
"""The fixes that ask."""
TYPING_MS = 400
"""How long a person must stop typing before the fix is worked out anew."""
LEAST_CHARACTERS = 16
"""So much of a choice can be read in a narrow guide."""


class ChoicesForm(QWidget):
    """Asks for `Choices`; ``changed`` tells that they are others.

    What is left empty is named by the fix, so its names are found in the preview.
    """

    changed = Signal(object)  # Choices

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("How the secret is retrieved"))
        self._filling = False
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self._tell)
        self.source = StillCombo(self)
        self.source.addItem(self.tr("Get credential"), False)  # noqa: FBT003 - its data
        self.source.addItem(self.tr("Retrieve environment variable"), True)  # noqa: FBT003 - data
        self.credential = QLineEdit(self)
        self.variable = QLineEdit(self)
        self.where = StillCombo(self)
        self.where.addItem(self.tr("At the start of Main"), False)  # noqa: FBT003 - its data
        self.where.addItem(self.tr("Just before its first use"), True)  # noqa: FBT003 - its data
        self.user_name = QCheckBox(self.tr("Also replace the user name"), self)
        for field in (self.credential, self.variable):
            field.setPlaceholderText(self.tr("Suggested by PAD Guard"))
            field.setClearButtonEnabled(True)
            field.textEdited.connect(self._typing.start)
            field.textChanged.connect(self._typing.start)
        self.source.currentIndexChanged.connect(self._tell)
        self.where.currentIndexChanged.connect(self._tell)
        self.user_name.toggled.connect(self._tell)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, widget in (
            (self.tr("Retrieve by"), self.source),
            (self.tr("Name in the environment"), self.credential),
            (self.tr("Variable that gets it"), self.variable),
            (self.tr("Where"), self.where),
        ):
            form.addRow(words, widget)
            widget.setAccessibleName(words)
        for field in (self.credential, self.variable):
            field.setMinimumWidth(60)
        for combo in (self.source, self.where):
            combo.setMinimumContentsLength(LEAST_CHARACTERS)
            combo.setSizeAdjustPolicy(
                StillCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        form.addRow(self.user_name)
        self.show_choices(Choices())

    @property
    def choices(self) -> Choices:
        """What is chosen."""
        return Choices(
            credential=self.credential.text().strip(),
            variable=self.variable.text().strip(),
            just_before=bool(self.where.currentData()),
            from_environment=bool(self.source.currentData()),
            with_user_name=self.user_name.isChecked(),
        )

    def show_choices(self, choices: Choices) -> None:
        """Show what was chosen, unless it is shown already."""
        if choices == self.choices or self._typing.isActive():
            return
        self._filling = True
        self.credential.setText(choices.credential)
        self.variable.setText(choices.variable)
        self.where.setCurrentIndex(int(choices.just_before))
        self.source.setCurrentIndex(int(choices.from_environment))
        self.user_name.setChecked(choices.with_user_name)
        self._typing.stop()
        self._filling = False

    def _tell(self) -> None:
        self._typing.stop()
        if not self._filling:
            self.changed.emit(self.choices)
