"""What types variables have, from what is written to them."""

from padguard.catalog.lookup import Catalog
from padguard.flow.model import Sensitivity, Variable
from padguard.robin.expressions import (
    Collection,
    Expression,
    Index,
    Literal,
    Name,
    Operation,
    parse_expression,
)
from padguard.robin.tokens import KEYWORDS, TokenKind
from padguard.robin.tree import Clause, Kind, Role, Script, Statement

CREDENTIAL = "Credential"
_ITEM_TYPES = {"datatable": "DataRow", "list`1": "", "list": ""}
_NUMERIC_OPERATORS = frozenset({"+", "-", "*", "/", "MOD"})


class TypeFinder:
    """Notes the types of what is written to variables; variables that disagree have no type.

    The declared types of inputs and outputs stand. A variable of type Credential is sensitive
    whatever the header says: the designer enforces it.
    """

    def __init__(self, script: Script, catalog: Catalog) -> None:
        self._script = script
        self._catalog = catalog
        self._mixed: set[Variable] = set()
        self._declared: set[Variable] = set()

    def declared(self, variable: Variable) -> None:
        """Note that the header says what type a variable has."""
        self._declared.add(variable)

    def written(
        self, statement: Statement, clause: Clause, variable: Variable, names: dict[str, Variable]
    ) -> None:
        """Note that a clause of a statement writes a variable.

        ``names`` are the variables that the statement reads, by name in lower case.
        """
        if variable in self._declared or variable in self._mixed:
            return
        found = self._type_written(statement, clause, names)
        if variable.type_name and found.casefold() != variable.type_name.casefold():
            self._mixed.add(variable)
            variable.type_name = ""
        elif found:
            variable.type_name = found
            if found == CREDENTIAL:
                variable.sensitivity = Sensitivity.CREDENTIAL

    def _type_written(
        self, statement: Statement, clause: Clause, names: dict[str, Variable]
    ) -> str:
        if clause.role is Role.RESULT:
            if statement.kind is Kind.READ_ERROR:
                return "Error"
            return self._result_type(statement, clause.name)
        if statement.kind is Kind.LOOP:
            return "Numeric"
        value = next((other for other in statement.clauses if other.role is Role.VALUE), None)
        if value is None:
            return ""
        found = self._value_type(statement, value, names)
        return _item_type(found) if statement.kind is Kind.LOOP_FOREACH else found

    def _value_type(self, statement: Statement, value: Clause, names: dict[str, Variable]) -> str:
        text = self._script.clause_text(statement, value)
        if text.startswith("$'''") and text.endswith("'''") and text.count("'''") == 2:
            return "String"  # most values are one text or one name: no need to parse them
        if text.isidentifier() and text.upper() not in KEYWORDS:
            variable = names.get(text.casefold())
            return variable.type_name if variable else ""
        expression = parse_expression(text, 0, len(text))
        return "" if expression is None else _type_of(expression, names)

    def _result_type(self, statement: Statement, output: str) -> str:
        if is_get_credential(statement.action):
            return CREDENTIAL
        form = self._catalog.form(statement.action)
        known = form.output(output) if form else None
        return (known.type or "") if known else ""


def is_get_credential(action_id: str) -> bool:
    """Tell whether an action is Get credential, whose exact id no public source states."""
    return action_id.casefold().endswith("getcredential")


def _type_of(expression: Expression, names: dict[str, Variable]) -> str:
    if isinstance(expression, Literal):
        if expression.kind == TokenKind.NUMBER:
            return "Numeric"
        return "Boolean" if expression.kind == TokenKind.NAME else "String"
    if isinstance(expression, Collection):
        return {"list": "List`1", "object": "CustomObject", "table": "DataTable"}[expression.kind]
    if isinstance(expression, Name):
        variable = names.get(expression.path.casefold())
        return variable.type_name if variable else ""
    if isinstance(expression, Index) and isinstance(expression.base, Name):
        variable = names.get(expression.base.path.casefold())
        return _item_type(variable.type_name) if variable else ""
    if isinstance(expression, Operation):
        if expression.operator not in _NUMERIC_OPERATORS:
            return "Boolean"
        numeric = all(_type_of(operand, names) == "Numeric" for operand in expression.operands)
        return "Numeric" if numeric else ""
    return ""


def _item_type(type_name: str) -> str:
    """Return the type of an item of a list or of a row of a table, "" where it is not known."""
    outer, _, inner = type_name.removesuffix(">").partition("<")
    return inner or _ITEM_TYPES.get(outer.casefold(), "")
