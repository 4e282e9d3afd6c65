"""The rules as SARIF descriptors (§3.49), with their explanations as help."""

from collections.abc import Iterable
from typing import Any, Final

from padguard.reports.explanation import Section, section, sections
from padguard.rules.finding import Severity
from padguard.rules.rule import Rule

LEVELS: Final = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
SCORES: Final = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "3.0",
    Severity.INFO: "0.0",
}
"""What code scanning services that think in CVSS scores show the same severity for."""


def rule_descriptors(rules: Iterable[Rule]) -> list[dict[str, Any]]:
    """Return the descriptors of some rules, in their order."""
    return [_descriptor(rule) for rule in rules]


def _descriptor(rule: Rule) -> dict[str, Any]:
    said = sections(rule)
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.slug.split("-")),
        "shortDescription": {"text": f"{rule.title}."},
        "fullDescription": {"text": section(rule, "Why it matters") or f"{rule.title}."},
        "help": {
            "text": "\n\n".join(f"{part.heading}\n{part.text}" for part in said) or str(rule.title),
            "markdown": "\n\n".join(map(_markdown, said)) or str(rule.title),
        },
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": ["security"], "security-severity": SCORES[rule.severity]},
    }


def _markdown(part: Section) -> str:
    body = f"```\n{part.text}\n```" if part.is_robin else part.text
    return f"**{part.heading}**\n\n{body}"
