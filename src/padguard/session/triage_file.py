"""Reads and writes the file beside an export that keeps what people decided about its findings."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from padguard.exports.atomic import saving, write_file
from padguard.foundation.errors import ConfigError
from padguard.foundation.messages import Message, mark
from padguard.foundation.tomlfile import DAMAGED, NO_TEXT, NOT_READABLE
from padguard.rules.triage import Decision, Decisions, State, without_secrets

SUFFIX: Final = ".padguard-triage.toml"
FORMAT: Final = 1
LARGEST: Final = 32_000_000  # bytes; a decision takes some three hundred

TOO_LARGE = mark("session", "“{file}” is too large for a file of decisions.")
NO_TRIAGE = mark(
    "session", "“{file}” is no file of decisions: it does not say “format = 1” as PAD Guard does."
)
NEWER = mark(
    "session",
    "“{file}” was written by a newer version of PAD Guard. Update PAD Guard to use it; the file "
    "was left as it is.",
)
UNMERGED = mark(
    "session",
    "“{file}” holds a merge that Git left to you. Keep the lines of both sides, take out the lines "
    "that begin with <<<<<<<, ======= and >>>>>>>, and try again.",
)
NO_LIST = mark("session", "“decisions” in “{file}” must be a list with one decision a line.")
NO_FINGERPRINT = mark("session", "Decision number {number} in “{file}” names no fingerprint.")
NO_REASON = mark(
    "session",
    "The finding {fingerprint} is accepted without a reason in “{file}”. Write one: reason = "
    '"why this may stay".',
)
NOT_TEXT = mark("session", "“{key}” of the decision {fingerprint} in “{file}” must be a text.")
NOT_DAY = mark(
    "session",
    "“{key}” of the decision {fingerprint} in “{file}” must be a date without quotes: 2026-12-31.",
)
NOT_STATE = mark(
    "session",
    "“state” of the decision {fingerprint} in “{file}” must be one of these: {known}.",
)
TWICE = mark(
    "session",
    "“{file}” says two different things about the finding {fingerprint}. Keep one of the lines.",
)

_HEADER: Final = """\
# PAD Guard keeps here what people decided about findings: one decision a line, in the order of the
# fingerprints of the findings. Keep the file beside the export; it holds for every version of it.
# You may edit it: state is "accepted" (which takes a reason; until = 2026-12-31 is the last day on
# which it holds), "false-positive" or "baseline". Never write a secret into a reason.
# The lines "# 00" to "# ff" keep decisions apart, so that Git can merge what two people decided.
# With this line in .gitattributes it merges without ever asking:
# *.padguard-triage.toml text eol=lf merge=union
"""
_STATES: Final = {state.value: state for state in State if state is not State.OPEN}
_VERSION: Final = re.compile(r"(?:_\d+){2,4}(?:_managed)?$", re.IGNORECASE)
_GUARDED: Final = re.compile(r"(?:\.guarded)+$", re.IGNORECASE)
_CONFLICT: Final = re.compile(r"^(?:<{7}|={7}|>{7})(?: |\r?$)", re.MULTILINE)
_PLACE: Final = re.compile(r"line (\d+), column (\d+)")
_SHARDS: Final = [f"{number:02x}" for number in range(256)]


def triage_path(export: Path) -> Path:
    """Return where the decisions about an export are kept: beside it, for all its versions.

    ``InvoiceDesk_1_0_0_1.zip`` and ``InvoiceDesk_1_0_0_2.guarded.zip`` share
    ``InvoiceDesk.padguard-triage.toml``.

    Args:
        export: A solution zip, a folder it was unpacked to, or a file with Robin text.
    """
    export = export.absolute()
    name = export.name if export.is_dir() else export.stem
    unguarded = _GUARDED.sub("", name) or name
    return export.parent / f"{_VERSION.sub('', unguarded) or unguarded}{SUFFIX}"


def read_decisions(path: Path) -> Decisions:
    """Read the decisions that a file keeps; none where there is no file.

    What looks like a secret in a reason is masked at once.

    Raises:
        ConfigError: The file cannot be read, is damaged, or was written by a newer version.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        return Decisions()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigError(NOT_READABLE(file=path.name, reason=reason)) from error
    return parse_decisions(data, path.name)


def parse_decisions(data: bytes, name: str) -> Decisions:
    """Return the decisions that the bytes of a file hold.

    Args:
        data: UTF-8, with or without a byte order mark, with line ends of any system.
        name: What to call the file in errors.

    Raises:
        ConfigError: As `read_decisions`.
    """
    top = _parsed(data, name)
    version = top.pop("format", None)
    if type(version) is not int or version < 1:
        raise ConfigError(NO_TRIAGE(file=name))
    if version > FORMAT:
        raise ConfigError(NEWER(file=name))
    entries = top.pop("decisions", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ConfigError(NO_LIST(file=name))
    found: dict[str, Decision] = {}
    for number, entry in enumerate(entries, 1):
        decision = _decision(entry, number, name)
        if found.setdefault(decision.fingerprint, decision) != decision:
            raise ConfigError(TWICE(file=name, fingerprint=decision.fingerprint))
    return Decisions(found.values(), top)


def write_decisions(path: Path, decisions: Decisions) -> None:
    """Write decisions, whole or not at all.

    Raises:
        ConfigError: What stands there is damaged or of a newer version; it is left as it is.
        SaveError: The file could not be written; what stood there stands there still.
    """
    read_decisions(path)
    with saving(path):
        write_file(_bytes(decisions), path)


def change_decisions(path: Path, change: Callable[[Decisions], Decisions]) -> Decisions:
    """Change what a file keeps, as it stands now: it may have been merged since it was last read.

    Args:
        path: The file; made where there is none.
        change: Returns the new decisions, given those that the file holds.

    Returns:
        What the file holds afterwards.

    Raises:
        ConfigError: The file cannot be understood; it is left as it is.
        SaveError: The file could not be written.
    """
    changed = change(read_decisions(path))
    with saving(path):
        write_file(_bytes(changed), path)
    return changed


def _parsed(data: bytes, name: str) -> dict[str, Any]:
    import tomllib

    if len(data) > LARGEST:
        raise ConfigError(TOO_LARGE(file=name))
    try:
        text = data.decode("utf-8-sig")
        return tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise ConfigError(NO_TEXT(file=name)) from error
    except (ValueError, RecursionError) as error:
        if _CONFLICT.search(text):
            raise ConfigError(UNMERGED(file=name)) from None
        raise ConfigError(_damaged(str(error), text, name)) from None  # it may quote the file


def _damaged(error: str, text: str, name: str) -> Message:
    place = _PLACE.search(error)
    line, column = place.groups() if place else (text.count("\n") + 1, 1)
    return DAMAGED(file=name, line=line, column=column)


def _decision(entry: dict[str, Any], number: int, file: str) -> Decision:
    fingerprint = entry.pop("fingerprint", None)
    if not isinstance(fingerprint, str) or not fingerprint.strip():
        raise ConfigError(NO_FINGERPRINT(number=number, file=file))

    def text(key: str) -> str:
        value = entry.pop(key, "")
        if not isinstance(value, str):
            raise ConfigError(NOT_TEXT(key=key, fingerprint=fingerprint, file=file))
        return value.strip()

    def day(key: str) -> date | None:
        value = entry.pop(key, None)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            raise ConfigError(NOT_DAY(key=key, fingerprint=fingerprint, file=file))
        return value

    state = _STATES.get(text("state"))
    if state is None:
        known = ", ".join(_STATES)
        raise ConfigError(NOT_STATE(fingerprint=fingerprint, file=file, known=known))
    decision = Decision(
        fingerprint.strip(),
        state,
        rule=text("rule"),
        flow_id=text("flow"),
        flow_name=text("flow-name"),
        about=text("about"),
        reason=text("reason"),
        date=day("date"),
        until=day("until"),
        extra=entry,
    )
    if state is State.ACCEPTED and not decision.reason:
        raise ConfigError(NO_REASON(fingerprint=fingerprint, file=file))
    return without_secrets(decision)


def _bytes(decisions: Decisions) -> bytes:
    lines = [_HEADER, f"format = {FORMAT}\n"]
    lines += (f"{_inline({key: value})[1:-1]}\n" for key, value in decisions.extra.items())
    rows = {shard: f"# {shard}\n" for shard in _SHARDS}
    rows |= {one.fingerprint: f"  {_inline(_entry(one))},\n" for one in decisions.values()}
    lines += ("\ndecisions = [\n", *(rows[key] for key in sorted(rows)), "]\n")
    return "".join(lines).encode("utf-8", "replace")  # names in exports may hold half a character


def _entry(decision: Decision) -> dict[str, Any]:
    """Return what is written of a decision, in the order of its line."""
    decision = without_secrets(decision)
    known = {
        "fingerprint": decision.fingerprint,
        "state": decision.state.value,
        "rule": decision.rule,
        "flow": decision.flow_id,
        "flow-name": decision.flow_name,
        "about": decision.about,
        "reason": decision.reason,
        "date": decision.date,
        "until": decision.until,
    }
    written = {key: value for key, value in known.items() if value not in (None, "")}
    return {**written, **decision.extra}


def _inline(values: Mapping[str, Any]) -> str:
    """Return values as an inline table of TOML, which is always one line."""
    import tomlkit

    table = tomlkit.inline_table()
    table.update(values)
    return table.as_string()
