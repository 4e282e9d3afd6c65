"""Flows judged by policies as JSON for other programs; fields are added but never changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from padguard.exports.model import Export
from padguard.flow.model import Flow
from padguard.governance.dlp_model import Evaluation, GroupLine, Setting
from padguard.governance.dlp_usage import Spot
from padguard.governance.policy import Policy
from padguard.reports.json import export_head, log_object
from padguard.reports.model import Failure


def dlp_log(
    policies: Sequence[Policy],
    setting: Setting,
    exports: Sequence[object],
    failures: Sequence[Failure],
) -> dict[str, Any]:
    """Return the whole object: the policies, how was judged, and what came out for each export.

    Args:
        policies: All policies that were read.
        setting: How was judged.
        exports: What `export_object` gives.
        failures: The inputs that could not be opened.
    """
    return {
        **log_object(exports, failures),
        "environment": setting.environment,
        "children": setting.children.value,
        "include_disabled": setting.include_disabled,
        "policies": [_policy_object(policy, setting) for policy in policies],
    }


def export_object(
    path: str, export: Export, flows: Sequence[Flow], evaluation: Evaluation
) -> dict[str, Any]:
    """Return what policies say of an export: groups, flows with cells, violations, open questions.

    Args:
        path: What the person called the export.
        export: The export.
        flows: Its flows.
        evaluation: What came out for them.
    """
    by_id = {flow.id: flow for flow in flows}
    return {
        **export_head(path, export),
        "notes": [str(note) for note in evaluation.notes],
        "groups": [_group_object(line, evaluation) for line in evaluation.groups],
        "flows": _flow_objects(evaluation),
        "violations": [
            {
                "kind": found.ground.value,
                "flow": found.flow_id,
                "groups": list(found.groups),
                "policies": list(found.policies),
                "message": str(found.reason),
                "rows": [_row_object(spot, by_id) for spot in found.spots],
            }
            for found in evaluation.violations
        ],
        "not_evaluated": [
            {
                "flow": found.flow_id,
                "group": found.group or None,
                "messages": [str(reason) for reason in found.reasons],
                "rows": [_row_object(spot, by_id) for spot in found.spots],
            }
            for found in evaluation.unevaluated
        ],
    }


def _policy_object(policy: Policy, setting: Setting) -> dict[str, Any]:
    return {
        "file": policy.file,
        "id": policy.name or None,
        "title": policy.title,
        "default": policy.default.value if policy.default else None,
        "environment_type": policy.scope.value,
        "environments": sorted(policy.environments),
        "applies": policy.holds_in(setting.environment),
        "ignored": [
            {"path": ignored.path, "message": str(ignored.reason)} for ignored in policy.ignored
        ],
    }


def _group_object(line: GroupLine, evaluation: Evaluation) -> dict[str, Any]:
    return {
        "key": line.key or None,
        "name": str(line.name),
        "standing": line.standing.value,
        "decided_by": list(line.deciders),
        "classes": [
            {"policy": policy.title, "classification": found.value if found else None}
            for policy, found in zip(evaluation.policies, line.classes, strict=True)
        ],
    }


def _flow_objects(evaluation: Evaluation) -> list[dict[str, Any]]:
    return [
        {
            "id": flow.flow_id,
            "name": flow.name,
            "verdict": flow.verdict.value,
            "groups": [
                {"key": line.key or None, "verdict": cell.verdict.value, "rows": cell.count}
                for line in evaluation.groups
                if (cell := evaluation.cells.get((line.key, flow.flow_id))) is not None
            ],
        }
        for flow in evaluation.flows
    ]


def _row_object(spot: Spot, flows: Mapping[str, Flow]) -> dict[str, Any]:
    script = flows[spot.flow_id].script
    statement = flows[spot.flow_id].actions[spot.action].statement
    return {
        "flow": spot.flow_id,
        "subflow": spot.subflow,
        "row": spot.row,
        "line": script.line_column(statement.start + statement.code)[0],
        "action": statement.action or None,
        "disabled": statement.disabled,
    }
