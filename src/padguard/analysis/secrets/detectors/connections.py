"""Where connection strings lie in a text, and how their values are read."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from padguard.analysis.secrets.detectors.context import MAX_PLACES, Context
from padguard.analysis.secrets.detectors.values import MAX_VALUE, Value
from padguard.analysis.secrets.judging import Position
from padguard.analysis.secrets.model import HOLE, Carrier, SecretPart
from padguard.analysis.secrets.names import PASSWORD
from padguard.analysis.secrets.reasons import CONNECTION

_KNOWN_KEYS = """
    server, data source, datasource, address, addr, network address, host, hostname, host name,
    database, initial catalog, dbname, dbq, driver, provider, uid, user id, userid, user name,
    username, user, integrated security, trusted_connection, port, dsn, endpoint, accountname,
    sharedaccesskeyname, accountendpoint, defaultendpointsprotocol, endpointsuffix, blobendpoint,
    encrypt, entitypath, persist security info, extended properties, connect timeout, url, authtype,
    connection timeout, trustservercertificate, multipleactiveresultsets, application name,
    service name, servicename, workstation id, ashost, sysnr, client, mshost, deviceid, sslmode,
    charset, authentication, ssl, system database, mode, fil, domain, clientid, tenantid, email
"""
_KEYS = frozenset(key.strip() for key in _KNOWN_KEYS.split(","))
_KEY = re.compile(r"(?<![\w.])([a-z][a-z_]*+(?: [a-z]+){0,2}+) {0,4}=(?!=)")
_BRACED = re.compile(r"\{((?:[^}\r\n]|\}\})*+)\}")
_QUOTED = re.compile(r"""\\?"((?:[^"\r\n]|"")*+)\\?"|'((?:[^'\r\n]|'')*+)'""")
_REACH = 1000

# user/password@host of Oracle: after a tool or "connect", or as the whole text.
_EZCONNECT = re.compile(
    r"""(?:(?P<tool>\b(?:sqlplus(?:w)?|sqlldr|expdp|impdp|exp|imp|rman|sqlcl|connect|conn|toad|thin)
        (?:\.exe)?(?::|\s|\(\s*["'])\s*(?:-\w+\s+|/nolog\s+|userid=)*["']?) | \A\s*)
      (?P<user>[A-Za-z][\w$\#]{0,29})/(?P<password>"[^"\r\n]{1,60}"|[^\s/@"'\\:;]{1,60})
      @(?P<host>(?://)?[\w.\-￼]+(?::\d+|:￼)?(?:/[\w.\-￼]+)?|\(DESCRIPTION)""",
    re.VERBOSE | re.IGNORECASE,
)
_TOP_LEVEL = re.compile(
    r"\.(?:com|net|org|de|fr|es|it|nl|pl|jp|cn|eu|uk|io|co|png|svg|jpg)\Z", re.IGNORECASE
)


class ConnectionMap:
    """Knows which places of one text lie within a connection string."""

    def __init__(self, context: Context) -> None:
        self._context = context
        found = _KEY.finditer(context.aligned) if ";" in context.text else iter(())
        self._keys = [match.start() for match in found if match[1] in _KEYS]

    def holds(self, start: int) -> bool:
        """Return whether a ``key=`` at ``start`` has a known key for its neighbour on its line."""
        text = self._context.text
        if self._context.hint is Carrier.CONNECTION:
            return ";" in text  # PostgreSQL parts its keys by spaces
        first, last = self._context.line(start, _REACH)
        if ";" not in text[first:last]:
            return False
        index = bisect_left(self._keys, start)
        near = self._keys[max(0, index - 1) : index + 1]
        return any(first <= key < last for key in near)


def read_connection_value(text: str, position: int) -> Value | None:
    """Return the value of a key in a connection string: up to ``;``, quoted or in braces."""
    while text.startswith(" ", position):
        position += 1
    limit = min(len(text), position + MAX_VALUE)
    for rule in (_BRACED, _QUOTED):
        match = rule.match(text, position, limit)
        if match:
            group = match.lastindex or 0
            return Value(*match.span(group), match.end(), quoted=True)
    end = position
    stops = ';\r\n"<>' + ("'" if _quotes_open(text, position) else "")
    while end < limit and text[end] not in stops:
        end += 1
    after = end
    while end > position and text[end - 1] in " \t\\":
        end -= 1
    return Value(position, end, max(after, position + 1), quoted=True)


def _quotes_open(text: str, position: int) -> bool:
    """Return whether an apostrophe is open before ``position``, on its line."""
    first = max(text.rfind("\n", 0, position), position - 500, 0)
    return text.count("'", first, position) % 2 == 1


def find(context: Context) -> Iterator[SecretPart]:
    """Yield the passwords of Oracle's short form ``user/password@host``."""
    if "@" not in context.text or "/" not in context.text:
        return
    for match in islice(_EZCONNECT.finditer(context.text), MAX_PLACES):
        if not match["tool"] and not _is_whole(context, match):
            continue
        start, end = match.span("password")
        if context.text[start] == '"':
            start, end = start + 1, end - 1
        reason = CONNECTION(name=match["user"])
        part = context.weigh((start, end), PASSWORD, Position.SLOT, Carrier.CONNECTION, reason)
        if part:
            yield part


def _is_whole(context: Context, match: re.Match[str]) -> bool:
    """Return whether the text is nothing but a sign-in to Oracle (no path, no mail address)."""
    if context.hint is Carrier.CONNECTION:
        return True
    host = match["host"]
    if "/" not in host and ":" not in host and _TOP_LEVEL.search(host):
        return False
    return not context.text[match.end() :].strip() and (HOLE not in host or ":" in host)
