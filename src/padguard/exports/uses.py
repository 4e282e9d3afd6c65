"""The Metadata and Dependencies of a flow, kept in step with the statements of its script."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from padguard.exports.payloads import Json
from padguard.robin.literals import decode_text
from padguard.robin.parser import parse
from padguard.robin.tree import Role, Script, Statement

_GUID: Final = re.compile(r"\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?", re.IGNORECASE)
_MAY_TELL: Final = re.compile(
    r"External\s*\.|WorkQueues\s*\.|Logging\s*\.|Credential", re.IGNORECASE
)
_RUN_FLOW: Final = "external.runflow"
_WORK_QUEUES: Final = "workqueues."
_CREDENTIAL: Final = "credential"

CONNECTIONS: Final = "containsActiveConnections"
WORK_QUEUES: Final = "containsActiveWorkQueuesActions"
LOG_MESSAGES: Final = "containsActiveLogMessageActions"
CREDENTIALS: Final = "containsActiveCredentialsActions"
_FLAGS: Final = (CONNECTIONS, WORK_QUEUES, LOG_MESSAGES, CREDENTIALS)


class References(NamedTuple):
    """What a script refers to by id, lower case, each once, in the order of the text."""

    enabled: tuple[str, ...] = ()
    disabled: tuple[str, ...] = ()


class Uses(NamedTuple):
    """What a script uses, as far as payloads tell of it.

    Attributes:
        flags: The flags of Metadata that its enabled statements make true.
        child_flows: The desktop flows that it runs.
        work_queues: The work queues that it names.
    """

    flags: frozenset[str] = frozenset()
    child_flows: References = References()
    work_queues: References = References()

    @classmethod
    def of(cls, text: str) -> "Uses":
        """Read a script; one that names no such action is not parsed."""
        if not _MAY_TELL.search(text):
            return cls()
        script = parse(text)
        actions = [statement for statement in script.statements if statement.action]
        enabled = [statement for statement in actions if not statement.disabled]
        return cls(
            frozenset(flag for statement in enabled for flag in _flags(statement)),
            _references(script, actions, _RUN_FLOW, "flowid"),
            _references(script, actions, _WORK_QUEUES, "workqueue"),
        )


def follow_flags(stored: Json, old: Uses, new: Uses) -> Json:
    """Return Metadata that follows a change of the script.

    Measured on the 62 flows of real exports that have it: ``containsActiveConnections`` is true
    in the 12 that run a cloud connector, ``containsActiveWorkQueuesActions`` in the 5 (of 55) that
    work with a work queue, and nowhere else. ``containsActiveLogMessageActions`` (55) and
    ``containsActiveCredentialsActions`` (37) are false in all of them, and none has such an
    action; they are taken as they are named. No statement in a real export is disabled; the flags
    speak of *active* actions, so only enabled ones count.

    Args:
        stored: The decoded payload; not changed. A legacy flow keeps the same flags in the
            ``definition`` of its JSON.
        old: What the script used when the payload was written.
        new: What it uses now.

    Returns:
        A payload in which the flags that are there and that the change touches say what the new
        script implies; ``stored`` itself where nothing has to change.
    """
    if not isinstance(stored, dict):
        return stored
    changed = {
        flag: flag in new.flags
        for flag in _FLAGS
        if flag in stored and (flag in old.flags) != (flag in new.flags)
    }
    return with_settings(stored, changed)


def with_settings(stored: Json, settings: Mapping[str, bool]) -> Json:
    """Return a payload with some settings changed; one that is not there is not added."""
    if not isinstance(stored, dict):
        return stored
    changed = {name: value for name, value in settings.items() if name in stored}
    if all(stored[name] is value for name, value in changed.items()):
        return stored
    return {**stored, **changed}


def follow_dependencies(stored: Json, old: Uses, new: Uses) -> Json:
    """Return Dependencies that follow a change of the script.

    In all real exports ``childFlows`` holds the flows that ``External.RunFlow`` names and
    ``workQueues`` the queues that work queue actions name, each once, in no telling order.
    Whether a disabled statement counts is not known, as none occurs: so an id is added when an
    enabled statement begins to name it, removed when no statement names it any more, not even a
    disabled one, and left as it is stored in between.

    ``environmentVariables`` and ``requiredBinaries`` stay as they are stored, and so do the lists
    of legacy packages, whose form is not known.

    Args:
        stored: The decoded payload; not changed.
        old: What the script used when the payload was written.
        new: What it uses now.

    Returns:
        A payload; ``stored`` itself where nothing has to change.
    """
    if not isinstance(stored, dict):
        return stored
    followed = {
        "childFlows": _followed(stored.get("childFlows"), old.child_flows, new.child_flows),
        "workQueues": _followed(stored.get("workQueues"), old.work_queues, new.work_queues),
    }
    changed = {name: ids for name, ids in followed.items() if ids is not None}
    return {**stored, **changed} if changed else stored


def _flags(statement: Statement) -> set[str]:
    action = statement.action.casefold()
    held = {
        CONNECTIONS: action == "external.invokecloudconnector",
        WORK_QUEUES: action.startswith(_WORK_QUEUES),
        LOG_MESSAGES: action == "logging.logmessage",
        CREDENTIALS: action.endswith("getcredential") or _yields_credential(statement),
    }
    return {flag for flag, holds in held.items() if holds}


def _yields_credential(statement: Statement) -> bool:
    """Tell whether an action has a result ``Credential=>``, as Get credential has."""
    return any(
        clause.role is Role.RESULT and not clause.dynamic and clause.name.casefold() == _CREDENTIAL
        for clause in statement.clauses
    )


def _references(script: Script, actions: list[Statement], action: str, argument: str) -> References:
    """Return the ids that an argument of some actions gives as literal text."""
    found: dict[bool, dict[str, None]] = {True: {}, False: {}}
    for statement in actions:
        if not statement.action.casefold().startswith(action):
            continue
        for clause in statement.clauses:
            if clause.role is Role.ARGUMENT and clause.name.casefold() == argument:
                guid = _guid(script.clause_text(statement, clause))
                if guid and not clause.dynamic:
                    found[statement.disabled][guid] = None
    return References(tuple(found[False]), tuple(found[True]))


def _guid(source: str) -> str:
    try:
        match = _GUID.fullmatch(decode_text(source).strip())
    except ValueError:
        return ""
    return match[1].lower() if match else ""


def _followed(stored: Json, old: References, new: References) -> list[Json] | None:
    """Return a list of ids that follows a change, or None where it stays."""
    if not isinstance(stored, list):
        return None
    held = [item.lower() if isinstance(item, str) else item for item in stored]
    gone = {*old.enabled, *old.disabled} - {*new.enabled, *new.disabled}
    come = [guid for guid in new.enabled if guid not in old.enabled and guid not in held]
    kept = [item for item, guid in zip(stored, held, strict=True) if guid not in gone]
    return [*kept, *come] if come or len(kept) < len(stored) else None
