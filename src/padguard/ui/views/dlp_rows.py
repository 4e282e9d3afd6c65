"""The rows of flows that policies speak of, as a list to go through."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from padguard.foundation.messages import Message, mark
from padguard.governance.dlp_judging import Verdict
from padguard.governance.dlp_model import Violation, spots_of
from padguard.governance.dlp_usage import Spot, Use
from padguard.reports.dlp_words import GROUNDS, VERDICTS
from padguard.ui.place import Place, row_of
from padguard.ui.views.dlp_model import LOOK_ROLE
from padguard.ui.views.dlp_shown import Picked, Shown
from padguard.ui.views.dlp_words import VERDICT_LOOKS
from padguard.ui.views.row_words import handler_text
from padguard.ui.views.tips import plain_tip
from padguard.ui.words import translate

Index = QModelIndex | QPersistentModelIndex
ItemRole = Qt.ItemDataRole
NO_INDEX = QModelIndex()

PLACE, WHY, ACTION = range(3)
TITLES = mark("dlp", "Row"), mark("dlp", "Result"), mark("dlp", "Action")
IN_SUBFLOW = mark("dlp", "{subflow} › row {row}")
WHERE = mark("dlp", "{flow} › {subflow} › row {row}")
SPOKEN = mark("dlp", "{where}: {action}. {why}")


@dataclass(frozen=True)
class Block:
    """Rows that the same is said of, and why."""

    verdict: Verdict
    words: Message
    reasons: tuple[Message, ...]
    uses: tuple[Use, ...] = field(repr=False)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return sum(len(use.spots) for use in self.uses)

    @cached_property
    def spots(self) -> Sequence[Spot]:
        """The rows, flow by flow in the order of the text."""
        return spots_of(self.uses)


def blocks_of(shown: Shown, picked: Picked) -> list[Block]:
    """Return the rows that belong to what a person looks at, the worst first.

    For a group in a flow these are all rows, else those that are not simply allowed.
    """
    found = [*_violations(shown, picked), *_unevaluated(shown, picked)]
    if picked.group is None or picked.flow is None:
        return found
    cell = shown.cell(picked.group, picked.flow)
    told = {id(use) for block in found for use in block.uses}
    rest = tuple(use for use in cell.uses if id(use) not in told) if cell is not None else ()
    return [*found, *_block(Verdict.ALLOWED, VERDICTS[Verdict.ALLOWED], (), rest)]


def _violations(shown: Shown, picked: Picked) -> Iterator[Block]:
    for violation in shown.evaluation.violations:
        if _is_about(violation, picked):
            uses = violation.uses
            if picked.group is not None:
                uses = tuple(use for use in uses if use.subject.group == picked.group)
            ground = GROUNDS[violation.ground]
            yield from _block(Verdict.BLOCKED, ground, (violation.reason,), uses)


def _unevaluated(shown: Shown, picked: Picked) -> Iterator[Block]:
    verdict = Verdict.NOT_EVALUATED
    for found in shown.evaluation.unevaluated:
        if picked.group in (None, found.group) and picked.flow in (None, found.flow_id):
            yield from _block(verdict, VERDICTS[verdict], found.reasons, found.uses)


def _is_about(violation: Violation, picked: Picked) -> bool:
    return picked.flow in (None, violation.flow_id) and (
        picked.group is None or picked.group in violation.groups
    )


def _block(
    verdict: Verdict, words: Message, reasons: tuple[Message, ...], uses: tuple[Use, ...]
) -> Iterator[Block]:
    if uses:
        yield Block(verdict, words, reasons, uses)


class RowsModel(QAbstractTableModel):
    """Shows blocks of rows one below the other; which row is which is worked out when wanted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: Shown | None = None
        self._flow: str | None = None
        self._blocks: list[Block] = []
        self._ends: list[int] = []

    def show(self, shown: Shown | None, picked: Picked) -> None:
        """Show the rows that belong to what a person looks at."""
        blocks = blocks_of(shown, picked) if shown is not None else []
        self.beginResetModel()
        self._shown, self._flow, self._blocks = shown, picked.flow, blocks
        self._ends = list(accumulate(block.count for block in blocks))
        self.endResetModel()

    def place(self, index: Index) -> Place | None:
        """Return where the row of an index is, or None where nobody can look at it."""
        if not index.isValid() or self._shown is None:
            return None
        _, spot = self._at(index.row())
        flow = self._shown.flows.get(spot.flow_id)
        if flow is None:
            return None
        row = row_of(flow.actions[spot.action])
        return Place(flow.id, row.subflow.name, row.index)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() or not self._ends else self._ends[-1]

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Return the number of columns: where, what, and what is said of it."""
        return 0 if parent.isValid() else len(TITLES)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a row."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemNeverHasChildren

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole
    ) -> object:
        """Return the title of a column."""
        if orientation is Qt.Orientation.Horizontal and role == ItemRole.DisplayRole:
            return translate(TITLES[section])
        return None

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> object:
        """Return what a row shows."""
        if not index.isValid() or self._shown is None:
            return None
        block, spot = self._at(index.row())
        match role:
            case ItemRole.DisplayRole:
                return self._text(block, spot, index.column())
            case ItemRole.ToolTipRole:
                text = self._text(block, spot, index.column())
                return plain_tip("\n".join((text, *map(translate, block.reasons))))
            case ItemRole.AccessibleTextRole if index.column() == PLACE:
                where, action = (self._text(block, spot, column) for column in (PLACE, ACTION))
                return translate(SPOKEN(where=where, action=action, why=block.words))
            case _ if role == LOOK_ROLE and index.column() == WHY:
                return VERDICT_LOOKS[block.verdict]
        return None

    def _at(self, number: int) -> tuple[Block, Spot]:
        which = bisect_right(self._ends, number)
        block = self._blocks[which]
        return block, block.spots[number - (self._ends[which - 1] if which else 0)]

    def _text(self, block: Block, spot: Spot, column: int) -> str:
        flow = self._shown.flows.get(spot.flow_id) if self._shown is not None else None
        if column == WHY:
            return translate(block.words)
        if flow is None:
            return ""
        action = flow.actions[spot.action]
        if column == ACTION:
            return handler_text(flow, action)
        row = row_of(action)
        words = IN_SUBFLOW if flow.id == self._flow else WHERE
        return translate(words(flow=flow.name, subflow=row.subflow.name, row=row.row))
