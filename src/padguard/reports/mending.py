"""What became of findings that were to be fixed, as text and as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from padguard.fixes.engine import LeftOut
from padguard.fixes.fix import Fix
from padguard.fixes.plan import Removed
from padguard.flow.model import Flow
from padguard.foundation.messages import Message, mark
from padguard.reports.changes import Line, json_lines, script_lines
from padguard.reports.json import as_json, log_object
from padguard.reports.locations import locate, place_words
from padguard.reports.model import Failure
from padguard.reports.text import COLOURS, Page
from padguard.reports.wording import SEVERITIES
from padguard.rules.finding import Finding

FIXED = mark("reports", "Fixed: {count}")
WOULD_FIX = mark("reports", "Would be fixed: {count}")
LEFT = mark("reports", "Left as it is: {count}")
TO_DO = mark("reports", "What is left to do")
SECRET = mark(
    "reports",
    "A secret was taken out of “{flow}”. It belongs into the credential “{credential}”; change it, "
    "for it has been seen.",
)
WRITTEN = mark("reports", "Written to {path}")
NOTHING_WRITTEN = mark("reports", "Nothing was changed, so nothing was written.")
FLOW_CHANGES = mark("reports", "Changes in “{flow}”:")
CLOUD_CHANGES = mark(
    "reports", "Changes in the cloud flow “{flow}” (which parts, not their values):"
)
FLAG_CHANGES = mark("reports", "Changed settings of “{flow}”: {names}")


@dataclass(frozen=True)
class MendingReport:
    """What became of the findings of one export.

    Attributes:
        path: What the person called the export.
        before: Its flows before, by id, analysed.
        after: Its flows after, by id, analysed.
        mended: The findings that were mended, with the fix of each.
        mended_in: For each of them, the flows that it lay in, by id.
        left_out: The findings that are left, with the reason; they lie in the flows after.
        cloud: Name of each cloud flow that changed, and its JSON before and after.
        flags: Names of the settings that changed, by id of flow.
        output: Where it was written, or None.
        preview: Whether nothing was to be written.
    """

    path: str
    before: Mapping[str, Flow] = field(repr=False)
    after: Mapping[str, Flow] = field(repr=False)
    mended: Sequence[tuple[Finding, Fix]] = field(repr=False)
    mended_in: Sequence[Mapping[str, Flow]] = field(repr=False)
    left_out: Sequence[LeftOut] = field(repr=False)
    cloud: Mapping[str, tuple[Any, Any]] = field(default_factory=dict, repr=False)
    flags: Mapping[str, Sequence[str]] = field(default_factory=dict)
    output: str | None = None
    preview: bool = False

    @property
    def changed_flows(self) -> Iterator[tuple[Flow, Flow]]:
        """The flows whose scripts differ, before and after."""
        for flow_id, flow in self.before.items():
            if flow.script.text != self.after[flow_id].script.text:
                yield flow, self.after[flow_id]

    @property
    def notes(self) -> list[Message]:
        """What a person should know and see to, each once."""
        plans = [fix.plan for _, fix in self.mended if fix.plan is not None]
        found = [note for plan in plans for note in plan.notes]
        found += [step.text for plan in plans for step in plan.steps]
        return list({str(note): note for note in found}.values())

    @property
    def removed(self) -> list[Removed]:
        """The secrets that were taken out."""
        plans = [fix.plan for _, fix in self.mended if fix.plan is not None]
        return list(dict.fromkeys(one for plan in plans for one in plan.removed))


def mending_text(report: MendingReport, page: Page, *, diff: bool) -> str:
    """Return what became of the findings, for a person."""
    return "\n".join(_lines(report, page, diff=diff)) + "\n"


def _lines(report: MendingReport, page: Page, *, diff: bool) -> Iterator[str]:
    heading = WOULD_FIX if report.preview else FIXED
    yield from page.lines(heading(count=len(report.mended)), 0)
    for (finding, fix), flows in zip(report.mended, report.mended_in, strict=True):
        yield from _entry(flows, page, finding, fix.title)
    yield from page.lines(LEFT(count=len(report.left_out)), 0)
    for one in report.left_out:
        yield from _entry(report.after, page, one.finding, one.reason)
    if report.notes or report.removed:
        yield from page.lines(TO_DO, 0)
        for note in report.notes:
            yield from page.lines(f"- {note}", 2, 2)
        for secret in report.removed:
            name = report.before[secret.flow_id].name
            yield from page.lines(f"- {SECRET(flow=name, credential=secret.credential)}", 2, 2)
    if diff:
        yield from _differences(report, page)
    if report.output is not None:
        yield from page.lines(WRITTEN(path=report.output), 0)
    elif not report.preview:
        yield from page.lines(NOTHING_WRITTEN, 0)


def _entry(
    flows: Mapping[str, Flow], page: Page, finding: Finding, words: Message
) -> Iterator[str]:
    severity = str(SEVERITIES[finding.severity]).upper()
    place = place_words(finding.place, flows)
    first, *others = page.lines(f"{severity} {finding.rule}  {place}", 2, 2)
    yield first.replace(severity, page.paint(severity, COLOURS[finding.severity]), 1)
    yield from others
    yield from page.lines(finding.message, 4)
    yield from page.lines(f"→ {words}", 4, 2)


def _differences(report: MendingReport, page: Page) -> Iterator[str]:
    colours = {"+": "green", "-": "red", "@": "cyan"}

    def painted(lines: Iterator[Line]) -> Iterator[str]:
        for line in lines:
            colour = colours.get(line.sign)
            yield page.paint(str(line), colour) if colour else str(line)

    for before, after in report.changed_flows:
        yield from ("", *page.lines(FLOW_CHANGES(flow=before.name), 0))
        yield from painted(script_lines(before, after))
    for name, (before_json, after_json) in report.cloud.items():
        yield from ("", *page.lines(CLOUD_CHANGES(flow=name), 0))
        yield from painted(json_lines(before_json, after_json))
    for flow_id, names in report.flags.items():
        words = FLAG_CHANGES(flow=report.before[flow_id].name, names=", ".join(names))
        yield from ("", *page.lines(words, 0))


def mending_json(report: MendingReport | None, failures: Sequence[Failure], *, diff: bool) -> str:
    """Return the same for programs: the object of the stable JSON with ``fixed`` and ``left``."""
    exports = [] if report is None else [_object(report, diff=diff)]
    return as_json(log_object(exports, failures)) + "\n"


def _object(report: MendingReport, *, diff: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "path": report.path,
        "output": report.output,
        "preview": report.preview,
        "fixed": [
            {
                **_finding(flows, finding),
                "fix": {
                    "id": fix.id,
                    "title": str(fix.title),
                    "applicability": fix.applicability.value,
                },
            }
            for (finding, fix), flows in zip(report.mended, report.mended_in, strict=True)
        ],
        "left": [
            {**_finding(report.after, one.finding), "reason": str(one.reason)}
            for one in report.left_out
        ],
        "to_do": [str(note) for note in report.notes],
        "removed_secrets": [
            {"flow": one.flow_id, "credential": one.credential} for one in report.removed
        ],
        "changed_flows": [before.id for before, _ in report.changed_flows],
        "changed_cloud_flows": list(report.cloud),
    }
    if diff:
        found["diff"] = [
            {"flow": before.id, "lines": [str(line) for line in script_lines(before, after)]}
            for before, after in report.changed_flows
        ]
    return found


def _finding(flows: Mapping[str, Flow], finding: Finding) -> dict[str, Any]:
    here = locate(finding.place, flows)
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "flow": here.flow.id if here.flow else None,
        "subflow": here.subflow,
        "row": here.row,
        "line": here.line,
        "message": str(finding.message),
        "fingerprint": finding.fingerprint,
    }
