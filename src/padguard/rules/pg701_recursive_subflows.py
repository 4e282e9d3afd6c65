"""PG701: subflows run each other without end.

What it finds:
    A subflow that runs itself, directly or through other subflows.

Why it matters:
    The flow may never end, and fails when too many calls wait for each other.

Example:
    CALL Work
    FUNCTION Work GLOBAL
        CALL Check
    END FUNCTION
    FUNCTION Check GLOBAL
        CALL Work
    END FUNCTION

Fixed:
    CALL Work
    FUNCTION Work GLOBAL
        CALL Check
    END FUNCTION
    FUNCTION Check GLOBAL
        SET Tries TO 1
    END FUNCTION

Fixes:
    Use a loop with a condition in place of the call.

Source:
    Microsoft Learn, "Flow checker (preview)": recursion between two subflows.
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.analysis.program import Call, Procedure
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding, Severity, Step, action_place
from padguard.rules.rule import Rule

FOUND = mark("rules", "The subflow {name} runs itself again.")
WHY = mark("rules", "The calls lead back to where they started: {names}.")
RUNS = mark("rules", "{caller} runs {callee}")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every circle of calls, at the call that closes it."""
    for travel in inspection.travels:
        calls: dict[Procedure, list[Call]] = {}
        for call in travel.program.calls.values():
            if call.shares and call.callee is not None:
                calls.setdefault(call.caller, []).append(call)
        seen: set[Procedure] = set()
        for procedure in travel.program.procedures:
            if procedure not in seen:
                yield from (_finding(circle) for circle in _circles(procedure, calls, seen))


def _circles(
    first: Procedure, calls: dict[Procedure, list[Call]], seen: set[Procedure]
) -> Iterator[list[Call]]:
    """Yield circles of calls that can be got to from a subflow; goes down and back without recursion."""
    seen.add(first)
    way: list[Call] = []
    on_way = {first: 0}
    waiting = [iter(calls.get(first, ()))]
    while waiting:
        call = next(waiting[-1], None)
        if call is None:
            waiting.pop()
            if way:
                left = way.pop().callee
                if left is not None:
                    del on_way[left]
        elif call.callee in on_way:
            yield [*way[on_way[call.callee] :], call]
        elif call.callee is not None and call.callee not in seen:
            seen.add(call.callee)
            way.append(call)
            on_way[call.callee] = len(way)
            waiting.append(iter(calls.get(call.callee, ())))


def _finding(circle: list[Call]) -> Finding:
    last = circle[-1]
    flow = last.caller.flow
    names = [call.caller.subflow.name for call in circle]
    path = tuple(
        Step(
            action_place(flow, call.action),
            RUNS(
                caller=call.caller.subflow.name,
                callee=call.callee.subflow.name if call.callee else "",
            ),
        )
        for call in circle
    )
    return Finding(
        action_place(flow, last.action),
        FOUND(name=names[0]),
        WHY(names=" → ".join([*names, names[0]])),
        path=path,
        key="|".join(names).casefold(),
    )


RULE = Rule(
    "PG701",
    "recursive-subflows",
    Severity.MEDIUM,
    mark("rules", "Subflows run each other without end"),
    check,
    __doc__ or "",
)
