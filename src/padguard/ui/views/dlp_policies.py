"""The policies that are open, and below each what of it was ignored."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from padguard.foundation.messages import mark
from padguard.governance.policy import Ignored, Policy
from padguard.ui.views.components_words import Look
from padguard.ui.views.dlp_model import LOOK_ROLE
from padguard.ui.views.dlp_words import policy_words
from padguard.ui.views.tips import plain_tip
from padguard.ui.words import translate

Index = QModelIndex | QPersistentModelIndex
ItemRole = Qt.ItemDataRole
NO_INDEX = QModelIndex()

NAME, WORDS = range(2)
TITLES = mark("dlp", "Policy"), mark("dlp", "What is known of it")
SPOKEN = mark("dlp", "{title}: {words}")
IGNORED = mark("dlp", "Ignored: {path}. {reason}")
POLICY_LOOK = Look("policy", "text")
IGNORED_LOOK = Look("missing", "muted")


class PoliciesModel(QAbstractItemModel):
    """Shows policies; the index of an ignored part carries the number of its policy, from 1."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._policies: tuple[Policy, ...] = ()
        self._environment: str | None = None

    def show(self, policies: Sequence[Policy], environment: str | None) -> None:
        """Show other policies, or the same for another environment."""
        if (self._policies, self._environment) == (tuple(policies), environment):
            return
        self.beginResetModel()
        self._policies, self._environment = tuple(policies), environment
        self.endResetModel()

    def policy(self, index: Index) -> Policy | None:
        """Return the policy that an index, or the ignored part at an index, belongs to."""
        if not index.isValid():
            return None
        number = index.internalId()
        return self._policies[number - 1 if number else index.row()]

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many policies there are, or ignored parts of one."""
        if not parent.isValid():
            return len(self._policies)
        if parent.column() > 0 or parent.internalId():
            return 0
        return len(self._policies[parent.row()].ignored)

    def columnCount(self, parent: Index = NO_INDEX) -> int:  # noqa: ARG002 - the same everywhere
        """Return the number of columns."""
        return len(TITLES)

    def index(self, row: int, column: int, parent: Index = NO_INDEX) -> QModelIndex:
        """Return the index of a policy or of an ignored part."""
        if not (0 <= row < self.rowCount(parent) and 0 <= column < len(TITLES)):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # QObject has one too
        """Return the index of the policy that an ignored part belongs to."""
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a row."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemNeverHasChildren if index.internalId() else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole
    ) -> object:
        """Return the title of a column."""
        if orientation is Qt.Orientation.Horizontal and role == ItemRole.DisplayRole:
            return translate(TITLES[section])
        return None

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> object:
        """Return what a row shows."""
        policy = self.policy(index)
        if policy is None:
            return None
        ignored = policy.ignored[index.row()] if index.internalId() else None
        name, words = self._words(policy, ignored)
        match role:
            case ItemRole.DisplayRole:
                return words if index.column() == WORDS else name
            case ItemRole.ToolTipRole:
                return plain_tip(f"{name}\n{words}")
            case ItemRole.AccessibleTextRole if index.column() == NAME:
                if ignored is not None:
                    return translate(IGNORED(path=ignored.path, reason=ignored.reason))
                return translate(SPOKEN(title=name, words=words))
            case _ if role == LOOK_ROLE and index.column() == NAME:
                return POLICY_LOOK if ignored is None else IGNORED_LOOK
        return None

    def _words(self, policy: Policy, ignored: Ignored | None) -> tuple[str, str]:
        if ignored is not None:
            return ignored.path, translate(ignored.reason)
        return policy.title, policy_words(policy, self._environment)
