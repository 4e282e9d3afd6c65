"""Which variable a name means: those of the flow, and those of local-scope subflows."""

from padguard.flow.model import Sensitivity, Variable, VariableKind
from padguard.robin.tree import Declaration, Header


class Scope:
    """The variables of a flow, or of one local-scope subflow, by name whatever the case.

    A variable comes to be when it is first named. Its sensitivity is what the header says, or
    UNKNOWN where there is no header.
    """

    def __init__(self, header: Header, local_to: str | None = None) -> None:
        self._local_to = local_to
        self._unmarked = Sensitivity.UNKNOWN if header.sensitive is None else Sensitivity.CLEAN
        self._marked = {name.casefold() for name in header.sensitive or ()}
        self._by_name: dict[str, Variable] = {}
        self.variables: list[Variable] = []
        for kind, declared in (
            (VariableKind.INPUT, header.inputs),
            (VariableKind.OUTPUT, header.outputs),
        ):
            for declaration in declared:
                self._declare(declaration, kind)
        for name in header.sensitive or ():
            self.get(name)

    def _declare(self, declaration: Declaration, kind: VariableKind) -> None:
        variable = self.get(declaration.name, kind)
        variable.type_name = declaration.type
        variable.external_name = declaration.external_name
        variable.description = declaration.description

    def find(self, name: str) -> Variable | None:
        """Return the variable of that name, or None where nothing was called so yet."""
        return self._by_name.get(name) or self._by_name.get(name.casefold())

    def get(self, name: str, kind: VariableKind = VariableKind.FLOW) -> Variable:
        """Return the variable of that name; it comes to be if need be."""
        variable = self._by_name.get(name)
        if variable is None:
            folded = name.casefold()
            variable = self._by_name.get(folded)
            if variable is None:
                sensitivity = Sensitivity.MARKED if folded in self._marked else self._unmarked
                variable = Variable(name, kind, "", sensitivity, self._local_to)
                self.variables.append(variable)
                self._by_name[folded] = variable
            self._by_name[name] = variable
        return variable
