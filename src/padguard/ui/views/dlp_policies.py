"""The policies that are open, and below each what of it was ignored."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt

from padguard.foundation.messages import mark
from padguard.governance.policy import Ignored, Policy
from padguard.ui.views.components_words import Look
from padguard.ui.views.dlp_model import LOOK_ROLE
from padguard.ui.views.dlp_words import policy_words
from padguard.ui.views.tips import plain_tip
from padguard.ui.views.two_levels import Index, TwoLevels
from padguard.ui.words import translate

ItemRole = Qt.ItemDataRole

NAME, WORDS = range(2)
TITLES = mark("dlp", "Policy"), mark("dlp", "What is known of it")
SPOKEN = mark("dlp", "{title}: {words}")
IGNORED = mark("dlp", "Ignored: {path}. {reason}")
POLICY_LOOK = Look("policy", "text")
IGNORED_LOOK = Look("missing", "muted")


class PoliciesModel(TwoLevels):
    """Shows policies; the index of an ignored part carries the number of its policy, from 1."""

    TITLES = TITLES

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

    def count(self) -> int:
        """Return how many rows the first level has."""
        return len(self._policies)

    def count_below(self, row: int) -> int:
        """Return how many rows there are below one of the first level."""
        return len(self._policies[row].ignored)

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
