"""Finds the secrets that are written into a flow: by where they stand, by name, by form."""

import re
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from padguard.analysis.destined import default_texts, element_key
from padguard.analysis.hits import SURE, Hit, HitKind, name_strength
from padguard.analysis.literals import Written, element_keys, written, written_texts
from padguard.analysis.options import Options
from padguard.analysis.secrets.carriers import secrets_in_text
from padguard.analysis.secrets.judging import value_confidence
from padguard.analysis.secrets.model import HOLE, Carrier, SecretPart
from padguard.analysis.secrets.names import name_verdict
from padguard.analysis.secrets.placeholders import is_placeholder, looks_random
from padguard.analysis.secrets.sendkeys import typed_secret
from padguard.catalog.roles import Channel, InputRole, roles_of
from padguard.flow.model import Action, Flow, Sensitivity, Variable
from padguard.foundation.masked import Masked
from padguard.foundation.messages import Message, mark
from padguard.robin.tree import Clause, Declaration, Kind, Role

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
PASSWORD_ELEMENT: Final = "Input password"  # noqa: S105 - what the designer calls such an element
LONGEST_TEXT: Final = 1_000_000  # characters of a text that are searched; the rest is not
_LITERAL = re.compile(r"['0-9]")
_REMARKS = (Kind.COMMENT, Kind.REGION, Kind.LABEL)

IN_SECRET_PARAMETER = mark("analysis", "The parameter {parameter} takes a secret.")
NAME_SAYS_SO = mark("analysis", "The name {name} says that it holds a secret.")
MARKED_SO = mark("analysis", "{name} is marked as sensitive.")
SENSITIVE_DEFAULT = mark(
    "analysis", "{name} is a sensitive input, but its default is kept in clear."
)
MACHINE_BOUND = mark("analysis", "The value is encrypted for one machine.")


class Row(NamedTuple):
    """All of a row, and of what it writes, by which it is judged within one flow."""

    text: str
    kind: Kind
    variable: str
    marked: bool


def scan_flow(
    flow: Flow,
    options: Options,
    password_elements: Collection[tuple[str, ...]] = (),
    harmless: set[Row] | None = None,
) -> list[Hit]:
    """Return the secrets written into a flow, in the order of the text.

    Args:
        flow: The flow.
        options: What a person decided.
        password_elements: Screen and name of the captured elements that take a password.
        harmless: Rows without secrets, found when the flow was scanned before with the same
            options and elements; afterwards it has those of the flow as it is now.
    """
    scanner = _Scanner(flow, options, password_elements)
    found = [*scanner.declarations()]
    known = harmless or set()
    still: set[Row] = set()
    for action in flow.actions:
        row = _row(flow, action)
        if row in known or row in still:
            still.add(row)
            continue
        hits = list(scanner.action(action))
        if not hits:
            still.add(row)
        found += hits
    if harmless is not None:
        harmless.clear()
        harmless |= still
    return sorted(found, key=lambda hit: (hit.start, hit.end))


def _row(flow: Flow, action: Action) -> Row:
    variable = action.writes[0] if action.writes else None
    return Row(
        flow.script.source(action.statement),
        action.statement.kind,
        variable.name if variable else "",
        variable is not None and variable.sensitivity is Sensitivity.MARKED,
    )


class _Scanner:
    """Looks through one flow; whatever is in a disabled row counts as a remark."""

    def __init__(
        self, flow: Flow, options: Options, password_elements: Collection[tuple[str, ...]]
    ) -> None:
        self._flow = flow
        self._password_elements = password_elements
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
        variable = self._variable(declaration.name)
        unset = declaration.default == "0"  # what the designer writes for a number without one
        for found in default_texts(self._flow, declaration):
            if sensitive and not unset and not is_placeholder(found.value):
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
                    variable = self._variable(declaration.name)
                    yield from self._parts(
                        HitKind.REMARK, None, None, found, Carrier.COMMENT, variable
                    )

    def action(self, action: Action) -> Iterator[Hit]:
        statement = action.statement
        if statement.kind in _REMARKS:
            yield from self._remark(action)
            return
        if not _LITERAL.search(self._text, statement.start, statement.end):
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
            name = (
                found.key or element_key(self._flow, action) or (variable.name if variable else "")
            )
            yield from self._value(action, clause, found, name, variable)
        elif clause.role is not Role.ARGUMENT:
            return  # a text that is compared, waited for or looped over
        elif clause.dynamic or kind is Kind.CALL:
            name = clause.name.rpartition("/")[2]
            yield from self._value(action, clause, found, found.key or name, None)
        else:
            yield from self._argument(action, clause, found)

    def _argument(self, action: Action, clause: Clause, found: Written) -> Iterator[Hit]:
        role = self._options.input_role(action.statement.action, clause.name) or roles_of(
            action.statement.action
        ).input(clause.name)
        if role.secret:
            if not is_placeholder(found.value) and found.value.strip(HOLE):
                reason = IN_SECRET_PARAMETER(parameter=clause.name)
                yield self._whole(
                    HitKind.ARGUMENT, found, reason, 1.0, clause.name, None, action, clause
                )
        elif role.channel is Channel.TYPED:
            part = typed_secret(
                found.value, self._element(action, clause), self._options.vocabulary
            )
            if part is not None and not part.is_reference:
                yield self._part(HitKind.TYPED, action, clause, found, part)
        elif found.key and name_strength(found.key, self._options) > SURE:
            yield from self._value(action, clause, found, found.key, None)
        else:
            yield from self._parts(HitKind.PART, action, clause, found, _carrier(role))

    def _element(self, action: Action, typed: Clause) -> str:
        """Return what the script says of where an action types: window, element, label, id."""
        words: list[str] = []
        for clause in action.statement.clauses:
            if clause.role is Role.ARGUMENT and clause is not typed:
                start = action.statement.start + clause.start
                end = action.statement.start + clause.end
                keys = tuple(element_keys(self._text, start, end))
                words += keys or (found.value for found in written_texts(self._text, start, end))
                if keys in self._password_elements:
                    words.append(PASSWORD_ELEMENT)
        return " ".join(words)

    def _value(
        self,
        action: Action | None,
        clause: Clause | None,
        found: Written,
        name: str,
        variable: Variable | None,
    ) -> Iterator[Hit]:
        """Judge a text that is assigned to something with a name."""
        confidence, reason = self._confidence(found, name), NAME_SAYS_SO(name=name)
        marked = variable is not None and variable.sensitivity is Sensitivity.MARKED
        if marked and confidence < SURE < looks_random(found.value):
            confidence, reason = 0.6, MARKED_SO(name=name)
        parts = list(self._parts(HitKind.PART, action, clause, found, Carrier.TEXT, variable))
        whole = found.value.strip()
        if confidence >= SURE and not parts:
            if not self._refers_to_secret(found):
                yield self._whole(
                    HitKind.VALUE, found, reason, confidence, name, variable, action, clause
                )
            return
        for part in parts:
            covers = part.value.reveal().strip() == whole
            yield _as_value(part, name) if covers else part

    def _refers_to_secret(self, found: Written) -> bool:
        """Tell whether a variable stands where the secret of a text belongs."""
        text, vocabulary = found.value[:LONGEST_TEXT], self._options.vocabulary
        return HOLE in text and any(
            part.is_reference and part.confidence >= SURE
            for part in secrets_in_text(text, vocabulary=vocabulary)
        )

    def _confidence(self, found: Written, name: str) -> float:
        """Return how sure it is, by a name, that a text is a secret."""
        text = found.value.replace(HOLE, "").strip()
        if not name or not text or self._options.is_ordinary_name(name):
            return 0.0
        if self._options.is_secret_name(name):
            return 0.0 if is_placeholder(text) else 1.0
        return value_confidence(text, name_verdict(name, self._options.vocabulary))

    def _parts(
        self,
        kind: HitKind,
        action: Action | None,
        clause: Clause | None,
        found: Written,
        hint: Carrier,
        variable: Variable | None = None,
    ) -> Iterator[Hit]:
        for part in secrets_in_text(
            found.value[:LONGEST_TEXT],
            hint=None if hint is Carrier.TEXT else hint,
            vocabulary=self._options.vocabulary,
        ):
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


def _carrier(role: InputRole) -> Carrier:
    return _CARRIERS.get(role.text, Carrier.TEXT)


def _as_value(hit: Hit, name: str) -> Hit:
    """Return a hit that covers its whole text as what it is: a value with a name."""
    return Hit(
        HitKind.VALUE if hit.kind is HitKind.PART else hit.kind, hit.flow, hit.action, hit.clause,
        hit.start, hit.end, hit.value, hit.reason, hit.confidence, hit.carrier, hit.name or name,
        hit.variable,
    )  # fmt: skip
