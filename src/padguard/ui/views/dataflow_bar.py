"""The bar above the data flow: how much is drawn, how large, and saving it as a picture."""

from PySide6.QtWidgets import QWidget

from padguard.foundation.messages import mark
from padguard.ui.views.dataflow_scope import Scope
from padguard.ui.views.graph_bar import Choice, GraphBar

CHOICES = (
    Choice(
        Scope.WHOLE,
        mark("data flow", "Whole export"),
        mark("data flow", "Draw everything in this export"),
    ),
    Choice(
        Scope.FLOW,
        mark("data flow", "This flow"),
        mark("data flow", "Draw the selected flow and its links"),
    ),
    Choice(
        Scope.AROUND,
        mark("data flow", "Around the selection"),
        mark(
            "data flow",
            "Draw where the selected row or variable gets its values from, and where they go",
        ),
    ),
)


class DataFlowBar(GraphBar):
    """Offers the scopes of the data flow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", CHOICES, parent)
        self.setAccessibleName(self.tr("How the data flow is shown"))
