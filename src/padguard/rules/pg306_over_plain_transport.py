"""PG306: a credential can be read on its way.

What it finds:
    A credential that is sent over http:, ftp: or mail without encryption, or while
    certificates are not checked: in an input that takes a secret, in an address, in headers
    or in a body.

Why it matters:
    Everybody on the network between the machine and the server can read it, or pretend to
    be the server.

Example:
    @SENSITIVE: [Token]
    @INPUT Token : { 'Description': '', 'FriendlyName': 'Token', 'DefaultValue': '', 'Type': 'String' }
    Web.InvokeWebService.InvokeWebService Url: $'''http://portal.example.com/api/invoices''' Method: Web.Method.Get Accept: $'''application/json''' ContentType: $'''application/json''' CustomHeaders: $'''Authorization: Bearer %Token%''' ConnectionTimeout: 30 FollowRedirection: True ClearCookies: False FailOnErrorStatus: False EncodeRequestBody: True UserAgent: $'''flow''' Encoding: Web.Encoding.AutoDetect AcceptUntrustedCertificates: False Response=> Answer

Fixed:
    @SENSITIVE: [Token]
    @INPUT Token : { 'Description': '', 'FriendlyName': 'Token', 'DefaultValue': '', 'Type': 'String' }
    Web.InvokeWebService.InvokeWebService Url: $'''https://portal.example.com/api/invoices''' Method: Web.Method.Get Accept: $'''application/json''' ContentType: $'''application/json''' CustomHeaders: $'''Authorization: Bearer %Token%''' ConnectionTimeout: 30 FollowRedirection: True ClearCookies: False FailOnErrorStatus: False EncodeRequestBody: True UserAgent: $'''flow''' Encoding: Web.Encoding.AutoDetect AcceptUntrustedCertificates: False Response=> Answer

Fixes:
    Use https:, SFTP or FTPS, turn on TLS for mail, and let certificates be checked. Make
    sure first that the server offers it.

Source:
    Actions reference of desktop flows: what Open FTP connection, Accept untrusted
    certificates and Enable SSL do.
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.analysis.transport import Weakness, credential_sent, may_be_weak, weaknesses
from padguard.catalog.lookup import load
from padguard.flow.model import Action
from padguard.flow.words import title
from padguard.foundation.messages import Message, mark
from padguard.rules.finding import Finding, Severity, action_key, action_place
from padguard.rules.rule import Rule

FOUND = mark("rules", "“{title}” sends what “{parameter}” holds so that others can read it.")
ALWAYS = mark("rules", "What this action sends is never encrypted.")
CONDITION = mark("rules", "“{parameter}” is {value}.")
ADDRESS = mark("rules", "The address starts with {scheme}, which is not encrypted.")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every action that sends a credential which can be read on its way."""
    for travel in inspection.travels:
        for procedure in travel.program.procedures:
            for action in procedure.subflow.actions:
                called = action.statement.action
                if not called or action.statement.disabled or not may_be_weak(called):
                    continue
                weakness = next(weaknesses(travel.program, procedure, action), None)
                if weakness is None:
                    continue
                flow = procedure.flow
                sent = credential_sent(flow, action, travel.trace, inspection.options)
                if sent is not None:
                    clause, variable = sent
                    names = (variable.name,) if variable else ()
                    message = FOUND(title=title(action), parameter=_label(action, clause.name))
                    key = action_key(flow, action, clause.name)
                    here = action_place(flow, action)
                    yield Finding(here, message, _why(action, weakness), 0.9, names, key=key)


def _why(action: Action, weakness: Weakness) -> Message:
    condition = weakness.condition
    if condition is not None:
        return CONDITION(parameter=_label(action, condition.input), value=condition.equals)
    if weakness.scheme:
        return ADDRESS(scheme=weakness.scheme)
    return ALWAYS


def _label(action: Action, name: str) -> str:
    """Return what the designer calls an input."""
    form = load().form(action.statement.action)
    parameter = form.input(name) if form else None
    return parameter.label if parameter else name


RULE = Rule(
    "PG306",
    "over-plain-transport",
    Severity.HIGH,
    mark("rules", "A credential can be read on its way"),
    check,
    __doc__ or "",
)
