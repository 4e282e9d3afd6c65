"""How is judged: the environment, flows that are run by others, disabled rows."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QToolButton, QWidget

from padguard.foundation.messages import mark
from padguard.governance.dlp import CHILDREN_ALONE, CHILDREN_TOGETHER
from padguard.governance.dlp_model import Children, Setting
from padguard.governance.policy import Policy
from padguard.ui.actions import Actions
from padguard.ui.views.tips import plain_tip
from padguard.ui.views.wrap_layout import WrapLayout
from padguard.ui.words import translate

OTHER_ENVIRONMENT = "00000000-0000-0000-0000-000000000000"
"""The id of no environment: policies for single environments do not hold there."""
COMBO_CHARACTERS = 18

ALL_TOGETHER = mark("dlp", "All policies together")
OTHER = mark("dlp", "One that no policy names")
CHILDREN = {
    Children.ALONE: (mark("dlp", "Each for itself"), CHILDREN_ALONE),
    Children.WITH_PARENT: (mark("dlp", "Together with the flow that runs them"), CHILDREN_TOGETHER),
}
"""What each way is called, and what the sources say of it."""


class DlpBar(QWidget):
    """Tells through ``changed`` how a person wants flows to be judged (`Setting`)."""

    changed = Signal(object)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setting = Setting()
        self.open = QToolButton(self)
        self.open.setDefaultAction(actions["open-policies"])
        self.open.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.open.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.environment = _combo(self, self.tr("Environment"))
        self.runs = _combo(self, self.tr("Flows that other flows run"))
        for place, (children, (words, sources)) in enumerate(CHILDREN.items()):
            self.runs.addItem(translate(words), children)
            tip = plain_tip(translate(sources))
            self.runs.setItemData(place, tip, Qt.ItemDataRole.ToolTipRole)
        self.disabled = QCheckBox(self.tr("&Disabled rows as well"), self)
        self.disabled.setToolTip(
            self.tr("The product leaves disabled rows aside; this judges them, too")
        )
        row = WrapLayout(self, gap=12)
        row.setContentsMargins(8, 4, 8, 4)
        row.addWidget(self.open)
        row.addWidget(labelled(self.tr("Enviro&nment:"), self.environment))
        row.addWidget(labelled(self.tr("Flows &run by others:"), self.runs))
        row.addWidget(self.disabled)
        self.environment.activated.connect(self._tell)
        self.runs.activated.connect(self._tell)
        self.disabled.clicked.connect(self._tell)
        self.show_setting((), self._setting)

    def show_setting(self, policies: Sequence[Policy], setting: Setting) -> None:
        """Show how is judged now, and which environments the policies speak of."""
        self._setting = setting
        self.environment.clear()
        self.environment.addItem(translate(ALL_TOGETHER), None)
        named = sorted({name for policy in policies for name in policy.environments})
        for name in named:
            self.environment.addItem(name, name)
        if named or setting.environment == OTHER_ENVIRONMENT:
            self.environment.addItem(translate(OTHER), OTHER_ENVIRONMENT)
        elif setting.environment is not None:
            self.environment.addItem(setting.environment, setting.environment)
        self.environment.setCurrentIndex(max(0, self.environment.findData(setting.environment)))
        self.environment.setToolTip(plain_tip(self.environment.currentText()))
        self.runs.setCurrentIndex(list(CHILDREN).index(setting.children))
        self.runs.setToolTip(plain_tip(translate(CHILDREN[setting.children][1])))
        self.runs.setAccessibleDescription(translate(CHILDREN[setting.children][1]))
        self.disabled.setChecked(setting.include_disabled)

    def _tell(self) -> None:
        wanted = replace(
            self._setting,
            environment=self.environment.currentData(),
            children=self.runs.currentData(),
            include_disabled=self.disabled.isChecked(),
        )
        if wanted != self._setting:
            self.changed.emit(wanted)


def labelled(words: str, widget: QWidget) -> QWidget:
    """Return a widget with a label that gives it the keyboard."""
    both = QWidget(widget.parentWidget())
    label = QLabel(words, both)
    label.setBuddy(widget)
    line = QHBoxLayout(both)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(6)
    line.addWidget(label)
    line.addWidget(widget)
    return both


def _combo(parent: QWidget, name: str) -> QComboBox:
    combo = QComboBox(parent)
    combo.setAccessibleName(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(COMBO_CHARACTERS)
    return combo
