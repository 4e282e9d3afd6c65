"""What a rule is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from padguard.analysis.inspection import Inspection
from padguard.foundation.messages import Message
from padguard.rules.finding import Finding, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it is called, and how it looks.

    Attributes:
        id: Its number, the same for ever.
        slug: Its name, the same for ever.
        severity: How bad its findings are unless a person decides otherwise.
        title: The problem in a few words.
        check: Yields its findings; it reads the inspection and changes nothing.
        explanation: The docstring of its module: What it finds, Why it matters, Example, Fixes,
            Source.
    """

    id: str
    slug: str
    severity: Severity
    title: Message
    check: Callable[[Inspection], Iterator[Finding]]
    explanation: str
