"""What an open export holds at the moment: flows, cloud flows, settings."""

from dataclasses import replace
from pathlib import Path

from padguard.exports.cloud import with_cloud_texts
from padguard.exports.model import Export
from padguard.exports.revise import changed_flags, has_flags, with_flags
from padguard.exports.save import render_export, save_export
from padguard.exports.texts import Texts
from padguard.flow.build import build_flow
from padguard.flow.model import Flow
from padguard.foundation.collector import collection_paused
from padguard.foundation.errors import EditError
from padguard.foundation.messages import mark
from padguard.foundation.progress import Progress

READING_FLOW = mark("session", "Reading {flow}")
NO_SUCH_FLOW = mark("session", "The export has no flow {flow}.")


class Content:
    """The texts of an export as they stand, and the flows made of them.

    ``export`` is the export as it stands, ``flows`` are its desktop flows by id, in its order. The
    texts are the single source of truth: flows are built anew from those that change.
    """

    def __init__(self, export: Export, progress: Progress) -> None:
        self.export = self._opened = export
        self.flows: dict[str, Flow] = {}
        total = len(export.desktop_flows)
        with collection_paused():
            for done, stored in enumerate(export.desktop_flows):
                progress.step(done, total, READING_FLOW(flow=stored.name))
                self.flows[stored.id] = build_flow(stored.id, stored.name, stored.script)
        progress.step(total, total)

    def flow(self, flow_id: str) -> Flow:
        """Return one flow.

        Raises:
            EditError: There is none of that id.
        """
        try:
            return self.flows[flow_id]
        except KeyError:
            raise EditError(NO_SUCH_FLOW(flow=flow_id)) from None

    def has(self, texts: Texts) -> bool:
        """Tell whether some texts are as they stand now."""
        scripts = all(self.flow(key).script.text == text for key, text in texts.scripts.items())
        now = {cloud.id: cloud.text for cloud in self.export.cloud_flows}
        cloud = all(now.get(key) == text for key, text in texts.cloud.items())
        return scripts and cloud and has_flags(self.export, texts.flags)

    def take_over(self, texts: Texts) -> frozenset[str]:
        """Have some texts stand; return the ids of the flows that were rebuilt.

        Raises:
            EditError: A flow is not there, or a cloud flow or a setting cannot be so; nothing was
                changed.
        """
        export = self.export
        if texts.cloud or texts.flags:
            export = with_flags(with_cloud_texts(export, texts.cloud), texts.flags)
        flows = {
            flow_id: build_flow(flow_id, self.flow(flow_id).name, text)
            for flow_id, text in texts.scripts.items()
        }
        self.export = export
        self.flows.update(flows)
        return frozenset(flows)

    @property
    def changes(self) -> Texts:
        """All texts that differ from those that were opened."""
        stored = {flow.id: flow.script for flow in self._opened.desktop_flows}
        opened = {cloud.id: cloud.text for cloud in self._opened.cloud_flows}
        scripts = {flow_id: flow.script.text for flow_id, flow in self.flows.items()}
        cloud = {cloud.id: cloud.text for cloud in self.export.cloud_flows}
        return Texts(
            {key: text for key, text in scripts.items() if text != stored[key]},
            {key: text for key, text in cloud.items() if text != opened[key]},
            changed_flags(self._opened, self.export),
        )

    def render(self) -> bytes:
        """Return the bytes that `save` would write to a file; it raises the same errors."""
        changes = self.changes
        return render_export(self._opened, changes.scripts, changes.cloud, changes.flags)

    def save(self, path: Path, progress: Progress | None) -> None:
        """Write the export with its changes, starting from the bytes that were opened.

        Raises:
            SaveError: It could not be written; what was there is whole.
        """
        changes = self.changes
        save_export(self._opened, changes.scripts, path, progress, changes.cloud, changes.flags)
        self.export = replace(self.export, path=path)
