"""Prints how well the rules do on the evaluation set, and a general secret scanner beside them.

Usage: ``python -m tests.benchmarks.evaluate [--missed] [RULE…]``; ``--missed`` prints every label
that was missed and every finding that is wrong.
"""

import argparse
import contextlib
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.evaluation.exporting import make_export
from tests.evaluation.judge import Report, Verdict, judge
from tests.evaluation.loader import load_cases
from tests.evaluation.model import Case, Label

from padguard.rules.finding import Finding
from padguard.session.session import Session

FAMILIES = ("PG1", "PG2", "PG3")
AIM, AIM_PER_RULE = 0.95, 0.9


def reports(case: Case) -> Iterator[Report]:
    """Yield what the rules find in a case, in the words of its labels."""
    session = Session(make_export(case))
    for finding in session.analyse():
        if finding.rule.startswith(FAMILIES):
            yield _report(session, finding)


def _report(session: Session, finding: Finding) -> Report:
    place = finding.place
    if place.where is not None:
        return Report(finding.rule, str(place.where), "", None, finding.variables)
    flow = session.flow(place.flow_id)
    action = flow.actions[place.action] if place.action >= 0 else None
    row = action.row if action else None
    return Report(finding.rule, flow.name, place.subflow, row, finding.variables)


class Score:
    """Counts of what was found, missed and wrong."""

    def __init__(self) -> None:
        self.found: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()

    def add(self, verdict: Verdict) -> None:
        """Count a verdict."""
        self.found.update(label.rules[0] for label in verdict.found)
        self.missed.update(label.rules[0] for label in verdict.missed)
        self.wrong.update(report.rule for report in verdict.wrong)

    def line(self, name: str, rules: tuple[str, ...], aim: float) -> str:
        """Return precision, recall and F1 over some rules, and whether the aim was missed."""
        found, missed, wrong = (
            sum(count[rule] for rule in rules) for count in (self.found, self.missed, self.wrong)
        )
        precision = found / (found + wrong) if found + wrong else 1.0
        recall = found / (found + missed) if found + missed else 1.0
        both = precision + recall
        f1 = 2 * precision * recall / both if both else 0.0
        note = "" if min(precision, recall) >= aim else "   missed"
        return (
            f"{name:10} found {found:4}  missed {missed:4}  wrong {wrong:4}   "
            f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}{note}"
        )


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--missed", action="store_true", help="print what was missed or is wrong")
    parser.add_argument("rules", nargs="*", help="only cases that speak of these rules")
    arguments = parser.parse_args()
    cases = load_cases()
    score = Score()
    for case in cases:
        verdict = judge(case, reports(case))
        score.add(verdict)
        if arguments.missed:
            _print_details(case, verdict, set(arguments.rules))
    rules = sorted({*score.found, *score.missed, *score.wrong})
    for rule in rules:
        print(score.line(rule, (rule,), AIM_PER_RULE))
    print(score.line("overall", tuple(rules), AIM))
    secret_rules = tuple(rule for rule in rules if rule.startswith("PG1"))
    print(score.line("PG1xx", secret_rules, AIM))
    print(_general_scanner(cases))


def _print_details(case: Case, verdict: Verdict, only: set[str]) -> None:
    lines = [f"  missed {_words(label)}" for label in verdict.missed if _asked(label.rules, only)]
    lines += [f"  wrong  {report}" for report in verdict.wrong if _asked((report.rule,), only)]
    if lines:
        print(f"{case.family}/{case.group} {case.id} ({case.kind}): {case.about}", *lines, sep="\n")


def _asked(rules: tuple[str, ...], only: set[str]) -> bool:
    return not only or bool(only.intersection(rules))


def _words(label: Label) -> str:
    return f"{'/'.join(label.rules)} {label.part} › {label.subflow} › {label.row} {label.variable}"


def _general_scanner(cases: tuple[Case, ...]) -> str:
    """Return how detect-secrets does on the cases that are about secrets in scripts."""
    try:
        from detect_secrets.core.secrets_collection import SecretsCollection
        from detect_secrets.settings import default_settings
    except ImportError:
        return "detect-secrets is not installed: no comparison"
    counts: Counter[str] = Counter()
    with default_settings():
        for case in cases:
            if case.kind not in ("secret", "decoy"):
                continue
            found = any(_scan(SecretsCollection, flow.script) for flow in case.flows)
            counts[f"{case.kind} {found}"] += 1
    hits, misses, false = (counts[key] for key in ("secret True", "secret False", "decoy True"))
    precision = hits / (hits + false) if hits + false else 1.0
    recall = hits / (hits + misses) if hits + misses else 1.0
    return (
        f"detect-secrets on the same {hits + misses} secret and {false + counts['decoy False']} "
        f"decoy cases, by case: precision {precision:.3f}  recall {recall:.3f}"
    )


def _scan(collection: type, script: str) -> bool:
    descriptor, path = tempfile.mkstemp(suffix=".robin")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(script)
        found = collection()
        found.scan_file(path)
        return bool(found.data)
    finally:
        with contextlib.suppress(OSError):
            Path(path).unlink()


if __name__ == "__main__":
    main()
