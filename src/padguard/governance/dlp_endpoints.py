"""Which address, page or application an action gets at, as far as its row says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from padguard.flow.model import Action, Flow
from padguard.governance.policy import EndpointRule
from padguard.robin.expressions import Expression, Index, Literal, Name, parse_expression
from padguard.robin.literals import PieceKind, content_span, decode_text, pieces
from padguard.robin.tokens import TokenKind
from padguard.robin.tree import Clause, Role

BROWSER: Final = "desktopflow.webautomation"
WINDOWS: Final = "desktopflow.uiautomation"
HTTP: Final = "desktopflow.web"
_BROWSER_STARTS: Final = ("webautomation.launch", "webautomation.gotowebpage.")
_ADDRESSES: Final = ("url", "endpoint")
_PARTLY: Final = ("taburl", "tabtitle", "title")
_TEXTS: Final = frozenset({TokenKind.TEXT, TokenKind.QUOTED, TokenKind.TRIPLE})
_SHARED_PROCESSES: Final = frozenset({"applicationframehost", "java", "javaw"})


class EndpointKind(Enum):
    """How much a row says of what it gets at."""

    WRITTEN = "written"  # it is written there, so rules decide
    PARTLY = "partly"  # a title or pattern is: what forbids it decides, what allows it does not
    DYNAMIC = "dynamic"  # a variable or expression
    RUNTIME = "runtime"  # a variable or expression, which is checked when the flow runs
    UNSEEN = "unseen"  # nothing of it


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What an action gets at; ``text`` is what is written, which may hold a secret."""

    kind: EndpointKind
    text: str = field(default="", repr=False)


def endpoint_of(
    flow: Flow, action: Action, group: str, processes: Mapping[str, str]
) -> Endpoint | None:
    """Return what an action gets at, or None where the product does not check its address.

    Browser actions are checked where a browser is launched or a page gone to, actions on windows
    and HTTP actions always; what a cloud connector gets at stands in its connection.

    Args:
        flow: The flow of the action.
        action: The action.
        group: The key of its group.
        processes: The process of each screen in lower case, where its selector says it.

    Source: Microsoft Learn, "Connector endpoint filtering", 19 September 2025, and "Data loss
    prevention (DLP) policies" of desktop flows, 15 June 2026.
    """
    if group == BROWSER:
        if not action.statement.action.casefold().startswith(_BROWSER_STARTS):
            return None
        return _written(flow, action, EndpointKind.DYNAMIC)
    if group == HTTP:
        return _written(flow, action, EndpointKind.RUNTIME)
    if group == WINDOWS:
        return _window(flow, action, processes)
    return Endpoint(EndpointKind.UNSEEN)


def _written(flow: Flow, action: Action, otherwise: EndpointKind) -> Endpoint:
    for clause in _arguments(action):
        name = clause.name.casefold()
        if name in _ADDRESSES or name in _PARTLY:
            text = _literal(flow, action, clause)
            if text is None:
                return Endpoint(otherwise)
            kind = EndpointKind.WRITTEN if name in _ADDRESSES else EndpointKind.PARTLY
            return Endpoint(kind, text)
    return Endpoint(EndpointKind.UNSEEN)


def _window(flow: Flow, action: Action, processes: Mapping[str, str]) -> Endpoint:
    """Return the process behind the screen of an action, else the title that it looks for."""
    for clause in _arguments(action):
        process = processes.get(_screen(flow, action, clause).casefold())
        if process is not None:
            shared = process.casefold() in _SHARED_PROCESSES
            return Endpoint(EndpointKind.PARTLY if shared else EndpointKind.WRITTEN, process)
    return _written(flow, action, EndpointKind.DYNAMIC)


def _arguments(action: Action) -> list[Clause]:
    return [clause for clause in action.statement.clauses if clause.role is Role.ARGUMENT]


def _expression(flow: Flow, action: Action, clause: Clause) -> Expression | None:
    start = action.statement.start
    return parse_expression(flow.script.text, start + clause.start, start + clause.end)


def _screen(flow: Flow, action: Action, clause: Clause) -> str:
    """Return the screen of ``appmask['Screen']['Element']``, or "" for anything else."""
    if "[" not in flow.script.clause_text(action.statement, clause):
        return ""
    found = _expression(flow, action, clause)
    key: Expression | None = None
    while isinstance(found, Index):
        key = found.key
        found = found.base
    if isinstance(found, Name) and found.path.casefold().startswith("appmask") and key is not None:
        return text_of(flow.script.text, key) or ""
    return ""


def _literal(flow: Flow, action: Action, clause: Clause) -> str | None:
    found = _expression(flow, action, clause)
    return None if found is None else text_of(flow.script.text, found)


def text_of(script: str, found: Expression) -> str | None:
    """Return the text that an expression is, or None where variables have a say in it."""
    if not isinstance(found, Literal) or found.kind not in _TEXTS:
        return None
    source = script[found.start : found.end]
    if not source.startswith("$'''"):
        return decode_text(source)
    start, end = content_span(source)
    if any(piece.kind is not PieceKind.PLAIN for piece in pieces(source, start, end)):
        return None
    return decode_text(source).replace("%%", "%")


def denied(rules: tuple[EndpointRule, ...], endpoint: Endpoint) -> tuple[bool | None, str]:
    """Return whether rules deny what an action gets at, and the pattern that decides.

    The first pattern that fits decides, whatever the case. What a row does not say cannot be
    judged, unless all rules say the same. A variable is denied by a last rule that denies all,
    as the product has it, but for what it checks when the flow runs.

    Args:
        rules: The rules of the group in their order.
        endpoint: What the action gets at.

    Returns:
        True, False, or None where it cannot be judged; and the pattern, or "".
    """
    if len({rule.denied for rule in rules}) == 1 and rules[-1].pattern == "*":
        return rules[-1].denied, rules[-1].pattern
    if endpoint.kind is EndpointKind.DYNAMIC and rules[-1:] == (EndpointRule("*", denied=True),):
        return True, "*"
    if endpoint.kind not in (EndpointKind.WRITTEN, EndpointKind.PARTLY):
        return None, ""
    for rule in rules:
        if fits(rule.pattern, endpoint.text):
            sure = endpoint.kind is EndpointKind.WRITTEN
            if sure or (rule.denied and rule.pattern != "*"):
                return rule.denied, rule.pattern
            return None, ""
    return None, ""


def fits(pattern: str, text: str) -> bool:
    """Tell whether a text fits a pattern in which ``*`` stands for any text, whatever the case."""
    first, *others = pattern.casefold().split("*")
    text = text.casefold()
    if not others:
        return text == first
    *middle, last = others
    if not text.startswith(first):
        return False
    position = len(first)
    for part in middle:
        position = text.find(part, position)
        if position < 0:
            return False
        position += len(part)
    return len(text) - position >= len(last) and text.endswith(last)
