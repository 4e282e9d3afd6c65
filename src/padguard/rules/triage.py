"""What people decided about findings: the states of a finding, and decisions as data."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, Final

from padguard.foundation.masked import MASK, Masked
from padguard.rules.finding import Finding

_SHORT: Final = 6  # characters; a shorter secret is masked as a word only, not within others


class State(Enum):
    """Where a finding stands; the values are the words of the stable JSON."""

    OPEN = "open"
    ACCEPTED = "accepted"
    FALSE_POSITIVE = "false-positive"
    BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about one finding, or that it was known before (``BASELINE``).

    It names no row and no line, so that it holds, and reads the same, after edits elsewhere.

    Attributes:
        fingerprint: Of the finding.
        state: Any but ``OPEN``.
        rule: Id of the rule that made the finding.
        flow_id: The flow of the finding, or "" where it is in none.
        flow_name: What the flow was called then.
        about: The place and the variables, in a few words.
        reason: Why it was decided so; never empty where the finding was accepted.
        date: The day of the decision, or None where it is not known.
        until: The last day on which it holds, or None where it does so for good.
        masked: Whether something in the reason looked like a secret and was masked.
        extra: Whatever else is written beside it, kept for the program that wrote it.
    """

    fingerprint: str
    state: State
    rule: str
    flow_id: str = ""
    flow_name: str = ""
    about: str = ""
    reason: str = ""
    date: dt.date | None = None
    until: dt.date | None = None
    masked: bool = field(default=False, compare=False)
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def has_expired(self, today: dt.date) -> bool:
        """Tell whether its last day is over."""
        return self.until is not None and self.until < today


def decide(
    finding: Finding,
    state: State,
    *,
    flow_name: str,
    today: dt.date,
    reason: str = "",
    until: dt.date | None = None,
    secrets: Iterable[Masked] = (),
) -> Decision:
    """Return the decision about a finding.

    Args:
        finding: The finding, with its fingerprint.
        state: What is decided; any but ``OPEN``.
        flow_name: What its flow is called; empty where it is in none.
        today: The day of the decision.
        reason: Why; what in it is, or looks like, a secret is masked.
        until: The last day on which the decision holds, or None.
        secrets: The secrets that the export is known to hold.

    Raises:
        ValueError: The state is ``OPEN``, or a finding is accepted without a reason.
    """
    if state is State.OPEN or (state is State.ACCEPTED and not reason.strip()):
        message = "a decision is never “open”, and to accept a finding takes a reason"
        raise ValueError(message)
    known = [*secrets, *([finding.secret] if finding.secret else [])]
    return without_secrets(
        Decision(
            finding.fingerprint,
            state,
            finding.rule,
            finding.place.flow_id,
            flow_name,
            _about(finding),
            reason.strip(),
            today,
            until,
        ),
        known,
    )


def _about(finding: Finding) -> str:
    place = finding.place
    where = str(place.where) if place.where else place.subflow
    return " › ".join(part for part in (where, ", ".join(finding.variables)) if part)


def without_secrets(decision: Decision, secrets: Iterable[Masked] = ()) -> Decision:
    """Return a decision whose words hold no secret: neither a known one, nor what looks like one.

    ``masked`` tells whether the reason had to be masked.
    """
    known = list(secrets)
    reason = _hidden(decision.reason, known)
    return replace(
        decision,
        about=_hidden(decision.about, known),
        reason=reason,
        masked=decision.masked or reason != decision.reason,
    )


def _hidden(text: str, secrets: Iterable[Masked]) -> str:
    values = {secret.reveal() for secret in secrets if secret and secret.reveal() in text}
    for value in sorted(values, key=len, reverse=True):
        word = re.escape(value)
        text = re.sub(rf"(?<!\w){word}(?!\w)" if len(value) < _SHORT else word, MASK, text)
    from padguard.analysis.secrets.carriers import secrets_in_text  # slow, and rarely wanted

    for part in reversed(secrets_in_text(text)):
        if not part.is_reference:
            text = text[: part.start] + MASK + text[part.end :]
    return text


class Decisions(Mapping[str, Decision]):
    """Decisions by fingerprint, in that order; never changed, only made anew.

    ``extra`` is what else their file says, kept for the program that wrote it.
    """

    __slots__ = ("_decisions", "extra")

    def __init__(
        self, decisions: Iterable[Decision] = (), extra: Mapping[str, Any] | None = None
    ) -> None:
        found = {decision.fingerprint: decision for decision in decisions}
        self._decisions = dict(sorted(found.items()))
        self.extra: Mapping[str, Any] = extra or {}

    def __getitem__(self, fingerprint: str) -> Decision:
        return self._decisions[fingerprint]

    def __iter__(self) -> Iterator[str]:
        return iter(self._decisions)

    def __len__(self) -> int:
        return len(self._decisions)

    def __repr__(self) -> str:
        return f"Decisions({len(self)})"

    def state_of(self, finding: Finding, today: dt.date) -> State:
        """Return where a finding stands; what was decided until a day that is over is open."""
        decision = self._decisions.get(finding.fingerprint)
        if decision is None or decision.has_expired(today):
            return State.OPEN
        return decision.state

    def unused(
        self, findings: Iterable[Finding], flow_ids: Collection[str], rules: Collection[str]
    ) -> list[Decision]:
        """Return the decisions whose finding is gone.

        Args:
            findings: What was found.
            flow_ids: The flows that were looked through. Where "" is among them, decisions on what
                is in no flow are judged too: only right where all of them are about this export.
            rules: Ids of the rules that ran.
        """
        found = {finding.fingerprint for finding in findings}
        return [
            decision
            for decision in self.values()
            if decision.flow_id in flow_ids
            and decision.rule in rules
            and decision.fingerprint not in found
        ]

    def expired(self, today: dt.date) -> list[Decision]:
        """Return the decisions whose last day is over."""
        return [decision for decision in self.values() if decision.has_expired(today)]

    def with_decision(self, decision: Decision) -> "Decisions":
        """Return these with one more, in place of what was decided about its finding before."""
        return Decisions([*self.values(), decision], self.extra)

    def without(self, fingerprint: str) -> "Decisions":
        """Return these without what was decided about a finding: it is open again."""
        return Decisions(
            (one for one in self.values() if one.fingerprint != fingerprint), self.extra
        )
