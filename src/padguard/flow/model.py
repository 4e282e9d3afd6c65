"""The model of a flow: what its script means, in the words of the designer."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from padguard.catalog.types import type_words
from padguard.foundation.messages import Message
from padguard.robin.tree import Clause, Script, Statement


class Sensitivity(Enum):
    """How a variable stands; the values are the words of the stable JSON."""

    CREDENTIAL = "CREDENTIAL"  # sensitive by its type, cannot be unmarked
    MARKED = "MARKED"  # named in @SENSITIVE
    EXPOSED = "EXPOSED"  # holds or carries sensitive data and is not marked
    CLEAN = "CLEAN"
    UNKNOWN = "UNKNOWN"  # not judged: the text has no header


class VariableKind(Enum):
    """What a variable is to its flow; the values are the words of the stable JSON."""

    INPUT = "input"
    OUTPUT = "output"
    FLOW = "flow"


@dataclass(slots=True, eq=False)
class Variable:
    """An input, output or flow variable.

    Attributes:
        name: As first written; names are case-insensitive.
        kind: Input, output or flow variable.
        type_name: The product's name of its type (``String``, ``List`1<FileObject>``), or "" where
            it cannot be known.
        sensitivity: How it stands.
        local_to: Name of the local-scope subflow that owns it, or None.
        external_name: What callers call an input or output, else empty.
        description: What the maker wrote about an input or output, else empty.
    """

    name: str
    kind: VariableKind
    type_name: str
    sensitivity: Sensitivity
    local_to: str | None = None
    external_name: str = ""
    description: str = field(default="", repr=False)  # makers write passwords there

    @property
    def type(self) -> Message:
        """The designer's word for its type: "Text", "List of files", "General value"."""
        return type_words(self.type_name)


class Access(Enum):
    """What an action does to a variable."""

    READ = "read"
    WRITE = "write"
    CHANGE = "change"  # reads and writes: an element, or an action that works in place


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where a variable stands; offsets count characters of the script.

    ``clause`` is the part of the statement that it stands in, ``properties`` what is read of it
    (``.Password``, ``['Name']``) as written.
    """

    variable: Variable
    access: Access
    start: int
    end: int
    clause: Clause | None
    properties: str = ""


@dataclass(slots=True, eq=False)
class Action:
    """One statement with a meaning; usually one row of the designer.

    Attributes:
        index: Its place in ``Flow.actions``.
        statement: The statement.
        statement_index: Its place in ``Script.statements``.
        row: The number that the designer shows beside it, counted within its subflow from 1. Error
            handlers and what stands in them are settings of the action before: they share its row.
        depth: How many blocks of its subflow it lies in.
        subflow: The subflow it belongs to.
        own_row: Whether it is a row itself (False within error handlers).
        reads: The variables it reads, each once.
        writes: The variables it writes or changes, each once.
    """

    index: int
    statement: Statement
    statement_index: int
    row: int
    depth: int
    subflow: "Subflow"
    own_row: bool
    reads: tuple[Variable, ...]
    writes: tuple[Variable, ...]


@dataclass(slots=True, eq=False)
class Subflow:
    """A subflow; Main is the first one of a flow.

    Attributes:
        name: Its name; "Main" for the text before the first FUNCTION.
        local: Whether it has its own scope of variables.
        actions: Its actions in the order of the text, error handlers included.
        function: The FUNCTION statement, or None for Main.
    """

    name: str
    local: bool
    actions: list[Action] = field(repr=False)
    function: Statement | None = None

    @property
    def rows(self) -> Iterator[Action]:
        """The actions that are rows of the designer."""
        return (action for action in self.actions if action.own_row)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a flow was understood.

    ``statements`` counts statements other than blank lines, ``understood`` those of them without
    a diagnostic; ``actions`` counts calls of actions, ``unknown_actions`` names the ids that the
    catalogue does not know, sorted, each once.
    """

    statements: int
    understood: int
    actions: int
    unknown_actions: tuple[str, ...]


@dataclass(eq=False)
class Flow:
    """One desktop flow, derived from its script.

    Attributes:
        id: The flow's id, lower case, or empty for bare text.
        name: The flow's name.
        script: The Robin text and its tree.
        variables: Inputs, outputs, flow variables, local variables, each in the order of the text.
        subflows: Main first, then in the order of the text.
        actions: All actions, in the order of the text.
        coverage: How much was understood.
        secrets: Where secrets were found in the script, as spans in order and apart; None as long
            as nobody has looked for them.
    """

    id: str
    name: str
    script: Script = field(repr=False)
    variables: list[Variable] = field(repr=False)
    subflows: list[Subflow] = field(repr=False)
    actions: list[Action] = field(repr=False)
    coverage: Coverage
    secrets: tuple[tuple[int, int], ...] | None = field(default=None, repr=False)

    @cached_property
    def first_writes(self) -> dict[Variable, Action]:
        """The first action that writes each variable, where there is one."""
        found: dict[Variable, Action] = {}
        for action in self.actions:
            for variable in action.writes:
                found.setdefault(variable, action)
        return found
