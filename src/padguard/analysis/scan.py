"""Finds the secrets that are written into a flow: by where they stand, by name, by form."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from padguard.analysis.literals import Written, written, written_texts
from padguard.analysis.options import Options
from padguard.analysis.secrets.carriers import secrets_in_text
from padguard.analysis.secrets.model import Carrier, SecretPart
from padguard.analysis.secrets.names import name_verdict
from padguard.analysis.secrets.placeholders import is_placeholder, looks_random
from padguard.analysis.secrets.sendkeys import typed_secret
from padguard.catalog.roles import Channel, InputRole, roles_of
from padguard.flow.model import Action, Flow, Sensitivity, Variable
from padguard.foundation.masked import Masked
from padguard.foundation.messages import Message, mark
from padguard.robin.tree import Clause, Declaration, Kind, Role

SURE: Final = 0.5  # from here on a find is worth a finding
_CARRIERS: Final = {
    "connection-string": Carrier.CONNECTION,
    "url": Carrier.URL,
    "headers": Carrier.HEADERS,
    "command-line": Carrier.COMMAND,
    "sql": Carrier.SQL,
    "json": Carrier.BODY,
    "xml": Carrier.BODY,
    "html": Carrier.BODY,
    "form-data": Carrier.FORM,
    "powershell": Carrier.POWERSHELL,
    "vbscript": Carrier.VBSCRIPT,
    "javascript": Carrier.JAVASCRIPT,
    "python": Carrier.PYTHON,
    "dotnet": Carrier.DOTNET,
    "dos": Carrier.DOS,
    "keys": Carrier.KEYS,
}
_REMARKS = (Kind.COMMENT, Kind.REGION, Kind.LABEL)

IN_SECRET_PARAMETER = mark("analysis", "The parameter {parameter} takes a secret.")
NAME_SAYS_SO = mark("analysis", "The name {name} says that it holds a secret.")
MARKED_SO = mark("analysis", "{name} is marked as sensitive.")
SENSITIVE_DEFAULT = mark(
    "analysis", "{name} is a sensitive input, but its default is kept in clear."
)
GETS_THERE = mark("analysis", "{name} gets to a parameter that takes a secret.")
MACHINE_BOUND = mark("analysis", "The value is encrypted for one machine.")


class HitKind(Enum):
    """How a secret is written into a flow."""

    ARGUMENT = auto()  # given to a parameter that takes secrets
    VALUE = auto()  # assigned to a variable, key, property or element
    PART = auto()  # a part of a larger text
    TYPED = auto()  # typed as keystrokes or filled into a field
    DEFAULT = auto()  # the default of a sensitive input
    REMARK = auto()  # in a comment, a region, a label, a description or a disabled row
    ENCRYPTED = auto()  # encrypted for one machine


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """A secret in a script.

    Attributes:
        kind: How it is written there.
        flow: The flow.
        action: The action, or None for a declaration.
        clause: The part of the action that holds it, or None.
        start: First character of the secret in the script.
        end: Character behind its last one.
        value: The secret.
        reason: Why it is thought one, as a sentence.
        confidence: How sure it is, from 0 to 1.
        carrier: What kind of text holds it.
        name: The parameter, key or variable that it is given to, or "".
        variable: The variable that holds it afterwards, or None.
    """

    kind: HitKind
    flow: Flow
    action: Action | None
    clause: Clause | None
    start: int
    end: int
    value: Masked = field(repr=False)
    reason: Message
    confidence: float
    carrier: Carrier = Carrier.TEXT
    name: str = ""
    variable: Variable | None = None


def scan_flow(flow: Flow, options: Options) -> list[Hit]:
    """Return the secrets written into a flow, in the order of the text."""
    scanner = _Scanner(flow, options)
    found = [*scanner.declarations()]
    for action in flow.actions:
        found += scanner.action(action)
    return sorted(found, key=lambda hit: (hit.start, hit.end))


def name_strength(name: str, options: Options) -> float:
    """Return how strongly a name says that its value is a secret, from 0 to 1."""
    if options.is_ordinary_name(name):
        return 0.0
    if options.is_secret_name(name):
        return 1.0
    return {"strong": 0.9, "weak": 0.4}.get(name_verdict(name).strength, 0.0)


def destined_texts(flow: Flow, action: Action, variable: Variable) -> Iterator[Hit]:
    """Yield the texts that an action sets a variable to, which may get to where secrets belong."""
    statement = action.statement
    if statement.kind is not Kind.SET or statement.disabled or variable not in action.writes:
        return
    value = statement.clauses[-1]
    start, end = statement.start + value.start, statement.start + value.end
    for found in written_texts(flow.script.text, start, end):
        if _is_plain(found) and not is_placeholder(found.value):
            yield Hit(
                HitKind.VALUE, flow, action, value, found.start, found.end, Masked(found.value),
                GETS_THERE(name=variable.name), 0.9, name=variable.name, variable=variable,
            )  # fmt: skip


class _Scanner:
    """Looks through one flow; whatever is in a disabled row counts as a remark."""

    def __init__(self, flow: Flow, options: Options) -> None:
        self._flow = flow
        self._text = flow.script.text
        self._options = options

    def declarations(self) -> Iterator[Hit]:
        header = self._flow.script.header
        marked = {name.casefold() for name in header.sensitive or ()}
        for declaration in (*header.inputs, *header.outputs):
            sensitive = declaration.name.casefold() in marked
            yield from self._default(declaration, sensitive=sensitive)
            yield from self._remark_in(declaration)

    def _default(self, declaration: Declaration, *, sensitive: bool) -> Iterator[Hit]:
        if not declaration.default:
            return
        statement = self._flow.script.statements[declaration.statement]
        start = statement.start + self._flow.script.source(statement).rfind(declaration.default)
        variable = self._variable(declaration.name)
        for found in written_texts(self._text, start, start + len(declaration.default)):
            if sensitive and not is_placeholder(found.value):
                reason = SENSITIVE_DEFAULT(name=declaration.name)
                yield self._whole(HitKind.DEFAULT, found, reason, 1.0, declaration.name, variable)
            elif not sensitive:
                yield from self._value(None, None, found, declaration.name, variable)

    def _variable(self, name: str) -> Variable | None:
        folded = name.casefold()
        return next(
            (
                variable
                for variable in self._flow.variables
                if variable.local_to is None and variable.name.casefold() == folded
            ),
            None,
        )

    def _remark_in(self, declaration: Declaration) -> Iterator[Hit]:
        if declaration.description:
            statement = self._flow.script.statements[declaration.statement]
            value = statement.clauses[-1]
            start, end = statement.start + value.start, statement.start + value.end
            for found in written_texts(self._text, start, end):
                if found.value == declaration.description:
                    yield from self._parts(HitKind.REMARK, None, None, found, Carrier.COMMENT)

    def action(self, action: Action) -> Iterator[Hit]:
        statement = action.statement
        if statement.kind in _REMARKS:
            yield from self._remark(action)
            return
        if self._text.find("'", statement.start, statement.end) < 0:
            return
        hits = self._clauses(action)
        if statement.disabled:
            for hit in hits:
                yield Hit(
                    HitKind.REMARK, hit.flow, action, hit.clause, hit.start, hit.end, hit.value,
                    hit.reason, hit.confidence, hit.carrier, hit.name,
                )  # fmt: skip
        else:
            yield from hits

    def _remark(self, action: Action) -> Iterator[Hit]:
        statement = action.statement
        start = statement.start + statement.code
        found = Written(self._text[start : statement.end], start, statement.end, "", 0, ())
        yield from self._parts(HitKind.REMARK, action, None, found, Carrier.COMMENT)

    def _clauses(self, action: Action) -> Iterator[Hit]:
        for clause in action.statement.clauses:
            start = action.statement.start + clause.start
            end = action.statement.start + clause.end
            if clause.role not in (Role.ARGUMENT, Role.VALUE) or end - start < 3:
                continue
            if self._text[start : start + 2] in ("P'", "p'"):
                found = written(self._text, start, end)
                yield self._whole(
                    HitKind.ENCRYPTED, found, MACHINE_BOUND, 1.0, clause.name, None, action, clause
                )
                continue
            for found in written_texts(self._text, start, end):
                if found.value:
                    yield from self._text_in(action, clause, found)

    def _text_in(self, action: Action, clause: Clause, found: Written) -> Iterator[Hit]:
        kind = action.statement.kind
        if kind is Kind.SET:
            variable = action.writes[0] if action.writes else None
            name = found.key or self._target_key(action) or (variable.name if variable else "")
            yield from self._value(action, clause, found, name, variable)
        elif clause.role is not Role.ARGUMENT:
            return  # a text that is compared, waited for or looped over
        elif clause.dynamic or kind is Kind.CALL:
            name = clause.name.rpartition("/")[2]
            yield from self._value(action, clause, found, found.key or name, None)
        else:
            yield from self._argument(action, clause, found)

    def _target_key(self, action: Action) -> str:
        """Return the key of ``SET Row['Key'] TO …``, or ""."""
        target = action.statement.clauses[0]
        text = self._flow.script.clause_text(action.statement, target)
        _, bracket, rest = text.rpartition("[")
        return rest.strip("]$'") if bracket and "'" in rest else ""

    def _argument(self, action: Action, clause: Clause, found: Written) -> Iterator[Hit]:
        role = self._options.input_role(action.statement.action, clause.name) or roles_of(
            action.statement.action
        ).input(clause.name)
        if role.secret:
            if not is_placeholder(found.value) and found.value.strip("\ufffc"):
                reason = IN_SECRET_PARAMETER(parameter=clause.name)
                yield self._whole(
                    HitKind.ARGUMENT, found, reason, 1.0, clause.name, None, action, clause
                )
        elif role.channel is Channel.TYPED:
            part = typed_secret(found.value, self._element(action))
            if part is not None and not part.is_reference:
                yield self._part(HitKind.TYPED, action, clause, found, part)
        elif found.key and name_strength(found.key, self._options) > SURE:
            yield from self._value(action, clause, found, found.key, None)
        else:
            yield from self._parts(HitKind.PART, action, clause, found, _carrier(role))

    def _element(self, action: Action) -> str:
        """Return the names of the window and element that an action works on."""
        texts = [
            self._flow.script.clause_text(action.statement, clause)
            for clause in action.statement.clauses
            if clause.role is Role.ARGUMENT
        ]
        return " ".join(text for text in texts if text.casefold().startswith("appmask"))

    def _value(
        self,
        action: Action | None,
        clause: Clause | None,
        found: Written,
        name: str,
        variable: Variable | None,
    ) -> Iterator[Hit]:
        """Judge a text that is assigned to something with a name."""
        strength = name_strength(name, self._options) if name else 0.0
        marked = variable is not None and variable.sensitivity is Sensitivity.MARKED
        reason = NAME_SAYS_SO(name=name)
        if marked and not strength:
            strength, reason = 0.4, MARKED_SO(name=name)
        if 0 < strength <= SURE and looks_random(found.value) > SURE:
            strength = 0.6
        parts = list(self._parts(HitKind.PART, action, clause, found, Carrier.TEXT, variable))
        whole = found.value.strip()
        if strength > SURE and not parts and _is_plain(found) and not is_placeholder(whole):
            yield self._whole(
                HitKind.VALUE, found, reason, strength, name, variable, action, clause
            )
            return
        for part in parts:
            covers = part.value.reveal().strip() == whole
            yield _as_value(part, name) if covers else part

    def _parts(
        self,
        kind: HitKind,
        action: Action | None,
        clause: Clause | None,
        found: Written,
        hint: Carrier,
        variable: Variable | None = None,
    ) -> Iterator[Hit]:
        for part in secrets_in_text(found.value, hint=None if hint is Carrier.TEXT else hint):
            if part.confidence >= SURE and not part.is_reference:
                yield self._part(kind, action, clause, found, part, variable)

    def _part(
        self,
        kind: HitKind,
        action: Action | None,
        clause: Clause | None,
        found: Written,
        part: SecretPart,
        variable: Variable | None = None,
    ) -> Hit:
        value = Masked(found.value[part.start : part.end])
        start, end = found.offset(part.start), found.offset(part.end)
        return Hit(
            kind, self._flow, action, clause, start, end, value, part.reason, part.confidence,
            part.carrier, part.name, variable,
        )  # fmt: skip

    def _whole(
        self,
        kind: HitKind,
        found: Written,
        reason: Message,
        confidence: float,
        name: str,
        variable: Variable | None,
        action: Action | None = None,
        clause: Clause | None = None,
    ) -> Hit:
        return Hit(
            kind, self._flow, action, clause, found.start, found.end, Masked(found.value), reason,
            confidence, Carrier.TEXT, name, variable,
        )  # fmt: skip


def _is_plain(found: Written) -> bool:
    """Tell whether a text is written out, but for its holes."""
    return bool(found.value.strip("\ufffc \t\r\n"))


def _carrier(role: InputRole) -> Carrier:
    return _CARRIERS.get(role.text, Carrier.TEXT)


def _as_value(hit: Hit, name: str) -> Hit:
    """Return a hit that covers its whole text as what it is: a value with a name."""
    return Hit(
        HitKind.VALUE if hit.kind is HitKind.PART else hit.kind, hit.flow, hit.action, hit.clause,
        hit.start, hit.end, hit.value, hit.reason, hit.confidence, hit.carrier, hit.name or name,
        hit.variable,
    )  # fmt: skip
