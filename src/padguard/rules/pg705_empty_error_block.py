"""PG705: errors in a block are passed over in silence.

What it finds:
    An *On block error* that does nothing: no action, no repetition.

Why it matters:
    When a row in the block fails, the rest of the block is left out and nobody hears of it.

Example:
    BLOCK 'Post invoice'
    ON BLOCK ERROR all
    END
        File.Delete Files: Invoice
    END

Fixed:
    BLOCK 'Post invoice'
    ON BLOCK ERROR all
        SET Failed TO True
    END
        File.Delete Files: Invoice
    END

Fixes:
    Set a variable or run a subflow that reports the error, or throw it again.

Source:
    Microsoft Learn, "Flow checker (preview)": empty on block error action.
"""

from collections.abc import Iterator

from padguard.analysis.inspection import Inspection
from padguard.flow.model import Action, Flow
from padguard.foundation.messages import mark
from padguard.robin.tree import Kind
from padguard.rules.contents import contents
from padguard.rules.finding import Finding, Severity, action_key, action_place
from padguard.rules.rule import Rule

FOUND = mark("rules", "Errors in this block are passed over in silence.")
WHY = mark("rules", "Nothing stands in its error handling.")


def check(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for every block whose error handling does nothing."""
    for flow in inspection.flows:
        filled = contents(flow)
        for block, handlers in _handlers(flow).items():
            does_nothing = all(
                handler.statement_index not in filled
                and all(clause.name != "REPEAT" for clause in handler.statement.clauses)
                for handler in handlers
            )
            if does_nothing:
                here = action_place(flow, block)
                yield Finding(here, FOUND, WHY, key=action_key(flow, block))


def _handlers(flow: Flow) -> dict[Action, list[Action]]:
    """Return the error handlers of each block that has any."""
    by_index = {action.statement_index: action for action in flow.actions}
    found: dict[Action, list[Action]] = {}
    for action in flow.actions:
        statement = action.statement
        block = by_index.get(statement.opener)
        if statement.kind is Kind.ON_BLOCK_ERROR and block and not statement.disabled:
            if block.statement.kind is Kind.ON_BLOCK_ERROR:
                block = by_index.get(block.statement.opener, block)
            found.setdefault(block, []).append(action)
    return found


RULE = Rule(
    "PG705",
    "empty-error-block",
    Severity.MEDIUM,
    mark("rules", "Errors in a block are passed over in silence"),
    check,
    __doc__ or "",
)
