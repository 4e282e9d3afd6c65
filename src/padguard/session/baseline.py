"""Reads what ``padguard scan --baseline`` names: files of decisions, and earlier reports."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from padguard.exports.encodings import decode
from padguard.exports.limits import LIMITS, read_within
from padguard.foundation.errors import ConfigError, OpenError
from padguard.foundation.messages import mark
from padguard.foundation.tomlfile import NOT_READABLE
from padguard.reports.json import SCHEMA
from padguard.rules.triage import Decision, Decisions, State
from padguard.session.triage_file import parse_decisions

NO_REPORT: Final = mark(
    "session",
    "“{file}” is no report that can be a baseline. Write one with “padguard scan --format json”.",
)


class Baseline(NamedTuple):
    """What was decided and known before.

    ``compared`` tells whether something says what was found earlier, so that all else is new.
    """

    decisions: Decisions
    compared: bool


def read_baseline(paths: Iterable[Path]) -> Baseline:
    """Read files of decisions and earlier reports; what a person decided wins over a report.

    Args:
        paths: The files; of those that decide about the same finding, the last one holds.

    Raises:
        ConfigError: One of them cannot be read or is neither of the two.
    """
    known: list[Decision] = []
    decided: list[Decision] = []
    compared = False
    for path in paths:
        data = _read(path)
        report = _report(data, path.name)
        if report is None:
            decided += parse_decisions(data, path.name).values()
        else:
            compared = True
            known += _found(report, path.name)
    compared = compared or any(decision.state is State.BASELINE for decision in decided)
    return Baseline(Decisions([*known, *decided]), compared)


def _read(path: Path) -> bytes:
    try:
        return read_within(path, LIMITS.container, path.name)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigError(NOT_READABLE(file=path.name, reason=reason)) from error
    except OpenError as error:
        raise ConfigError(error.message) from error


def _report(data: bytes, name: str) -> dict[str, Any] | None:
    """Return the object of a report, or None where the file is no JSON at all.

    Windows PowerShell redirects a report into UTF-16.
    """
    try:
        text = decode(data, name)[0].lstrip()
    except OpenError as error:
        raise ConfigError(error.message) from error
    if not text.startswith("{"):
        return None
    try:
        report = json.loads(text)
    except (ValueError, RecursionError):
        raise ConfigError(NO_REPORT(file=name)) from None  # the error would quote the file
    if not isinstance(report, dict) or report.get("schema") != SCHEMA:
        raise ConfigError(NO_REPORT(file=name))
    return report


def _found(report: dict[str, Any], name: str) -> Iterator[Decision]:
    """Yield what a report found, as known before.

    Raises:
        ConfigError: It is no report of findings.
    """
    try:
        for export in report["exports"]:
            flows = {flow["id"]: str(flow["name"]) for flow in export["flows"]}
            for finding in export["findings"]:
                flow = finding["flow"] or ""
                yield Decision(
                    str(finding["fingerprint"]),
                    State.BASELINE,
                    str(finding["rule"]),
                    str(flow),
                    flows.get(flow, ""),
                    ", ".join(map(str, finding["variables"])),
                )
    except (AttributeError, KeyError, TypeError):
        raise ConfigError(NO_REPORT(file=name)) from None
