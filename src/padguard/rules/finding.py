"""What a rule says of a place, with the proof."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeAlias

from padguard.flow.model import Action, Flow, Variable
from padguard.foundation.masked import Masked
from padguard.foundation.messages import Message
from padguard.robin.tree import Role

if TYPE_CHECKING:  # the window starts without the analysis
    from padguard.analysis.cloud import CloudRun
    from padguard.analysis.hits import Hit
    from padguard.analysis.holdings import Holding
    from padguard.analysis.trace import Exposure

Subject: TypeAlias = "Hit | Holding | Exposure | Variable | CloudRun | None"
"""What a finding may speak of: a secret, a variable, what it holds, where it shows, a caller."""

_SALT = b"padguard/1"
_HINT = 2  # digits: they tell secrets apart, yet nobody can try out passwords on a fingerprint


class Severity(Enum):
    """How bad a finding is, the worst first; the values are the words of the stable JSON."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is: in a script, or (``where``) in another part of the export.

    Attributes:
        flow_id: The flow, or "" where it is none.
        subflow: The subflow, or "" for the header.
        action: Index into ``Flow.actions``, or -1 for the header and for other parts.
        start: First character in the script, or -1.
        end: Character behind the last one, or -1.
        where: What part of the export it is, where it is not in a script.
    """

    flow_id: str
    subflow: str = ""
    action: int = -1
    start: int = -1
    end: int = -1
    where: Message | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: where, and what happens there, in words."""

    place: Place
    text: Message


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found.

    Attributes:
        place: Where it is.
        message: What is wrong, in one sentence.
        why: Why this was found, in one sentence.
        confidence: How sure it is, 0 to 1.
        variables: Names of the variables it is about, the main one first.
        path: The steps that prove it, from the source on; empty where the place says it all.
        secret: The literal it is about, or None.
        key: What tells it from other findings of its rule in its subflow, whatever the row.
        rule: Id of the rule; set by the engine, as are the two below.
        severity: How bad it is.
        subject: What the analysis found that it speaks of, for those who mend it.
        fingerprint: The same for the same finding after the flow was edited elsewhere.
    """

    place: Place
    message: Message
    why: Message
    confidence: float = 1.0
    variables: tuple[str, ...] = ()
    path: tuple[Step, ...] = ()
    secret: Masked | None = field(default=None, repr=False)
    key: str = field(default="", repr=False)  # may hold the name of a region, so a secret
    rule: str = ""
    severity: Severity = Severity.INFO
    fingerprint: str = ""
    subject: Subject = field(default=None, repr=False, compare=False)


def action_place(flow: Flow, action: Action, start: int = -1, end: int = -1) -> Place:
    """Return the place of an action, or of some characters in it."""
    if start < 0:
        start = action.statement.start + action.statement.code
        end = action.statement.end
    return Place(flow.id, action.subflow.name, action.index, start, end)


def action_key(flow: Flow, action: Action, detail: str = "") -> str:
    """Return what stays the same of an action when rows around it and its literals change."""
    statement = action.statement
    names = [
        f"{clause.name}={flow.script.clause_text(statement, clause)}"
        for clause in statement.clauses
        if clause.role in (Role.RESULT, Role.TARGET, Role.NAME)
    ]
    return "|".join((statement.kind.name, statement.action, *names, detail)).casefold()


def with_fingerprints(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings with their fingerprints: rule, flow, normalised place, a hint at the secret.

    Row and line numbers are no part of it; findings that are alike in all of these are told apart
    by their order.
    """
    seen: dict[str, int] = {}
    for finding in findings:
        place = finding.place
        secret = finding.secret.reveal() if finding.secret else ""
        parts = (
            finding.rule,
            place.flow_id,
            place.subflow.casefold(),
            str(place.where or ""),
            finding.key,
            "|".join(finding.variables).casefold(),
            _hash(secret)[:_HINT] if secret else "",
        )
        same = "\x00".join(parts)
        number = seen[same] = seen.get(same, 0) + 1
        yield replace(finding, fingerprint=_hash(f"{same}\x00{number}"))


def _hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12, key=_SALT).hexdigest()
