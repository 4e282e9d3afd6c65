"""How the designer writes the actions that retrieve secrets, as learned from what it wrote."""

import re
from dataclasses import dataclass
from enum import Enum

from padguard.foundation.errors import EditError
from padguard.foundation.messages import mark
from padguard.robin.literals import encode_text, escape_text
from padguard.robin.parser import parse
from padguard.robin.tree import Kind, Statement

BAD_NAME = mark(
    "fixes",
    "A name must be one line that is not empty, and in a Power Fx flow it may neither start with "
    "an equals sign nor hold a dollar sign with a brace.",
)
GAPS = mark(
    "fixes",
    "The text must hold {credential} where the name of what is retrieved stands, and once "
    "{variable} behind =>, where the variable stands that gets it.",
)(credential="{credential}", variable="{variable}")
ONE_ACTION = mark(
    "fixes", "The text must be one action with the lines that belong to it (@@…), and nothing else."
)
NOT_UNDERSTOOD = mark("fixes", "The text is not understood as an action: {reason}")
ONE_RESULT = mark("fixes", "The action must put what it retrieves into exactly one variable.")
USES_VARIABLES = mark(
    "fixes",
    "The action uses the variable {name}, which other flows do not have. Type a fixed value there "
    "in the designer, and copy the action again.",
)

_GAP = re.compile(r"(?P<quotes>\$fx'|\$'''|'''|')?\{(?P<gap>credential|variable)\}", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?|\n")


class Retrieval(Enum):
    """Which action retrieves a secret; the values are the words of the stored templates."""

    CREDENTIAL = "credential"  # Get credential
    ENVIRONMENT = "environment"  # Retrieve environment variable


@dataclass(frozen=True, slots=True)
class Template:
    """The text of an action that retrieves a secret.

    Attributes:
        text: Robin text, its lines ended by LF, in which ``{credential}`` stands for the name of
            what is retrieved (within quotes, or for them as well) and ``{variable}`` for the
            variable that gets it.
        product: Version of the product that wrote it, or "".
    """

    text: str
    product: str = ""

    def render(self, name: str, variable: str) -> str:
        """Return the action, its lines ended by LF; the name is escaped as its quotes ask for.

        Raises:
            EditError: The name cannot be written there.
        """

        def filled(found: re.Match[str]) -> str:
            quotes = found["quotes"] or ""
            if found["gap"].casefold() == "variable":
                return quotes + variable
            return quotes + _escaped(name, quotes)

        return _GAP.sub(filled, self.text)


@dataclass(frozen=True, slots=True)
class Templates:
    """What is known of Get credential and of Retrieve environment variable; None: not learned."""

    credential: Template | None = None
    environment: Template | None = None

    def of(self, retrieval: Retrieval) -> Template | None:
        """Return what is known of one of the actions."""
        return self.credential if retrieval is Retrieval.CREDENTIAL else self.environment

    @property
    def actions(self) -> frozenset[str]:
        """The ids of the actions, in lower case: the designer is known to have them."""
        known = (one for one in (self.credential, self.environment) if one is not None)
        return frozenset(
            statement.action.casefold()
            for template in known
            for statement in parse(template.render("Name", "Variable")).of_kind(Kind.ACTION)
        )

    def over(self, other: "Templates") -> "Templates":
        """Return these templates, and those of ``other`` where here is none."""
        return Templates(self.credential or other.credential, self.environment or other.environment)


def normalised(text: str) -> str:
    """Return a text with its lines ended by LF."""
    return _LINE_END.sub("\n", text)


def check_template(template: Template) -> None:
    """Make sure that a template is what it must be, also one that a person edited.

    Raises:
        EditError: It is not; the message says what to mend.
    """
    gaps = [found["gap"].casefold() for found in _GAP.finditer(template.text)]
    if "credential" not in gaps or gaps.count("variable") != 1:
        raise EditError(GAPS)
    script = parse(template.render("Name", "Variable"))
    lines = [one for one in script.statements if one.kind is not Kind.BLANK]
    if script.diagnostics:
        raise EditError(NOT_UNDERSTOOD(reason=script.diagnostics[0].message))
    kinds = [one.kind for one in lines]
    if not kinds or kinds[-1] is not Kind.ACTION or set(kinds[:-1]) - {Kind.ANNOTATION}:
        raise EditError(ONE_ACTION)
    check_action(lines[-1])
    if lines[-1].writes != ("Variable",):
        raise EditError(GAPS)


def check_action(statement: Statement) -> None:
    """Make sure that an action can serve as a template.

    Raises:
        EditError: It writes no variable or several, uses one, or is switched off.
    """
    if len(statement.writes) != 1:
        raise EditError(ONE_RESULT)
    for name in statement.reads:
        if "." not in name:  # names of three parts are values of enumerations
            raise EditError(USES_VARIABLES(name=name))


def _escaped(name: str, quotes: str) -> str:
    """Return a name as it is written between quotes of a kind."""
    if not name.strip() or not name.isprintable():
        raise EditError(BAD_NAME)
    if not quotes:
        return encode_text(name)
    if quotes == "$'''":
        return escape_text(name).replace("%", "%%")
    if quotes.casefold() == "$fx'" and (name.startswith("=") or "${" in name):
        raise EditError(BAD_NAME)
    return name.replace("\\", "\\\\").replace("'", "\\'")
