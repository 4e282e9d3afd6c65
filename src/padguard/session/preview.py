"""What a plan would make of an export, to be looked at before it is applied."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from padguard.analysis.inspection import Inspection
from padguard.analysis.scan import scan_flow
from padguard.exports.payloads import BOM, Json, decode_json
from padguard.fixes.plan import Plan
from padguard.flow.build import build_flow
from padguard.flow.masking import Span, merged
from padguard.flow.model import Flow
from padguard.robin.literals import decode_text
from padguard.rules.finding import Finding

SHORT = 4  # characters; a shorter secret is masked as a word only, not within others


@dataclass(frozen=True, slots=True)
class ChangedFlow:
    """A flow before and after; both know where their secrets are."""

    before: Flow
    after: Flow


@dataclass(frozen=True, slots=True)
class ChangedCloudFlow:
    """A cloud flow before and after."""

    name: str
    before: Json = field(repr=False)
    after: Json = field(repr=False)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a plan changes.

    Attributes:
        flows: The desktop flows whose scripts change.
        cloud_flows: The cloud flows that change.
        flags: The settings of flows that change: name of the flow, name, new value.
    """

    flows: tuple[ChangedFlow, ...] = ()
    cloud_flows: tuple[ChangedCloudFlow, ...] = ()
    flags: tuple[tuple[str, str, bool], ...] = ()


def preview(inspection: Inspection, findings: Iterable[Finding], plan: Plan) -> Preview:
    """Return what a plan would make of an export; nothing is changed.

    In the flows after it, masked is what looks like a secret there, and whatever reads like a
    secret that is known now, wherever it went.

    Args:
        inspection: The export as it stands.
        findings: What was found in it.
        plan: A plan that was made for it.
    """
    names = {stored.id: stored.name for stored in inspection.export.desktop_flows}
    known = _known_secrets(inspection, findings)
    return Preview(
        tuple(
            ChangedFlow(flow, _after(inspection, flow, plan.after.scripts[flow.id], known))
            for flow in inspection.flows
            if flow.id in plan.after.scripts
        ),
        tuple(
            ChangedCloudFlow(
                cloud.name, cloud.definition, decode_json(text.removeprefix(BOM), cloud.member)
            )
            for cloud in inspection.export.cloud_flows
            if (text := plan.after.cloud.get(cloud.id)) is not None
        ),
        tuple(
            (names.get(flow_id, ""), name, value)
            for flow_id, flags in plan.after.flags.items()
            for name, value in flags.items()
        ),
    )


def _after(inspection: Inspection, flow: Flow, text: str, known: re.Pattern[str] | None) -> Flow:
    after = build_flow(flow.id, flow.name, text)
    elements = inspection.outside.password_elements(flow.id)
    hits = scan_flow(after, inspection.options, elements)
    spans: list[Span] = [(hit.start, hit.end) for hit in hits]
    spans += (found.span() for found in known.finditer(text)) if known else ()
    after.secrets = tuple(merged(spans))
    return after


def _known_secrets(inspection: Inspection, findings: Iterable[Finding]) -> re.Pattern[str] | None:
    """Return what finds the secrets of an export in a text, as they are written or read."""
    found = {text for text in _secret_texts(inspection, findings) if text}
    words = [
        rf"(?<!\w){re.escape(text)}(?!\w)" if len(text) < SHORT else re.escape(text)
        for text in sorted(found, key=len, reverse=True)
    ]
    return re.compile("|".join(words)) if words else None


def _secret_texts(inspection: Inspection, findings: Iterable[Finding]) -> Iterator[str]:
    for flow in inspection.flows:
        for start, end in flow.secrets or ():
            written = flow.script.text[start:end].strip()
            yield from (written, decode_text(f"'{written}'"))
    for finding in findings:
        if finding.secret and finding.place.where is None:  # a name elsewhere may be none here
            yield finding.secret.reveal()
