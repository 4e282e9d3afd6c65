"""The findings as rows that sort, in one list or in groups, narrowed by text and severity."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from padguard.flow.model import Flow
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity
from padguard.ui.severity import look
from padguard.ui.triage import Standing, Triage
from padguard.ui.views.finding_words import place_words, rule_title, severity_word, spoken
from padguard.ui.views.tips import plain_tip
from padguard.ui.words import translate

Index = QModelIndex | QPersistentModelIndex
ItemRole = Qt.ItemDataRole
NO_INDEX = QModelIndex()

SEVERITY, RULE, PLACE, MESSAGE, STATE = range(5)
SEVERITY_ROLE = ItemRole.UserRole
LEAF = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
GROUP = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

GROUP_TITLE = mark("findings", "{name} ({count})")
RULE_NAME = mark("findings", "{rule} · {title}")
STANDINGS = {
    Standing.OPEN: mark("findings", "Open"),
    Standing.SKIPPED: mark("findings", "Skipped"),
    Standing.ACCEPTED: mark("findings", "Accepted"),
    Standing.FALSE_POSITIVE: mark("findings", "False positive"),
    Standing.KNOWN: mark("findings", "Known before"),
}
UNTIL = mark("findings", "{state} until {until}")
RUN_OUT = mark("findings", "Open again since {until}")
REASON = mark("findings", "{state}: {reason}")
ELSEWHERE = mark("findings", "Outside the flows")


class Grouping(Enum):
    """By what the findings are put together."""

    NONE = auto()
    FLOW = auto()
    RULE = auto()
    SEVERITY = auto()


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings are shown: those with a text in them, of some severities (none: of all).

    ``decided`` are the standings that are shown; without any, those that are open.
    """

    text: str = ""
    severities: frozenset[Severity] = frozenset()
    decided: frozenset[Standing] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.text or self.severities or self.decided)

    def takes(self, standing: Standing) -> bool:
        """Tell whether findings that stand so are shown."""
        return standing in self.decided if self.decided else standing.is_open


@dataclass(slots=True, eq=False)
class _Group:
    title: str
    worst: Severity
    rows: list[Finding] = field(default_factory=list)


class FindingsModel(QAbstractItemModel):
    """Shows findings; an index within a group carries the number of its group, counted from 1.

    Without grouping all findings are in one group that is not shown. Words are made when they are
    first wanted.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._flows: dict[str, Flow] = {}
        self._findings: Sequence[Finding] = ()
        self._triage: Triage | None = None
        self._filter = Filter()
        self._grouping = Grouping.NONE
        self._column = SEVERITY
        self._order = Qt.SortOrder.AscendingOrder
        self._words: dict[str, tuple[str, ...]] = {}
        self._groups: list[_Group] = []

    @property
    def grouping(self) -> Grouping:
        """By what the findings are put together."""
        return self._grouping

    @property
    def shown(self) -> list[Finding]:
        """The findings that pass the filter, in the order they are shown in."""
        return [found for group in self._groups for found in group.rows]

    def show(
        self, findings: Sequence[Finding], flows: Iterable[Flow], triage: Triage | None = None
    ) -> None:
        """Show other findings; without a triage all are open."""
        self._triage = triage
        self._flows = {flow.id: flow for flow in flows}
        self._words = {}
        self._findings = findings
        self._renew()

    def set_filter(self, wanted: Filter) -> None:
        """Show only some of the findings."""
        self._filter = wanted
        self._renew()

    def set_grouping(self, grouping: Grouping) -> None:
        """Put the findings together by something else."""
        self._grouping = grouping
        self._renew()

    def finding(self, index: Index) -> Finding | None:
        """Return the finding that an index shows, or None for a group."""
        if not index.isValid() or (self._grouped and index.internalId() == 0):
            return None
        return self._group(index).rows[index.row()]

    def index_of(self, finding: Finding | None) -> QModelIndex:
        """Return the index of a finding, or an invalid one where it is not shown."""
        if finding is None:
            return QModelIndex()
        for number, group in enumerate(self._groups):
            for row, found in enumerate(group.rows):
                if found.fingerprint == finding.fingerprint:
                    return self.createIndex(row, 0, number + 1 if self._grouped else 0)
        return QModelIndex()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many groups there are, or findings in a group."""
        if not parent.isValid():
            if self._grouped:
                return len(self._groups)
            return len(self._groups[0].rows) if self._groups else 0
        if parent.column() > 0 or not self._grouped or parent.internalId():
            return 0
        return len(self._groups[parent.row()].rows)

    def columnCount(self, parent: Index = NO_INDEX) -> int:  # noqa: ARG002 - the same everywhere
        """Return the number of columns: severity, rule, place, message, state."""
        return 5

    def index(self, row: int, column: int, parent: Index = NO_INDEX) -> QModelIndex:
        """Return the index of a group or of a finding."""
        if not (0 <= row < self.rowCount(parent) and 0 <= column <= STATE):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # QObject has one too
        """Return the index of the group that a finding is in."""
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a row."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return GROUP if self._grouped and not index.internalId() else LEAF

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the findings, and the groups by the best of theirs."""
        self._column, self._order = column, order
        self._renew()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole
    ) -> object:
        """Return the title of a column."""
        if orientation is Qt.Orientation.Horizontal and role == ItemRole.DisplayRole:
            titles = {
                SEVERITY: self.tr("Severity"),
                RULE: self.tr("Rule"),
                PLACE: self.tr("Place"),
                MESSAGE: self.tr("Finding"),
                STATE: self.tr("State"),
            }
            return titles[section]
        return None

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> object:
        """Return what a row shows."""
        if not index.isValid():
            return None
        finding = self.finding(index)
        if finding is None:
            return self._group_data(index, role)
        match role:
            case ItemRole.DisplayRole:
                return self._texts(finding)[index.column()]
            case ItemRole.ToolTipRole if index.column() == RULE:
                return plain_tip(rule_title(finding))
            case ItemRole.ToolTipRole if index.column() == STATE:
                return plain_tip(self._state_tip(finding))
            case ItemRole.ToolTipRole:
                return plain_tip(self._texts(finding)[index.column()])
            case ItemRole.AccessibleTextRole if index.column() == SEVERITY:
                words = spoken(finding, self._flows.get(finding.place.flow_id))
                state = self._texts(finding)[STATE]
                return words if self.standing(finding) is Standing.OPEN else f"{words} {state}"
            case _ if role == SEVERITY_ROLE and index.column() == SEVERITY:
                return finding.severity
        return None

    @property
    def _grouped(self) -> bool:
        return self._grouping is not Grouping.NONE

    def _group(self, index: Index) -> _Group:
        return self._groups[index.internalId() - 1 if self._grouped else 0]

    def _group_data(self, index: Index, role: int) -> object:
        group = self._groups[index.row()]
        if index.column() != SEVERITY:
            return None
        if role in (ItemRole.DisplayRole, ItemRole.AccessibleTextRole):
            return translate(GROUP_TITLE(name=group.title, count=len(group.rows)))
        return group.worst if role == SEVERITY_ROLE else None

    def _texts(self, finding: Finding) -> tuple[str, ...]:
        """Return the texts of a finding's columns."""
        known = self._words.get(finding.fingerprint)
        if known is None:
            flow = self._flows.get(finding.place.flow_id)
            known = self._words[finding.fingerprint] = (
                severity_word(finding),
                finding.rule,
                place_words(finding.place, flow, finding.variables),
                translate(finding.message),
                self._state(finding),
            )
        return known

    def standing(self, finding: Finding) -> Standing:
        """Return where a finding stands."""
        return self._triage.standing(finding) if self._triage is not None else Standing.OPEN

    def _state(self, finding: Finding) -> str:
        """Return where a finding stands, in words, and until when it does."""
        standing = self.standing(finding)
        decision = self._triage.decision(finding) if self._triage is not None else None
        if decision is None or decision.until is None:
            return translate(STANDINGS[standing])
        until = decision.until.isoformat()
        if standing.is_open:
            return translate(RUN_OUT(until=until))
        return translate(UNTIL(state=STANDINGS[standing], until=until))

    def _state_tip(self, finding: Finding) -> str:
        decision = self._triage.decision(finding) if self._triage is not None else None
        words = self._texts(finding)[STATE]
        if decision is None or not decision.reason:
            return words
        return translate(REASON(state=words, reason=decision.reason))

    def _renew(self) -> None:
        """Work out anew what is shown."""
        self.beginResetModel()
        needle = self._filter.text.casefold()
        passed = [found for found in self._findings if self._passes(found, needle.split())]
        passed.sort(key=self._sort_key(), reverse=self._order is Qt.SortOrder.DescendingOrder)
        self._groups = self._in_groups(passed)
        self.endResetModel()

    def _passes(self, finding: Finding, words: Sequence[str]) -> bool:
        severities = self._filter.severities
        if severities and finding.severity not in severities:
            return False
        if not self._filter.takes(self.standing(finding)):
            return False
        if not words:
            return True
        texts = (*self._texts(finding), rule_title(finding), *finding.variables)
        folded = "\n".join(texts).casefold()
        return all(word in folded for word in words)

    def _sort_key(self) -> Callable[[Finding], tuple[object, ...]]:
        column = self._column
        order = {flow_id: number for number, flow_id in enumerate(self._flows)}
        if column == PLACE:
            return lambda found: (
                order.get(found.place.flow_id, len(order)),
                found.place.start,
                found.rule,
            )
        if column == RULE:
            return lambda found: (found.rule,)
        if column == MESSAGE:
            return lambda found: (self._texts(found)[MESSAGE].casefold(),)
        if column == STATE:
            return lambda found: (self._texts(found)[STATE],)
        return lambda found: (found.severity.rank,)

    def _in_groups(self, findings: Sequence[Finding]) -> list[_Group]:
        groups: dict[object, _Group] = {}
        for found in findings:
            key, title = self._group_of(found)
            group = groups.setdefault(key, _Group(title, found.severity))
            group.rows.append(found)
            group.worst = min(group.worst, found.severity, key=lambda severity: severity.rank)
        return list(groups.values())

    def _group_of(self, finding: Finding) -> tuple[object, str]:
        match self._grouping:
            case Grouping.FLOW:
                flow = self._flows.get(finding.place.flow_id)
                return (flow.id, flow.name) if flow else ("", translate(ELSEWHERE))
            case Grouping.RULE:
                title = RULE_NAME(rule=finding.rule, title=rule_title(finding))
                return finding.rule, translate(title)
            case Grouping.SEVERITY:
                return finding.severity, translate(look(finding.severity).word)
            case _:
                return None, ""
