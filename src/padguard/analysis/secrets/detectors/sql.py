"""Finds passwords in SQL: logins, encryption by pass phrase, rows with a password column."""

import re
from collections.abc import Iterator
from itertools import islice

from padguard.analysis.secrets.detectors.arguments import arguments
from padguard.analysis.secrets.detectors.context import MAX_PLACES, Context
from padguard.analysis.secrets.detectors.values import Value, read_quoted
from padguard.analysis.secrets.judging import Position
from padguard.analysis.secrets.model import Carrier, SecretPart
from padguard.analysis.secrets.names import PASSWORD, NameVerdict
from padguard.analysis.secrets.reasons import STATEMENT

_CLAUSE = re.compile(
    r"""\b(?:
      IDENTIFIED\s+(?:WITH\s+[\w'"]+\s+)?BY\s+(?!VALUES\b|PASSWORD\b)
      | (?:(?<=\s)|(?<=\())(?:BY\s+|ENCRYPTED\s+|UNENCRYPTED\s+|WITH\s+)?
        PASSWORD(?:\s+|\s*\(\s*)(?=N?')
      | USER\s+\S{1,80}\s+USING\s+(?=['"]?[^\s;'"]+['"]?\s*(?:;|\Z))
      )""",
    re.VERBOSE | re.IGNORECASE,
)
_SQL = re.compile(
    r"\b(?:create|alter|grant|set|drop|insert|update|exec|execute|select|open|connect|backup)\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"[^\s;,)'\"]{1,128}")
_INSERT = re.compile(r"\binsert\s+into\s+[\w.\[\]`\"]{1,120}\s*(?=\()", re.IGNORECASE)
_VALUES = re.compile(r"\s*values\s*(?=\()", re.IGNORECASE)
_NEXT_ROW = re.compile(r"\s*\)?\s*,\s*(?=\()")
_OPEN_ROWSET = re.compile(
    r"""\bOPENROWSET\s*\(\s*'[^'\r\n]{1,80}'\s*,\s*'[^'\r\n]{0,120}'\s*;\s*'[^'\r\n]{0,80}'\s*;\s*(?=')""",
    re.IGNORECASE,
)
_MAX_ROWS = 50


def find(context: Context) -> Iterator[SecretPart]:
    """Yield the secrets in SQL statements, also within other text."""
    if not context.has("password", "identified", "using", "openrowset", "insert into"):
        return
    if context.hint is not Carrier.SQL and not _SQL.search(context.text):
        return
    for match in islice(_CLAUSE.finditer(context.text), MAX_PLACES):
        clause = match.group().split()[0].upper()
        part = _weighed(context, _value(context, match.end()), PASSWORD, clause)
        if part:
            yield part
    for match in islice(_OPEN_ROWSET.finditer(context.text), MAX_PLACES):
        part = _weighed(context, _value(context, match.end()), PASSWORD, "OPENROWSET")
        if part:
            yield part
    for match in islice(_INSERT.finditer(context.text), MAX_PLACES // 10):
        yield from _rows(context, match.end())


def _value(context: Context, position: int) -> Value | None:
    quoted = read_quoted(context.text, position, Carrier.SQL)
    if quoted or context.text[position : position + 1] in ("'", '"'):
        return quoted
    bare = _BARE.match(context.text, position)
    return Value(*bare.span(), bare.end(), quoted=False) if bare else None


def _weighed(
    context: Context, value: Value | None, verdict: NameVerdict, name: str
) -> SecretPart | None:
    if value is None:
        return None
    span = value.start, value.end
    return context.weigh(span, verdict, Position.SLOT, Carrier.SQL, STATEMENT(name=name), name)


def _rows(context: Context, position: int) -> Iterator[SecretPart]:
    """Yield the secrets in the rows of an INSERT that names its columns."""
    text = context.text
    columns = arguments(text, position)
    verdicts = [context.verdict(text[start:end]) for start, end in columns]
    if not columns or not any(verdict.strength == "strong" for verdict in verdicts):
        return
    values = _VALUES.match(text, columns[-1][1] + 1)
    for _ in range(_MAX_ROWS):
        if values is None:
            return
        row = arguments(text, values.end())
        for verdict, column, cell in zip(verdicts, columns, row, strict=False):
            quoted = verdict.strength == "strong" and read_quoted(text, cell[0], Carrier.SQL)
            if quoted and quoted.after == cell[1]:
                part = _weighed(context, quoted, verdict, text[column[0] : column[1]])
                if part:
                    yield part
        values = _NEXT_ROW.match(text, row[-1][1]) if row else None
