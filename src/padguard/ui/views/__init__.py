"""The views of an open export."""

from padguard.ui.views.dataflow_view import DataFlowView
from padguard.ui.views.explorer import ExplorerView
from padguard.ui.views.findings_view import FindingsView
from padguard.ui.views.flow_view import FlowView
from padguard.ui.views.guide_view import GuideView
from padguard.ui.views.script_view import ScriptView

__all__ = [
    "DataFlowView",
    "ExplorerView",
    "FindingsView",
    "FlowView",
    "GuideView",
    "ScriptView",
]
