"""What stands in the blocks of a flow."""

from padguard.flow.model import Flow
from padguard.robin.tree import Kind

_NOTHING = frozenset(
    {Kind.COMMENT, Kind.REGION, Kind.END_REGION, Kind.LABEL, Kind.END}
    | {Kind.ON_ERROR, Kind.ON_BLOCK_ERROR}
)


def contents(flow: Flow) -> frozenset[int]:
    """Return the blocks in which something is done, by the index of the statement that heads them.

    Comments, regions, labels and disabled rows do nothing; nor does the error handling of a block.
    """
    return frozenset(
        action.statement.opener
        for action in flow.actions
        if action.statement.kind not in _NOTHING and not action.statement.disabled
    )
