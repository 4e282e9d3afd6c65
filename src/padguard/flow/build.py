"""Builds the model of a flow from its script."""

from padguard.catalog.effects import changed_inputs
from padguard.catalog.lookup import Catalog, load
from padguard.flow.model import Action, Coverage, Flow, Subflow, Variable, VariableKind
from padguard.flow.scopes import Scope
from padguard.flow.typing import TypeFinder
from padguard.robin.header import local_header
from padguard.robin.parser import parse
from padguard.robin.tree import HEADER_KINDS, Kind, Role, Script, Statement

MAIN = "Main"
_REPOSITORIES = frozenset({"appmask", "imgrepo"})  # also in text copied without its header
_NO_ACTION = HEADER_KINDS | {Kind.BLANK, Kind.ANNOTATION, Kind.FOOTER}
_HANDLERS = (Kind.ON_ERROR, Kind.ON_BLOCK_ERROR)
_WRITING_ROLES = (Role.TARGET, Role.RESULT, Role.PARAMETER)


def build_flow(flow_id: str, name: str, script: Script | str) -> Flow:
    """Return the model of a flow.

    Args:
        flow_id: The id of the flow, lower case; empty for bare text.
        name: The name of the flow.
        script: Its Robin text, or the tree of it.
    """
    tree = parse(script) if isinstance(script, str) else script
    return _Builder(tree, load()).build(flow_id, name)


class _Builder:
    """Walks once over the statements of a script; used for one flow and thrown away."""

    def __init__(self, script: Script, catalog: Catalog) -> None:
        self._script = script
        self._catalog = catalog
        self._types = TypeFinder(script, catalog)
        self._flow_scope = Scope(script.header)
        self._scopes = [self._flow_scope]
        self._scope = self._flow_scope
        self._imports = {name.casefold() for name in script.header.imports} | _REPOSITORIES
        self._subflow = Subflow(MAIN, local=False, actions=[])
        self._subflows = [self._subflow]
        self._actions: list[Action] = []
        self._row = 0
        self._handler_depth = -1  # depth of the error handler under way, or -1
        for variable in self._flow_scope.variables:
            if variable.kind is not VariableKind.FLOW:
                self._types.declared(variable)

    def build(self, flow_id: str, name: str) -> Flow:
        for index, statement in enumerate(self._script.statements):
            if statement.kind is Kind.FUNCTION:
                self._enter_subflow(index, statement)
            elif statement.kind is Kind.END_FUNCTION:
                self._leave_subflow()
            elif statement.kind not in _NO_ACTION:
                self._add_action(index, statement)
        return Flow(
            flow_id,
            name,
            self._script,
            [variable for scope in self._scopes for variable in scope.variables],
            self._subflows,
            self._actions,
            self._coverage(),
        )

    def _enter_subflow(self, index: int, statement: Statement) -> None:
        words = [self._script.clause_text(statement, clause) for clause in statement.clauses]
        name = words[0].strip("'") if words else ""
        local = statement.kind is Kind.FUNCTION and "GLOBAL" not in (
            clause.name for clause in statement.clauses
        )
        self._subflow = Subflow(name, local, actions=[], function=statement)
        self._subflows.append(self._subflow)
        self._row = 0
        self._handler_depth = -1
        self._scope = self._flow_scope
        if local:
            self._scope = Scope(local_header(self._script, index), name)
            self._scopes.append(self._scope)
            for clause in statement.clauses:
                if clause.role is Role.PARAMETER:
                    kind = VariableKind.OUTPUT if clause.name == "OUTPUT" else VariableKind.INPUT
                    self._scope.get(self._script.clause_text(statement, clause), kind).kind = kind

    def _leave_subflow(self) -> None:
        """What stands behind the last subflow belongs to Main again, as the language has it."""
        self._subflow = self._subflows[0]
        self._scope = self._flow_scope
        self._row = self._subflow.actions[-1].row if self._subflow.actions else 0
        self._handler_depth = -1

    def _has_own_row(self, statement: Statement) -> bool:
        """Tell whether the designer shows the statement as a row; the only place that knows.

        Error handlers, what stands in them and their END are settings of the action before.
        """
        if self._handler_depth >= 0:
            if statement.depth > self._handler_depth:
                return False
            closes = statement.kind is Kind.END and statement.depth == self._handler_depth
            if closes:
                self._handler_depth = -1
                return False
        if statement.kind in _HANDLERS:
            self._handler_depth = statement.depth
            return False
        return True

    def _add_action(self, index: int, statement: Statement) -> None:
        own_row = self._has_own_row(statement)
        self._row += own_row
        reads = self._read_variables(statement) if statement.reads else ()
        writes = self._written_variables(statement, reads)
        action = Action(
            len(self._actions),
            statement,
            index,
            self._row,
            statement.depth - (self._subflow.function is not None),
            self._subflow,
            own_row,
            reads,
            writes,
        )
        self._actions.append(action)
        self._subflow.actions.append(action)

    def _variable(self, name: str) -> Variable | None:
        """Return the variable that a name means, or None for a value of an enumeration."""
        scope = self._scope
        root, dot, rest = name.partition(".")
        if dot:
            if root.upper() == "GLOBAL":
                return self._flow_scope.get(rest)
            if root.casefold() in self._catalog.modules:
                return None
        if root.casefold() in self._imports:
            return None
        return scope.get(root)

    def _read_variables(self, statement: Statement) -> tuple[Variable, ...]:
        found = (self._variable(name) for name in statement.reads)
        return tuple(variable for variable in found if variable is not None)

    def _written_variables(
        self, statement: Statement, reads: tuple[Variable, ...]
    ) -> tuple[Variable, ...]:
        changed = changed_inputs(statement.action) if statement.action else frozenset()
        if not statement.writes and not changed:
            return ()
        written = [
            variable for name in statement.writes if (variable := self._variable(name)) is not None
        ]
        self._note_types(statement, reads)
        for clause in statement.clauses if changed else ():
            if clause.role is Role.ARGUMENT and clause.name.casefold() in changed:
                variable = self._scope.find(self._script.clause_text(statement, clause))
                if variable is not None:
                    written.append(variable)
        return tuple(dict.fromkeys(written))

    def _note_types(self, statement: Statement, reads: tuple[Variable, ...]) -> None:
        names = {variable.name.casefold(): variable for variable in reads}
        for clause in statement.clauses:
            if clause.role not in _WRITING_ROLES:
                continue
            name = self._script.clause_text(statement, clause)
            variable = self._variable(name) if name in statement.writes else None
            if variable is not None:  # an element, Row['Name'], says nothing of its variable's type
                self._types.written(statement, clause, variable, names)

    def _coverage(self) -> Coverage:
        statements = self._script.statements
        problems = {diagnostic.start for diagnostic in self._script.diagnostics}
        unclear = _statements_at(statements, sorted(problems))
        calls = [statement.action for statement in statements if statement.action]
        unknown = {call for call in set(calls) if self._catalog.form(call) is None}
        total = sum(statement.kind is not Kind.BLANK for statement in statements)
        return Coverage(total, total - unclear, len(calls), tuple(sorted(unknown)))


def _statements_at(statements: list[Statement], offsets: list[int]) -> int:
    """Count the statements that hold at least one of some offsets, in rising order."""
    found = position = 0
    for offset in offsets:
        while position < len(statements) and statements[position].end <= offset:
            position += 1
        held = position < len(statements) and statements[position].start <= offset
        if held:
            found += 1
            position += 1
    return found
