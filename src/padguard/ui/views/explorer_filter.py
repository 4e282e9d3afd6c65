"""What the explorer's filter lets through, worked out in small bites."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from padguard.flow.model import Action, Flow, Sensitivity, Subflow, Variable, VariableKind
from padguard.rules.finding import Finding
from padguard.ui.finding_index import FindingIndex
from padguard.ui.views.rows import RowTree

SENSITIVE = frozenset({Sensitivity.MARKED, Sensitivity.CREDENTIAL})
BITE = 200
"""Rows looked at between two chances for the window to do something else."""


class Chip(Enum):
    """A kind of thing that the filter can be narrowed to; several together mean any of them."""

    SENSITIVE = auto()
    EXPOSED = auto()
    NOT_MARKED = auto()
    FINDINGS = auto()
    SECRETS = auto()
    INPUTS_OUTPUTS = auto()
    DISABLED = auto()

    def admits_variable(self, variable: Variable, findings: Sequence[Finding]) -> bool:
        """Tell whether a variable, with what was found about it, is of this kind."""
        match self:
            case Chip.SENSITIVE:
                return variable.sensitivity in SENSITIVE
            case Chip.NOT_MARKED:
                return variable.sensitivity not in SENSITIVE
            case Chip.INPUTS_OUTPUTS:
                return variable.kind is not VariableKind.FLOW
            case Chip.EXPOSED:
                return variable.sensitivity is Sensitivity.EXPOSED
            case Chip.DISABLED:
                return False
            case Chip.FINDINGS | Chip.SECRETS:
                return self._admits_findings(findings)

    def admits_row(self, action: Action, findings: Sequence[Finding]) -> bool:
        """Tell whether a row, with what was found in it, is of this kind."""
        if self is Chip.DISABLED:
            return action.statement.disabled
        return self._admits_findings(findings)

    def _admits_findings(self, findings: Sequence[Finding]) -> bool:
        if self is Chip.FINDINGS:
            return bool(findings)
        return self is Chip.SECRETS and any(found.secret for found in findings)


OF_ROWS = frozenset({Chip.DISABLED, Chip.FINDINGS, Chip.SECRETS})
"""The kinds that rows can be of."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants to see: a text to look for (in any case), and the chips pressed."""

    text: str = ""
    chips: frozenset[Chip] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.text or self.chips)


VariableKey = tuple[VariableKind, str, str | None]


def variable_key(variable: Variable) -> VariableKey:
    """Return what tells a variable from the others of its flow, also after the flow was rebuilt."""
    return variable.kind, variable.name.casefold(), variable.local_to


@dataclass(frozen=True, slots=True)
class FlowMatches:
    """What of one flow passes the filter, together with what it lies in.

    Attributes:
        variables: The keys of the variables that pass.
        rows: Indexes of the rows that pass, and of the rows that they lie in.
        subflows: Names of the subflows to be shown.
        empty: Whether nothing of the flow passes.
        hits: How many variables, rows and names passed by themselves.
    """

    variables: frozenset[VariableKey]
    rows: frozenset[int]
    subflows: frozenset[str]
    empty: bool
    hits: int


NOTHING = FlowMatches(frozenset(), frozenset(), frozenset(), empty=True, hits=0)
"""What passes of a flow that was not searched."""

RowWords = Callable[[Flow, Action], str]
"""Gives what a row can be found by; the explorer looks in it without regard to case."""


class FlowSearch:
    """Finds what of a flow passes a wish; remembers what its rows can be found by.

    ``index`` knows the findings of the export.
    """

    def __init__(self, words_of: RowWords) -> None:
        self._words_of = words_of
        self.index = FindingIndex()
        self._known: dict[str, tuple[Flow, dict[int, str]]] = {}

    def run(self, flow: Flow, wish: Wish, found: Callable[[FlowMatches], None]) -> Iterator[None]:
        """Work through a flow, pausing often; ``found`` is called with the result at the end."""
        needle = wish.text.casefold().strip()
        if not wish.chips and needle in flow.name.casefold():
            found(_everything(flow))
            return
        variables = frozenset(
            variable_key(variable)
            for variable in flow.variables
            if self._admits(wish, needle, flow, variable)
        )
        hits = len(variables)
        rows: set[int] = set()
        subflows: set[str] = set()
        for subflow in flow.subflows:
            passed: list[int] = []
            yield from self._search_rows(flow, subflow, wish, passed)
            named = bool(needle) and not wish.chips and needle in subflow.name.casefold()
            if named or passed:
                subflows.add(subflow.name)
                hits += len(passed) + named
                rows.update(_with_outer_rows(subflow, passed))
                if named:
                    rows.update(row.index for row in subflow.rows)
        found(FlowMatches(variables, frozenset(rows), frozenset(subflows), not hits, hits))

    def _search_rows(
        self, flow: Flow, subflow: Subflow, wish: Wish, passed: list[int]
    ) -> Iterator[None]:
        if wish.chips and not wish.chips & OF_ROWS:
            return
        needle = wish.text.casefold().strip()
        words = self._words(flow)
        for position, action in enumerate(subflow.rows):
            if position % BITE == BITE - 1:
                yield
            if wish.chips and not self._admits_row(wish, flow, action):
                continue
            if needle:
                if action.index not in words:
                    words[action.index] = self._words_of(flow, action).casefold()
                if needle not in words[action.index]:
                    continue
            passed.append(position)

    def _admits(self, wish: Wish, needle: str, flow: Flow, variable: Variable) -> bool:
        findings = self.index.of_variable(flow.id, variable.name, variable.local_to)
        if wish.chips and not any(chip.admits_variable(variable, findings) for chip in wish.chips):
            return False
        return needle in variable.name.casefold() or needle in variable.external_name.casefold()

    def _admits_row(self, wish: Wish, flow: Flow, action: Action) -> bool:
        findings = self.index.of_row(flow.id, action.index)
        return any(chip.admits_row(action, findings) for chip in wish.chips & OF_ROWS)

    def _words(self, flow: Flow) -> dict[int, str]:
        known = self._known.get(flow.id)
        if known is None or known[0] is not flow:
            known = self._known[flow.id] = (flow, {})
        return known[1]


def _with_outer_rows(subflow: Subflow, positions: list[int]) -> Iterator[int]:
    """Yield the indexes of rows, given by position, and of all rows that they lie in."""
    if not positions:
        return
    tree = RowTree.of(subflow)
    seen: set[int] = set()
    for found in positions:
        position = found
        while position >= 0 and position not in seen:
            seen.add(position)
            yield tree.rows[position].index
            position = tree.parents[position]


def _everything(flow: Flow) -> FlowMatches:
    return FlowMatches(
        frozenset(map(variable_key, flow.variables)),
        frozenset(action.index for action in flow.actions),
        frozenset(subflow.name for subflow in flow.subflows),
        empty=False,
        hits=1,
    )
