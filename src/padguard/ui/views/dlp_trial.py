"""The line that asks what would be if a group had another class."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QWidget

from padguard.foundation.messages import mark
from padguard.governance.policy import CLASSES, Classification, Policy
from padguard.ui.appearance import current_theme
from padguard.ui.icons import icon, pixmap
from padguard.ui.views.dlp_bar import COMBO_CHARACTERS
from padguard.ui.views.dlp_desk import NEW_DRAFT
from padguard.ui.views.dlp_words import CLASS_STANDINGS, STANDING_LOOKS
from padguard.ui.views.tips import plain_tip
from padguard.ui.views.wrap_layout import WrapLayout
from padguard.ui.words import translate

ICON_SIZE = 18
GROUP_CHARACTERS = 28


NO_GROUP_PICKED = mark("dlp", "What if? Select a group to try another class.")
NO_GROUP = mark("dlp", "No class can be tried for this.")
WHY_NO_GROUP = mark(
    "dlp",
    "No source says which group of data loss prevention this is, so nobody can know how a policy "
    "would have to name it.",
)


class TrialLine(QWidget):
    """Asks what would be if a group had another class in a policy.

    ``classWanted`` gives the class; the policy is `policy`: None for a draft that is yet to begin.
    """

    classWanted = Signal(object)  # noqa: N815 - a signal of Qt: Classification

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._policies: tuple[Policy, ...] = ()
        self._group = ""
        self._chosen = ""
        self.icon = QLabel(self)
        self.group = QLabel(self)
        self.group.setTextFormat(Qt.TextFormat.PlainText)
        self.classes = QComboBox(self)
        self.classes.setAccessibleName(self.tr("Class of the group"))
        self.classes.setPlaceholderText(self.tr("Choose a class"))
        for classification, words in CLASSES.items():
            self.classes.addItem(translate(words), classification)
        self.policies = QComboBox(self)
        self.policies.setAccessibleName(self.tr("Policy in which it is tried out"))
        self.policies.setMinimumContentsLength(COMBO_CHARACTERS)
        adjust = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.policies.setSizeAdjustPolicy(adjust)
        self._within = QLabel(self.tr("&in"), self)
        self._within.setBuddy(self.policies)
        row = WrapLayout(self, gap=8)
        row.setContentsMargins(8, 2, 8, 4)
        height = self.classes.sizeHint().height()
        for widget in (self.icon, self.group, self.classes, self._within, self.policies):
            if isinstance(widget, QLabel):
                widget.setMinimumHeight(height)
                widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row.addWidget(widget)
        self.classes.activated.connect(self._tell)
        self.policies.activated.connect(self._choose_policy)
        self._tint()
        self.show_group("", "", can_be_classed=False)

    @property
    def policy(self) -> Policy | None:
        """The policy, with what is tried out already, or None for a new draft."""
        index = self.policies.currentIndex()
        return self._policies[index] if 0 <= index < len(self._policies) else None

    def show_policies(self, policies: Sequence[Policy]) -> None:
        """Show other policies to choose from, each with what is tried out; the choice stays."""
        self._policies = tuple(policy for policy in policies if not policy.rules_only)
        self.policies.clear()
        for policy in self._policies:
            self.policies.addItem(policy.title)
        if all(policy.file for policy in self._policies):  # a draft is of no file
            self.policies.addItem(translate(NEW_DRAFT))
        self.policies.setCurrentIndex(max(0, self.policies.findText(self._chosen)))
        self._show_class()

    def show_group(self, key: str, name: str, *, can_be_classed: bool) -> None:
        """Ask about another group, or about none (``key`` is empty then)."""
        self._group = key if can_be_classed else ""
        metrics = self.group.fontMetrics()
        width = metrics.averageCharWidth() * GROUP_CHARACTERS
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, width)
        words, tip = translate(NO_GROUP_PICKED), ""
        if key and not can_be_classed:
            words, tip = translate(NO_GROUP), translate(WHY_NO_GROUP)
        elif key:
            tip = name
            words = self.tr("What if {group} were").format(group=shown)
            self.classes.setAccessibleName(self.tr("Class of {group}").format(group=name))
        self.group.setText(words)
        self.group.setToolTip(plain_tip(tip))
        for widget in (self.classes, self._within, self.policies):
            widget.setVisible(bool(self._group))
        self._show_class()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons for another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _choose_policy(self) -> None:
        self._chosen = self.policies.currentText()
        self._show_class()

    def _show_class(self) -> None:
        """Show the class that the group has in the policy."""
        policy = self.policy
        found = policy.class_of(self._group) if policy is not None else None
        self.classes.setCurrentIndex(list(CLASSES).index(found) if found is not None else -1)
        self.policies.setToolTip(plain_tip(self.policies.currentText()))

    def _tell(self) -> None:
        found: Classification = self.classes.currentData()
        if self._group:
            self.classWanted.emit(found)

    def _tint(self) -> None:
        theme = current_theme()
        self.icon.setPixmap(pixmap("what-if", theme.text, ICON_SIZE, self.devicePixelRatioF()))
        for place, classification in enumerate(CLASSES):
            look = STANDING_LOOKS[CLASS_STANDINGS[classification]]
            self.classes.setItemIcon(place, icon(look.icon, theme, look.colour(theme)))
