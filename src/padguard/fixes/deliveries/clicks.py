"""A change as numbered steps that a person does in the designer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from padguard.catalog.summary import Translate, untranslated
from padguard.fixes.deliveries.header import (
    SubflowChange,
    VariableChange,
    VariableEdit,
    changed_subflows,
    changed_variables,
)
from padguard.fixes.deliveries.rows import Row, RowChange, RowState, compared_rows
from padguard.fixes.deliveries.sentences import (
    ADD_FILLED_ROW,
    ADD_ROW,
    ADD_SUBFLOW,
    ADD_UNCLEAR_ROW,
    BLOCK_HANDLER,
    CHANGE_ROW,
    CLOSING_ROW,
    DELETE_ROW,
    DELETE_ROWS,
    DELETE_SUBFLOW,
    DISABLE_ROW,
    DISABLE_ROWS,
    ENABLE_ROW,
    ENABLE_ROWS,
    HANDLER,
    LOCAL_MARKS,
    MARKS,
    NO_HANDLER,
    OF_PARAMETERS,
    OF_VARIABLES,
    UNCLEAR_ROW,
)
from padguard.fixes.deliveries.values import Value, Values
from padguard.flow.model import Flow, Sensitivity
from padguard.flow.words import title
from padguard.foundation.messages import Message
from padguard.robin.tree import Kind

_CLOSING = frozenset({Kind.END, Kind.END_REGION})


@dataclass(frozen=True, slots=True)
class Click:
    """One step in the designer.

    Attributes:
        message: What to do; where it ends in a colon, ``values`` say with what.
        subflow: The subflow to be opened, or empty for what is done elsewhere.
        row: The row, or None. See `sentences.ORDER` for how rows are counted.
        last_row: The last row where the step is done to several at once, else ``row``.
        before: Whether the rows are counted before the change: so for rows to be deleted.
        variable: The variable that the step is about where it is no row, else empty.
        values: The fields to be filled in.
    """

    message: Message
    subflow: str = ""
    row: int | None = None
    last_row: int | None = None
    before: bool = False
    variable: str = ""
    values: tuple[Value, ...] = ()

    @property
    def sentences(self) -> tuple[Message, ...]:
        """What to do, and below it a sentence for each field."""
        return (self.message, *(value.message for value in self.values))


def clicks(before: Flow, after: Flow, translate: Translate = untranslated) -> tuple[Click, ...]:
    """Return a change as steps in the designer, to be done in this order (see `sentences.ORDER`).

    New subflows, inputs and outputs come first, then what is deleted, then row by row from the
    top what is added, rewritten, switched off or on; then marks and declarations, and last what
    nothing uses any more.

    Args:
        before: The flow as it was, searched for secrets; of a flow that was not, every text is
            masked.
        after: The flow as it is to be, likewise.
        translate: Where the titles of actions come from in another language.
    """
    return tuple(_Steps(before, after, translate).all())


class _Steps:
    """Walks over what a change does; used once and thrown away."""

    def __init__(self, before: Flow, after: Flow, translate: Translate) -> None:
        self._rows = compared_rows(before, after)
        self._subflows = changed_subflows(before, after)
        self._variables = changed_variables(before, after)
        self._after = after
        self._values = Values(before, after, translate)
        self._translate = translate

    def all(self) -> Iterator[Click]:
        gone = {change.name for change in self._subflows if not change.added}
        kept = [part for part in self._rows if part and part[0].subflow not in gone]
        yield from self._of_subflows(added=True)
        yield from self._of_variables(VariableEdit.ADDED)
        for part in kept:
            yield from self._deletions(part)
        for part in kept:
            yield from self._of_rows(part)
        yield from self._of_variables(VariableEdit.CHANGED)
        yield from self._marks()
        yield from self._of_variables(VariableEdit.REMOVED)
        yield from self._of_subflows(added=False)

    def _of_subflows(self, *, added: bool) -> Iterator[Click]:
        message = ADD_SUBFLOW if added else DELETE_SUBFLOW
        found: Iterable[SubflowChange] = (one for one in self._subflows if one.added is added)
        for change in found:
            yield Click(message(subflow=change.name), change.name)

    def _deletions(self, part: list[RowChange]) -> Iterator[Click]:
        """Yield the rows to be deleted, the last first; rows that follow each other at once."""
        runs: list[list[Row]] = []
        for change in part:
            if change.before is not None and change.after is None:
                if not runs or runs[-1][-1].number + 1 != change.before.number:
                    runs.append([])
                runs[-1].append(change.before)
        for run in reversed(runs):
            yield self._click(DELETE_ROW, DELETE_ROWS, part[0].subflow, run, before=True)

    def _of_rows(self, part: list[RowChange]) -> Iterator[Click]:
        run: list[Row] = []
        for change in part:
            row = change.after
            if row is None:
                continue
            new = change.state is RowState.ADDED
            disabled = row.action.statement.disabled
            switched = disabled if new else change.switched
            fresh = new or change.rewritten
            if run and (fresh or not switched or run[0].action.statement.disabled != disabled):
                yield self._switching(change.subflow, run)
                run = []
            if new:
                yield from self._addition(change.subflow, row)
            elif change.rewritten and change.before is not None:
                yield from self._rewriting(change.subflow, change.before, row)
            if switched:
                run = [*run, row]
        if run:
            yield self._switching(part[0].subflow, run)

    def _switching(self, subflow: str, run: list[Row]) -> Click:
        if run[0].action.statement.disabled:
            return self._click(DISABLE_ROW, DISABLE_ROWS, subflow, run)
        return self._click(ENABLE_ROW, ENABLE_ROWS, subflow, run)

    def _addition(self, subflow: str, row: Row) -> Iterator[Click]:
        kind = row.action.statement.kind
        values: tuple[Value, ...] = ()
        message = ADD_UNCLEAR_ROW if kind is Kind.OPAQUE else CLOSING_ROW
        if kind not in _CLOSING and kind is not Kind.OPAQUE:
            values = self._values.of_new_row(row.action)
            message = ADD_FILLED_ROW if values else ADD_ROW
        yield self._click(message, message, subflow, [row], values)
        if row.settings:
            yield from self._handlers(subflow, None, row)

    def _rewriting(self, subflow: str, old: Row, new: Row) -> Iterator[Click]:
        if new.action.statement.kind is Kind.OPAQUE:
            yield self._click(UNCLEAR_ROW, UNCLEAR_ROW, subflow, [new])
            return
        values = self._values.of_changed_row(old.action, new.action)
        if values:
            yield self._click(CHANGE_ROW, CHANGE_ROW, subflow, [new], values)
        yield from self._handlers(subflow, old, new)

    def _handlers(self, subflow: str, old: Row | None, new: Row) -> Iterator[Click]:
        if old and old.settings and not new.settings:
            yield self._click(NO_HANDLER, NO_HANDLER, subflow, [new])
            return
        values = self._values.of_handlers(old, new)
        if values:
            block = new.action.statement.kind is Kind.BLOCK
            message = BLOCK_HANDLER if block else HANDLER
            yield self._click(message, message, subflow, [new], values)

    def _click(
        self,
        one: Message,
        several: Message,
        subflow: str,
        rows: list[Row],
        values: tuple[Value, ...] = (),
        *,
        before: bool = False,
    ) -> Click:
        first, last = rows[0].number, rows[-1].number
        words = title(rows[0].action, self._translate)
        message = one if first == last else several
        told = message(subflow=subflow, row=first, last=last, title=words)
        return Click(told, subflow, first, last, before, values=values)

    def _of_variables(self, edit: VariableEdit) -> Iterator[Click]:
        for change in self._variables:
            if change.edit is edit:
                values = self._values.of_declaration(change)
                sentences = OF_PARAMETERS if change.local_to else OF_VARIABLES
                yield _of_variable(sentences[edit, change.kind], change, values)

    def _marks(self) -> Iterator[Click]:
        """Yield the marks; a credential is sensitive by its type and takes none."""
        fixed = {
            (variable.name.casefold(), variable.local_to)
            for variable in self._after.variables
            if variable.sensitivity is Sensitivity.CREDENTIAL
        }
        for change in self._variables:
            marks = LOCAL_MARKS if change.local_to else MARKS
            if change.edit in marks and (change.name.casefold(), change.local_to) not in fixed:
                yield _of_variable(marks[change.edit], change)


def _of_variable(message: Message, change: VariableChange, values: tuple[Value, ...] = ()) -> Click:
    subflow = change.local_to or ""
    told = message(name=change.name, subflow=subflow)
    return Click(told, subflow, variable=change.name, values=values)
