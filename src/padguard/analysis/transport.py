"""Whether an action sends a credential, and whether it can be read on its way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from padguard.analysis.literals import Written, written_texts
from padguard.analysis.options import Options
from padguard.analysis.origins import holds
from padguard.analysis.program import Procedure, Program
from padguard.analysis.secrets.carriers import secrets_in_text
from padguard.analysis.secrets.model import HOLE, Carrier
from padguard.analysis.trace import Trace
from padguard.catalog.roles import Condition, InputRole, roles_of
from padguard.flow.model import Action, Flow, Variable
from padguard.flow.occurrences import action_occurrences
from padguard.robin.expressions import Name, parse_expression
from padguard.robin.tree import Clause, Kind, Role

_PLAIN: Final = re.compile(r"\s*(?P<scheme>http|ftp|ldap|ws)://(?P<rest>[^/\s?#]*)", re.IGNORECASE)
_HERE: Final = re.compile(
    r"(?:.*@)?(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::.*)?", re.IGNORECASE
)
_PORT: Final = re.compile(r":\d+$")
_SENT: Final = frozenset({"url", "headers", "form-data", "json", "xml"})


@dataclass(frozen=True, slots=True)
class Weakness:
    """Why what an action sends can be read or is not checked on its way.

    ``condition`` is what the input of the action is set to, ``scheme`` how the plain address
    starts (``http:``); with neither, the protocol of the action is always plain.
    """

    condition: Condition | None = None
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class PlainAddress:
    """An address that is written into a flow and sends without encryption.

    Attributes:
        scheme: How it starts, ``http:``.
        start: Where that stands in the script.
        has_port: Whether it names a port.
    """

    scheme: str
    start: int
    has_port: bool


@lru_cache(maxsize=4096)
def may_be_weak(action_id: str) -> bool:
    """Tell whether what an action sends may be readable on its way, by what it is."""
    roles = roles_of(action_id)
    to_addresses = any(role.text == "url" for role in roles.inputs.values())
    return to_addresses or roles.always_insecure or bool(roles.insecure)


def weaknesses(program: Program, procedure: Procedure, action: Action) -> Iterator[Weakness]:
    """Yield why what an action sends can be read on its way."""
    roles = roles_of(action.statement.action)
    if roles.always_insecure:
        yield Weakness()
    for condition in roles.insecure:
        if holds(procedure.flow, action, condition, default=False):
            yield Weakness(condition)
    for clause, role in _inputs(action):
        if role.text == "url":
            address = next(_plain_addresses(program, procedure, action, clause), None)
            if address is not None:
                yield Weakness(scheme=address.scheme)


def plain_addresses(program: Program, procedure: Procedure, action: Action) -> list[PlainAddress]:
    """Return the addresses without encryption that an action may send to, each once."""
    found = [
        address
        for clause, role in _inputs(action)
        if role.text == "url"
        for address in _plain_addresses(program, procedure, action, clause)
    ]
    return list(dict.fromkeys(found))


def _plain_addresses(
    program: Program, procedure: Procedure, action: Action, clause: Clause
) -> Iterator[PlainAddress]:
    for address in _addresses(program, procedure, action, clause):
        match = _PLAIN.match(address.value)
        if match and not _HERE.fullmatch(match["rest"]):
            start = address.offset(match.start("scheme"))
            scheme = f"{match['scheme'].lower()}:"
            yield PlainAddress(scheme, start, has_port=bool(_PORT.search(match["rest"])))


def credential_sent(
    flow: Flow, action: Action, trace: Trace, options: Options
) -> tuple[Clause, Variable | None] | None:
    """Return the input by which an action sends a credential, and the variable that holds it.

    That is an input which takes a secret and has a value, a secret within the address, the
    headers or the body, or a variable there that holds sensitive data. None where none is sent.
    """
    for clause, known in _inputs(action):
        role = options.input_role(action.statement.action, clause.name) or known
        source = flow.script.clause_text(action.statement, clause)
        variables = [o.variable for o in action_occurrences(flow, action, clause)]
        if role.secret and source not in ("", "''", "$''''''"):
            return clause, variables[0] if variables else None
        if role.text in _SENT:
            sensitive = next((v for v in variables if trace.holdings.get(v)), None)
            if sensitive is not None or _writes_secret(flow, action, clause, role, options):
                return clause, sensitive
    return None


def _inputs(action: Action) -> Iterator[tuple[Clause, InputRole]]:
    roles = roles_of(action.statement.action)
    for clause in action.statement.clauses:
        if clause.role is Role.ARGUMENT:
            yield clause, roles.input(clause.name)


def _writes_secret(
    flow: Flow, action: Action, clause: Clause, role: InputRole, options: Options
) -> bool:
    """Tell whether a secret, or a variable where one belongs, stands in the text of a clause."""
    hint = Carrier.HEADERS if role.text == "headers" else None
    return any(
        part.confidence >= 0.5
        for text in _texts(flow, action, clause)
        for part in secrets_in_text(text.value, hint=hint, vocabulary=options.vocabulary)
    )


def _texts(flow: Flow, action: Action, clause: Clause) -> list[Written]:
    start, end = action.statement.start + clause.start, action.statement.start + clause.end
    return list(written_texts(flow.script.text, start, end))


def _addresses(
    program: Program, procedure: Procedure, action: Action, clause: Clause
) -> Iterator[Written]:
    """Yield what an address may be: its text, or the texts that the variable in front is set to."""
    start, end = action.statement.start + clause.start, action.statement.start + clause.end
    expression = parse_expression(procedure.flow.script.text, start, end)
    texts = _texts(procedure.flow, action, clause)
    yield from texts
    if isinstance(expression, Name) or any(text.value.startswith(HOLE) for text in texts):
        first = next(action_occurrences(procedure.flow, action, clause), None)
        for setting in program.actions_with(first.variable) if first else ():
            if setting.statement.kind is Kind.SET and first and first.variable in setting.writes:
                yield from _texts(procedure.flow, setting, setting.statement.clauses[-1])
