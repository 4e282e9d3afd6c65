"""Says whether the designer would accept a text as a paste, and why not."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from padguard.catalog.effects import changed_inputs
from padguard.catalog.forms import ActionForm, FormKind, Parameter
from padguard.catalog.lookup import Catalog, load
from padguard.flow.model import Flow
from padguard.foundation.messages import Message, mark
from padguard.robin.expressions import Name, parse_expression
from padguard.robin.parser import parse
from padguard.robin.paste import paste_problems
from padguard.robin.tree import Clause, Kind, Role, Script, Statement

UNKNOWN_ACTION = mark(
    "flow", "No action is called {action}. Copy it from the designer to see how it is written."
)
REMOVED_ACTION = mark("flow", "The product has {action} no more. Use {successor} instead.")
UNKNOWN_ARGUMENT = mark("flow", "“{title}” has no input or output called {name}.")
REPEATED_ARGUMENT = mark("flow", "{name} is given twice. Keep one of the two.")
ENUM_WITHOUT_MODULE = mark(
    "flow", "{value} must be written with its module and list, as in {example}."
)
UNKNOWN_ENUM_VALUE = mark("flow", "{value} is no choice of {name}. One of them is {example}.")
UNSET_VARIABLE = mark(
    "flow", "Nothing here sets the variable {name}. Set it first, or paste where it is set."
)
ACTION_AS_VALUE = mark(
    "flow",
    "{action} is an action and no value. Put it on a line of its own and take over its result "
    "with “=>”.",
)
UNKNOWN_SUBFLOW = mark("flow", "There is no subflow {name} here. Add it in the designer first.")
_SUCCESSORS = {  # removed in version 2.72; older exports still have them
    "database.connect": "Database.Connect.Connect",
    "scripting.runpythonscript": "Scripting.RunPythonScript.RunPythonScript",
}
_WRONG_PLACE: dict[FormKind, Message] = {
    "Action": mark("flow", "“{title}” must stand on a line of its own, not inside brackets."),
    "Condition": mark("flow", "“{title}” is a condition: write it as IF (…) THEN with an END."),
    "Wait": mark("flow", "“{title}” waits for something: write it as WAIT (…)."),
    "While": mark("flow", "“{title}” is a condition of a loop: write it as LOOP WHILE (…)."),
}
_PLACES: dict[FormKind, tuple[Kind, ...]] = {
    "Action": (Kind.ACTION,),
    "Condition": (Kind.IF, Kind.ELSE_IF),  # that ELSE IF takes no action is a rule of the language
    "Wait": (Kind.WAIT,),
    "While": (Kind.LOOP_WHILE,),
}


class Reason(NamedTuple):
    """Why the designer would not take a text as it is.

    Attributes:
        line: The line of the text, counted from 1.
        message: What is wrong, and what to do.
        drops_paste: Whether the designer drops the whole text without a word; else the row
            arrives with an error.
    """

    line: int
    message: Message
    drops_paste: bool


def check_snippet(
    text: str, into: Flow | None = None, learned: Collection[str] = ()
) -> list[Reason]:
    """Return why the designer would not accept a text as a paste; empty where it would.

    Args:
        text: Statements as they are copied from the designer, with or without the control
            repository behind them.
        into: The flow that the text is to be pasted into; None for a new one, in which nothing
            is set yet and no subflow exists.
        learned: Ids of actions, in lower case, that the designer is known to have although the
            catalogue does not know them.

    Returns:
        The reasons, in the order of the lines.
    """
    script = parse(text)
    reasons = [
        Reason(script.line_column(problem.start)[0], problem.message, problem.drops_paste)
        for problem in paste_problems(script)
    ]
    for statement, message in _Check(script, load(), into, learned).run():
        line, _ = script.line_column(statement.start + statement.code)
        reasons.append(Reason(line, message, drops_paste=False))
    distinct = {(reason.line, str(reason.message)): reason for reason in reasons}
    return sorted(distinct.values(), key=lambda reason: reason.line)


class _Check:
    """Compares what a script calls and names with the catalogue and with what it sets."""

    def __init__(
        self, script: Script, catalog: Catalog, into: Flow | None, learned: Collection[str]
    ) -> None:
        self._learned = learned
        self._script = script
        self._catalog = catalog
        self._known = {name.casefold() for name in _names_set(script)}
        self._subflows = {"main"}
        if into:
            self._known.update(variable.name.casefold() for variable in into.variables)
            self._subflows.update(subflow.name.casefold() for subflow in into.subflows)
        for statement in script.of_kind(Kind.FUNCTION):
            self._subflows.update(map(str.casefold, _names(script, statement)))

    def run(self) -> Iterator[tuple[Statement, Message]]:
        for statement in self._script.statements:
            if statement.disabled:
                continue  # the designer does not look into what is switched off
            for message in self._problems(statement):
                yield statement, message

    def _problems(self, statement: Statement) -> Iterator[Message]:
        if statement.kind is Kind.CALL:
            for name in _names(self._script, statement):
                if name.casefold() not in self._subflows:
                    yield UNKNOWN_SUBFLOW(name=name)
        if statement.action:
            yield from self._action_problems(statement)
        yield from self._unset(statement)

    def _action_problems(self, statement: Statement) -> Iterator[Message]:
        form = self._catalog.form(statement.action)
        successor = _SUCCESSORS.get(statement.action.casefold())
        if successor:
            yield REMOVED_ACTION(action=statement.action, successor=successor)
        elif form:
            yield from self._form_problems(statement, form)
        elif statement.action.casefold() not in self._learned:
            yield UNKNOWN_ACTION(action=statement.action)

    def _form_problems(self, statement: Statement, form: ActionForm) -> Iterator[Message]:
        if statement.kind not in _PLACES[form.kind]:
            yield _WRONG_PLACE[form.kind](title=form.title)
        met: set[tuple[Role, str]] = set()
        for clause in statement.clauses:
            if clause.role not in (Role.ARGUMENT, Role.RESULT) or clause.dynamic:
                continue
            place = (clause.role, clause.name.casefold())
            if place in met:
                yield REPEATED_ARGUMENT(name=clause.name)
            met.add(place)
            parameter = form.input(clause.name)
            known = parameter if clause.role is Role.ARGUMENT else form.output(clause.name)
            if not known and not form.observed_only:
                yield UNKNOWN_ARGUMENT(title=form.title, name=clause.name)
            elif parameter and clause.role is Role.ARGUMENT:
                yield from self._enum_problem(statement, clause, parameter, form)

    def _enum_problem(
        self, statement: Statement, clause: Clause, parameter: Parameter, form: ActionForm
    ) -> Iterator[Message]:
        path = self._path(statement, clause)
        root = path.partition(".")[0].casefold()
        if not parameter.enum or not path or root in self._known:
            return
        *prefix, value = path.split(".")
        known = parameter.enum_value(value)
        kind = parameter.type or ""
        module = prefix[0] if len(prefix) > 1 else form.id.partition(".")[0]
        example = f"{module}.{kind}.{known or parameter.enum[0]}"
        if len(prefix) < 2:
            if known:
                self._known.add(root)  # said once is enough
                yield ENUM_WITHOUT_MODULE(value=path, example=example)
        elif not known or (kind and prefix[-1].casefold() != kind.casefold()):
            yield UNKNOWN_ENUM_VALUE(value=path, name=parameter.label, example=example)

    def _unset(self, statement: Statement) -> Iterator[Message]:
        if "$fx'" in self._script.source(statement).casefold():
            return  # Power Fx has names of its own, which the language does not list
        for path in statement.reads:
            name, _, rest = path.partition(".")
            if name.upper() == "GLOBAL":
                name, rest = rest, ""
            folded = name.casefold()
            if folded in self._known or folded.startswith("appmask") or folded == "imgrepo":
                continue
            if rest and folded in self._catalog.modules:
                continue  # a value of an enumeration
            action = self._action_as_value(statement, name)
            if action:
                yield ACTION_AS_VALUE(action=action)
            else:
                self._known.add(folded)  # said once is enough
                yield UNSET_VARIABLE(name=name)

    def _action_as_value(self, statement: Statement, name: str) -> str:
        for clause in statement.clauses:
            path = self._path(statement, clause)
            if path.partition(".")[0] == name and self._catalog.form(path):
                return path
        return ""

    def _path(self, statement: Statement, clause: Clause) -> str:
        """Return the dotted name that a clause is, or "" for any other."""
        if clause.role not in (Role.ARGUMENT, Role.VALUE):
            return ""
        start, end = statement.start + clause.start, statement.start + clause.end
        found = parse_expression(self._script.text, start, end)
        return found.path if isinstance(found, Name) else ""


def _names_set(script: Script) -> Iterator[str]:
    """Yield the variables that a script sets, also by an action that works in place."""
    for statement in script.statements:
        yield from statement.writes
        changed = changed_inputs(statement.action) if statement.action else ()
        for clause in statement.clauses if changed else ():
            if clause.name.casefold() in changed:
                yield script.clause_text(statement, clause)


def _names(script: Script, statement: Statement) -> Iterator[str]:
    """Yield the names in a statement that are no variables."""
    for clause in statement.clauses:
        if clause.role is Role.NAME:
            yield script.clause_text(statement, clause).strip("'")
