"""What to do first: the actions that mend most, one for all findings with the same remedy."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from padguard.fixes.fix import Applicability, Fix
from padguard.foundation.messages import Message, mark
from padguard.reports.posture_score import points_of
from padguard.rules.finding import Finding

Offered = Mapping[str, Sequence[Fix]]
"""What can be done about findings, the best first, by their fingerprints."""

MANY: Final = {
    "replace-secret": mark("reports", "Retrieve secrets with Get credential"),
    "drop-default": mark("reports", "Drop the defaults of sensitive inputs"),
    "replace-input": mark("reports", "Replace inputs that carry secrets by Get credential"),
    "use-property": mark("reports", "Use credentials directly instead of copies"),
    "mark": mark("reports", "Mark variables as sensitive"),
    "mark-path": mark("reports", "Mark variables as sensitive, along their whole paths"),
    "unmark": mark("reports", "Take needless marks away"),
    "redact": mark("reports", "Take secrets out of remarks and disabled rows"),
    "delete-row": mark("reports", "Delete remarks and disabled rows that hold secrets"),
    "drop-from-text": mark("reports", "Take sensitive values out of texts"),
    "disable-row": mark("reports", "Disable rows that give sensitive values away"),
    "secure-transport": mark("reports", "Send data encrypted, to servers that are checked"),
    "secure-caller": mark("reports", "Turn on secure inputs and outputs in cloud flows"),
    "clear-form-field": mark("reports", "Empty fields of forms"),
    "share-component": mark("reports", "Give access to components"),
    "guide-say-without": mark("reports", "Say what happened without sensitive values"),
    "guide-written-down": mark("reports", "Write down something else than sensitive values"),
    "guide-sent-out": mark("reports", "Send references in place of sensitive values"),
    "guide-rename": mark("reports", "Give variables shorter names"),
    "guide-rename-input": mark("reports", "Give inputs and outputs shorter names"),
    "guide-default": mark("reports", "Give inputs defaults, or make them optional"),
}
"""What a recipe does when it mends several findings, by its id."""

AND_MORE = mark("reports", "{title}, and {count} more like it")

_RANKS: Final = (Applicability.SAFE, Applicability.REVIEW, Applicability.GUIDED)


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do, which mends one or more findings.

    Attributes:
        recipe: Id of the recipe that all its fixes are made by.
        title: What to do, in a few words.
        applicability: How sure the least sure of its fixes is.
        findings: What it mends, the worst first.
        fix: What it does for the first of them.
    """

    recipe: str
    title: Message
    applicability: Applicability
    findings: tuple[Finding, ...] = field(repr=False)
    fix: Fix = field(repr=False)

    @property
    def points(self) -> int:
        """What the findings cost."""
        return sum(map(points_of, self.findings))

    @property
    def by_hand(self) -> bool:
        """Whether a person does it, in the designer or the portal."""
        return self.applicability is Applicability.GUIDED


def todo_of(findings: Iterable[Finding], offered: Offered) -> list[Todo]:
    """Return what to do, first what changes the export and then what a person does by hand.

    Both begin with what takes the most points away. Each finding is mended by its best remedy; one
    without any is in none.

    Args:
        findings: What is to be mended, the worst first.
        offered: What can be done about them.
    """
    groups: dict[tuple[bool, str], list[tuple[Finding, Fix]]] = {}
    for finding in findings:
        fix = best(offered.get(finding.fingerprint, ()))
        if fix is not None:
            key = fix.applicability is Applicability.GUIDED, fix.id
            groups.setdefault(key, []).append((finding, fix))
    return sorted(map(_todo, groups.values()), key=lambda one: (one.by_hand, -one.points))


def best(fixes: Iterable[Fix]) -> Fix | None:
    """Return the first of some fixes that can be made, or None."""
    return next((fix for fix in fixes if fix.plan is not None), None)


def _todo(group: Sequence[tuple[Finding, Fix]]) -> Todo:
    fixes = [fix for _, fix in group]
    return Todo(
        fixes[0].id,
        _title(fixes),
        max((fix.applicability for fix in fixes), key=_RANKS.index),
        tuple(finding for finding, _ in group),
        fixes[0],
    )


def _title(fixes: Sequence[Fix]) -> Message:
    first = fixes[0]
    if len({str(fix.title) for fix in fixes}) == 1:
        return first.title
    general = MANY.get(first.id)
    return general if general is not None else AND_MORE(title=first.title, count=len(fixes) - 1)
