"""Compares what was found in a case of the evaluation set with its labels."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.evaluation.model import BY_VARIABLE, Case, Label

OUTSIDE = frozenset({"PG107", "PG109", "PG206", "PG307"})
"""Rules about what stands outside of scripts; which part names such a place is open."""


@dataclass(frozen=True, slots=True)
class Report:
    """A finding, reduced to what labels speak of; ``row`` is None where it has no row."""

    rule: str
    part: str
    subflow: str
    row: int | None
    variables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the labels of a case, and of what was found in it.

    Attributes:
        found: Expected and found; a group of labels counts once, by its first label.
        missed: Expected and not found, likewise.
        wrong: Found, but neither expected nor left open.
    """

    found: tuple[Label, ...]
    missed: tuple[Label, ...]
    wrong: tuple[Report, ...]


def judge(case: Case, reports: Iterable[Report]) -> Verdict:
    """Return what a set of findings is worth.

    Findings at one place for the same label count once; a finding that a label leaves open counts
    neither way.
    """
    met: set[int] = set()
    wrong = []
    for report in reports:
        fitting = [index for index, label in enumerate(case.expect) if fits(label, report)]
        if fitting:
            met.add(next((index for index in fitting if index not in met), fitting[0]))
        elif not any(fits(label, report) for label in case.either):
            wrong.append(report)
    groups = _groups(case.expect)
    found = [group for group in groups if met & set(group)]
    missed = [group for group in groups if not met & set(group)]
    return Verdict(
        tuple(case.expect[group[0]] for group in found),
        tuple(case.expect[group[0]] for group in missed),
        tuple(wrong),
    )


def fits(label: Label, report: Report) -> bool:
    """Tell whether a finding is what a label speaks of."""
    if report.rule not in label.rules:
        return False
    if label.row is None and report.rule in OUTSIDE:
        return report.row is None
    if label.part != report.part:
        return False
    if label.variable and (report.rule in BY_VARIABLE or label.row is None):
        return label.variable.casefold() in (name.casefold() for name in report.variables)
    return label.row == report.row and label.subflow == report.subflow


def _groups(labels: tuple[Label, ...]) -> list[tuple[int, ...]]:
    """Return the labels' indexes, those of one group together."""
    groups: dict[str, list[int]] = {}
    for index, label in enumerate(labels):
        groups.setdefault(label.group or f"alone {index}", []).append(index)
    return [tuple(indexes) for indexes in groups.values()]
