"""What the rows and the header of a script refer to."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from padguard.catalog.lookup import load
from padguard.flow.model import Action, Flow
from padguard.flow.occurrences import action_occurrences
from padguard.governance.components import ComponentType, Evidence, Use
from padguard.robin.header import HEADER_LINES
from padguard.robin.literals import PieceKind, content_span, decode_text, pieces
from padguard.robin.tree import Clause, Kind, Role

_UNBOUND_ACTION: Final = "RetrieveEnvironmentVariableSecretValue"
_AI_MODULES: Final = frozenset({"llm", "aibuilder"})
_RUN_FLOW: Final = "external.runflow"
_CONNECTOR: Final = "external.invokecloudconnector"
_FIXED_TEXT: Final = re.compile(r"\$?'''|'|\$fx'(?!=)(?!.*\$\{)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reference:
    """One thing that something refers to, as it is written there.

    Attributes:
        type: What kind of component it is.
        id: Its id or name as written; "" where it is decided at run time or not known.
        use: What refers to it.
        name: What it is called there, or "".
        run_time: Whether it is decided while the flow runs.
        variables: For such a one the variables that decide.
        connector: For a connection reference the id of its connector, else "".
    """

    type: ComponentType
    id: str
    use: Use
    name: str = ""
    run_time: bool = False
    variables: str = ""
    connector: str = ""


Reader = Callable[[Flow, Action], Iterator[Reference]]


class ScriptReader:
    """Finds what scripts refer to; remembers which actions refer to nothing.

    Sources: Robin text in exports (`Run desktop flow`, cloud connectors, work queues); for actions
    of which no export was seen (credentials, environment variables), how their ids end.
    """

    def __init__(self) -> None:
        self._readers: dict[str, Reader | None] = {}

    def read(self, flow: Flow) -> Iterator[Reference]:
        """Yield what a script refers to, in the order of the text."""
        aliases: dict[str, str] = {}
        for reference, alias in _header_references(flow):
            yield reference
            if alias:
                aliases[alias.casefold()] = reference.id
        readers = self._readers
        for action in flow.actions:
            called = action.statement.action
            if called:
                if called not in readers:
                    readers[called] = _reader(called.casefold())
                reader = readers[called]
                if reader is not None:
                    yield from reader(flow, action)
            if aliases and action.statement.reads:
                names = map(str.casefold, action.statement.reads)
                for collection in {aliases[name]: None for name in names if name in aliases}:
                    yield Reference(ComponentType.UI_ELEMENTS, collection, _use(flow, action))


def _reader(called: str) -> Reader | None:
    """Return what reads the rows of an action, given its id in lower case."""
    module = called.partition(".")[0]
    if called == _RUN_FLOW:
        return _child_flow
    if called == _CONNECTOR:
        return _connector
    if module == "workqueues":
        return _work_queue
    if called.endswith("getcredential"):
        return _credential
    if module != "system" and "environmentvariable" in called:  # those of Windows are no component
        return _environment_variable
    if module in _AI_MODULES:
        return _ai_model
    return None if module in load().modules else _custom_action


def _child_flow(flow: Flow, action: Action) -> Iterator[Reference]:
    clause = _argument(action, lambda name: name == "flowid")
    name = _annotations(flow, action).get("flowname", "")
    yield _reference(ComponentType.CHILD_FLOW, flow, action, clause, name)


def _work_queue(flow: Flow, action: Action) -> Iterator[Reference]:
    clause = _argument(action, lambda name: name == "workqueue")
    if clause is not None:  # other actions of the group work on an item they got before
        name = _annotations(flow, action).get("inputsummaryvalue:workqueue", "")
        yield _reference(ComponentType.WORK_QUEUE, flow, action, clause, name)


def _credential(flow: Flow, action: Action) -> Iterator[Reference]:
    clause = _argument(action, lambda name: name.startswith("credential"))
    yield _reference(ComponentType.CREDENTIAL, flow, action, clause or _first_text(flow, action))


def _environment_variable(flow: Flow, action: Action) -> Iterator[Reference]:
    clause = _first_text(flow, action) or _argument(action, lambda name: "variable" in name)
    yield _reference(ComponentType.ENVIRONMENT_VARIABLE, flow, action, clause)


def _connector(flow: Flow, action: Action) -> Iterator[Reference]:
    connector = _literal(flow, action, _argument(action, lambda name: name == "connectorid")) or ""
    operation = _literal(flow, action, _argument(action, lambda name: name == "operationid")) or ""
    notes = _annotations(flow, action)
    use = _use(flow, action, operation)
    clause = _argument(action, lambda name: name == "connection")
    name = notes.get("connectiondisplayname", "")
    yield _reference(
        ComponentType.CONNECTION_REFERENCE, flow, action, clause, name, operation, connector
    )
    if connector:
        yield Reference(ComponentType.CONNECTOR, connector, use)
    if _UNBOUND_ACTION in flow.script.source(action.statement):
        clause = _argument(action, lambda name: name.endswith("environmentvariablename"))
        yield _reference(ComponentType.ENVIRONMENT_VARIABLE, flow, action, clause)


def _ai_model(flow: Flow, action: Action) -> Iterator[Reference]:
    """Say that a model is asked; which one the row says in a form that is not known."""
    yield Reference(ComponentType.AI_MODEL, "", _use(flow, action, action.statement.action))


def _custom_action(flow: Flow, action: Action) -> Iterator[Reference]:
    called = action.statement.action
    use = _use(flow, action, called)
    yield Reference(ComponentType.CUSTOM_ACTION, "", use, name=called.partition(".")[0])


def _header_references(flow: Flow) -> Iterator[tuple[Reference, str]]:
    """Yield what the header refers to, and the name that rows use for it."""
    notes: dict[str, str] = {}
    use = Use(flow.id, Evidence.SCRIPT)
    for statement in flow.script.statements:
        if statement.kind not in HEADER_LINES:
            return
        if statement.kind is Kind.ANNOTATION and statement.clauses:
            clause = statement.clauses[0]
            notes[clause.name.casefold()] = _plain(flow.script.clause_text(statement, clause))
        elif statement.kind is Kind.IMPORT:
            alias = flow.script.clause_text(statement, statement.clauses[-1])
            collection = notes.get("externalid", "")
            if collection:
                name = notes.get("displayname", "")
                yield Reference(ComponentType.UI_ELEMENTS, collection, use, name), alias
            elif notes.get("type", "local").casefold() not in {"local", ""}:
                name = notes.get("displayname", "")
                yield Reference(ComponentType.MACHINE, name, use, name), ""
            notes = {}


def _reference(
    kind: ComponentType,
    flow: Flow,
    action: Action,
    clause: Clause | None,
    name: str = "",
    detail: str = "",
    connector: str = "",
) -> Reference:
    """Return what an argument names, or that a variable decides."""
    use = _use(flow, action, detail)
    if clause is None:
        return Reference(kind, "", use, name, connector=connector)
    text = _literal(flow, action, clause)
    if text is not None:
        return Reference(kind, text.strip("{} "), use, name, connector=connector)
    variables = ", ".join(
        dict.fromkeys(found.variable.name for found in action_occurrences(flow, action, clause))
    )
    return Reference(kind, "", use, run_time=True, variables=variables, connector=connector)


def _use(flow: Flow, action: Action, detail: str = "") -> Use:
    return Use(
        flow.id,
        Evidence.SCRIPT,
        action.subflow.name,
        action.row,
        action.index,
        disabled=action.statement.disabled,
        detail=detail,
    )


def _argument(action: Action, fits: Callable[[str], bool]) -> Clause | None:
    for clause in action.statement.clauses:
        if clause.role is Role.ARGUMENT and fits(clause.name.casefold()):
            return clause
    return None


def _first_text(flow: Flow, action: Action) -> Clause | None:
    for clause in action.statement.clauses:
        if clause.role is Role.ARGUMENT and _literal(flow, action, clause):
            return clause
    return None


def _literal(flow: Flow, action: Action, clause: Clause | None) -> str | None:
    """Return the text that an argument is, or None where it is no text or holds variables."""
    if clause is None:
        return None
    source = flow.script.clause_text(action.statement, clause)
    if not _FIXED_TEXT.match(source):
        return None
    try:
        start, end = content_span(source)
    except ValueError:
        return None
    found = pieces(source, start, end) if source.startswith("$") else ()
    if any(piece.kind is not PieceKind.PLAIN for piece in found):
        return None
    return decode_text(source)


def _annotations(flow: Flow, action: Action) -> dict[str, str]:
    """Return the ``@@`` lines above a row, by their names in lower case."""
    statements = flow.script.statements
    found: dict[str, str] = {}
    index = action.statement_index - 1
    while index >= 0 and statements[index].kind is Kind.ANNOTATION:
        statement = statements[index]
        for clause in statement.clauses[:1]:
            name = clause.name.casefold()
            found[name] = _plain(flow.script.clause_text(statement, clause))
        index -= 1
    return found


def _plain(source: str) -> str:
    try:
        return decode_text(source)
    except ValueError:
        return ""
