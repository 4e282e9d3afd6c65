"""The views of an open export."""

from padguard.ui.views.audit_view import AuditView
from padguard.ui.views.components_view import ComponentsView
from padguard.ui.views.dataflow_view import DataFlowView
from padguard.ui.views.dlp_view import DlpView
from padguard.ui.views.explorer import ExplorerView
from padguard.ui.views.findings_view import FindingsView
from padguard.ui.views.flow_view import FlowView
from padguard.ui.views.guide_view import GuideView
from padguard.ui.views.posture_view import PostureView
from padguard.ui.views.script_view import ScriptView

__all__ = [
    "AuditView",
    "ComponentsView",
    "DataFlowView",
    "DlpView",
    "ExplorerView",
    "FindingsView",
    "FlowView",
    "GuideView",
    "PostureView",
    "ScriptView",
]
