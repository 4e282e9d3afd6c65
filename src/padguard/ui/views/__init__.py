"""The views of an open export."""

from padguard.ui.views.explorer import ExplorerView
from padguard.ui.views.flow_view import FlowView
from padguard.ui.views.script_view import ScriptView

__all__ = ["ExplorerView", "FlowView", "ScriptView"]
