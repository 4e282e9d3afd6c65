"""What the Data flow view says where it draws nothing, or only a part."""

from padguard.analysis.graph import Graph
from padguard.foundation.messages import Message, mark
from padguard.ui.document import Analysis, Document
from padguard.ui.views.dataflow_scope import Excerpt, Scope

NO_EXPORT = mark(
    "data flow", "Open an export to see how sensitive values travel through its flows."
)
STOPPED = mark("data flow", "The analysis was stopped. Press F5 to see the data flow.")
WAITING = mark("data flow", "Sensitive values are being followed. This takes a moment.")
NOTHING = mark(
    "data flow",
    "No sensitive values travel through this export as far as it is known. Mark what must stay "
    "secret: select a variable and press Ctrl+M. Its ways appear here.",
)
NOTHING_HERE = mark(
    "data flow",
    "Nothing sensitive gets to what is selected. Select another flow, row or variable, or choose "
    "“Whole export” above.",
)
NEAREST = mark(
    "data flow",
    "{shown} of {total} places of this export are drawn, those nearest to what is selected. Select "
    "another row or variable to see what surrounds it.",
)
PART = mark(
    "data flow",
    "{shown} of {total} places of this export are drawn, so that they can be read. Choose above to "
    "draw more or less.",
)


def why_empty(
    document: Document | None, graph: Graph | None, part: Excerpt | None
) -> Message | None:
    """Return why nothing is drawn and what to do about it, or None where something is."""
    if document is None:
        return NO_EXPORT
    if graph is None:
        return STOPPED if document.analysis is Analysis.STOPPED else WAITING
    if not graph.nodes:
        return NOTHING
    if part is not None and not part.graph.nodes:
        return NOTHING_HERE
    return None


def why_partial(part: Excerpt, wanted: Scope | None) -> Message | None:
    """Return why a part is not the whole; None where it is, or where a person asked for it."""
    shown = len(part.graph.nodes)
    if part.cut:
        return NEAREST(shown=shown, total=part.total)
    if wanted is None and shown < part.total:
        return PART(shown=shown, total=part.total)
    return None
