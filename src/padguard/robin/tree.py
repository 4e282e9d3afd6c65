"""The syntax tree of a script: flat statements that know their place in the nesting."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, IntEnum, auto
from functools import cached_property
from typing import NamedTuple

from padguard.foundation.messages import Message


class Kind(IntEnum):
    """What a statement is."""

    ACTION = auto()
    SET = auto()
    IF = auto()
    ELSE_IF = auto()
    ELSE = auto()
    SWITCH = auto()
    CASE = auto()
    DEFAULT = auto()
    LOOP = auto()
    LOOP_FOREACH = auto()
    LOOP_WHILE = auto()
    EXIT_LOOP = auto()
    NEXT_LOOP = auto()
    BLOCK = auto()
    ON_BLOCK_ERROR = auto()
    ON_ERROR = auto()
    READ_ERROR = auto()
    END = auto()
    FUNCTION = auto()
    END_FUNCTION = auto()
    CALL = auto()
    LABEL = auto()
    GOTO = auto()
    WAIT = auto()
    EXIT = auto()
    EXIT_FUNCTION = auto()
    THROW = auto()
    REPEAT_BLOCK = auto()
    REPEAT_ACTION = auto()
    REGION = auto()
    END_REGION = auto()
    COMMENT = auto()
    BLANK = auto()
    ANNOTATION = auto()
    IMPORT = auto()
    SENSITIVE = auto()
    INPUT = auto()
    OUTPUT = auto()
    FOOTER = auto()
    OPAQUE = auto()


HEADER_KINDS = frozenset({Kind.IMPORT, Kind.SENSITIVE, Kind.INPUT, Kind.OUTPUT})


class Role(Enum):
    """What a clause is to its statement.

    ``ARGUMENT`` is an input parameter of an action or subflow call; ``RESULT`` a variable that an
    action or call writes; ``TARGET`` what SET, ERROR or a loop writes (for SET it may be an
    element, ``Row['Name']``); ``VALUE`` any other expression of a statement (a condition, a loop
    bound, the value of SET); ``NAME`` a name that is no variable (of a subflow, label, region);
    ``PARAMETER`` a parameter of a local-scope subflow, named as its variable.
    """

    ARGUMENT = auto()
    RESULT = auto()
    TARGET = auto()
    VALUE = auto()
    NAME = auto()
    PARAMETER = auto()


class Clause(NamedTuple):
    """One part of a statement; offsets count characters from the start of the statement.

    ``name`` is the parameter's name as written (without ``@`` and quotes for the dynamic ones of
    `Run desktop flow` and cloud connectors, with ``dynamic`` set), for a loop its keyword
    (``FROM``, ``TO``, ``STEP``), else empty.
    """

    role: Role
    name: str
    start: int
    end: int
    dynamic: bool = False


class Diagnostic(NamedTuple):
    """Something in the text that is not understood; offsets count characters of the script."""

    start: int
    end: int
    message: Message


@dataclass(slots=True, eq=False)
class Statement:
    """One statement; statements tile the script: each ends where the next starts.

    Attributes:
        kind: What it is. ``OPAQUE`` was not understood; its text is kept as it stands.
        start: Where it starts, its indentation included (in characters of the script).
        end: Where it ends, its line break included.
        code: Where its code starts, after indentation and DISABLE, counted from ``start``.
        disabled: Whether it is switched off by a leading DISABLE.
        depth: How many blocks it lies in; an IF, its ELSE and its END have the same depth, a CASE
            lies in its SWITCH. Subflows and handlers of errors count as blocks, regions do not.
        opener: Index of the statement that heads the block it lies in (IF, ELSE, CASE, LOOP,
            BLOCK, ON ERROR, FUNCTION …), or -1.
        action: The action id as written, also of a condition or wait (``IF (File.IfFile… )``),
            else empty.
        clauses: Its parts, in the order of the text.
        reads: Names of what it reads, in the order of the text, each once: variables without
            their properties (``Mail`` of ``Mail.Subject``), imports (``appmask``), and whole names
            of three and more parts, which may be enumeration values (``Excel.Format.Csv``).
            ``GLOBAL.Name`` keeps its first part.
        writes: Names of the variables that it writes by its form (SET, ``=>``, loops), likewise.
            What an action changes in place is known to the catalogue only.
    """

    kind: Kind
    start: int
    end: int
    code: int
    disabled: bool
    depth: int
    opener: int
    action: str
    clauses: tuple[Clause, ...]
    reads: tuple[str, ...]
    writes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Declaration:
    """An ``@INPUT`` or ``@OUTPUT`` line of the header.

    ``default`` is the Robin text of the default value, or None where there is none; it may be
    a secret. ``statement`` is the index of the line.
    """

    name: str
    type: str
    external_name: str
    description: str = field(repr=False)  # makers write passwords there
    optional: bool | None
    default: str | None = field(repr=False)
    statement: int = -1


@dataclass(frozen=True, slots=True)
class Header:
    """What the header of a script or of a local-scope subflow declares.

    ``sensitive`` is None where the text has no ``@SENSITIVE`` line (text copied from the
    designer), and then nothing can be marked.
    """

    sensitive: tuple[str, ...] | None
    inputs: tuple[Declaration, ...] = ()
    outputs: tuple[Declaration, ...] = ()
    imports: tuple[str, ...] = ()


@dataclass(eq=False)
class Script:
    """The Robin text of one flow with its lossless tree.

    Attributes:
        text: The text, to the letter.
        statements: They tile ``text``.
        diagnostics: What was not understood, in the order of the text.
        header: What the header of the flow declares.
    """

    text: str = field(repr=False)
    statements: list[Statement] = field(repr=False)
    diagnostics: list[Diagnostic]
    header: Header

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        find = self.text.find
        position = find("\n")
        while position >= 0:
            starts.append(position + 1)
            position = find("\n", position + 1)
        return starts

    def line_column(self, offset: int) -> tuple[int, int]:
        """Return line and column, both counted from 1, of a character of the text."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def source(self, statement: Statement) -> str:
        """Return the text of a statement, from its indentation to its line break."""
        return self.text[statement.start : statement.end]

    def clause_text(self, statement: Statement, clause: Clause) -> str:
        """Return the text of a clause as written."""
        return self.text[statement.start + clause.start : statement.start + clause.end]

    def of_kind(self, kind: Kind) -> Iterator[Statement]:
        """Yield the statements of one kind, in the order of the text."""
        return (statement for statement in self.statements if statement.kind is kind)
