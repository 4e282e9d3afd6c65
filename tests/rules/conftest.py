"""What the rules find in flows written as text."""

from collections.abc import Callable, Iterable, Mapping

import pytest

from padguard.analysis.inspection import Inspector
from padguard.analysis.options import Options
from padguard.exports.model import DesktopFlow, Export, ExportKind
from padguard.flow.build import build_flow
from padguard.rules.engine import Selection, find
from padguard.rules.finding import Finding

HEADER = "@SENSITIVE: []\n"


def findings(
    scripts: str | Mapping[str, str],
    *,
    select: Iterable[str] = (),
    options: Options | None = None,
    selection: Selection | None = None,
    **parts: object,
) -> list[Finding]:
    """Return what the rules find in one script, or in several by flow id.

    A script without a header gets one, so that it can be judged as a whole flow. ``parts`` are
    further parts of the export, by their names in `Export`.
    """
    by_id = {"flow": scripts} if isinstance(scripts, str) else scripts
    whole = {
        flow_id: text if "@SENSITIVE" in text else HEADER + text for flow_id, text in by_id.items()
    }
    stored = tuple(DesktopFlow(flow_id, flow_id, text) for flow_id, text in whole.items())
    known: dict[str, object] = {"desktop_flows": stored, **parts}
    export = Export(None, ExportKind.SOLUTION, "", **known)  # type: ignore[arg-type]  # by name
    flows = [build_flow(flow_id, flow_id, text) for flow_id, text in whole.items()]
    inspection = Inspector(options or Options()).inspect(export, flows)
    return find(inspection, selection or Selection(tuple(select)))


@pytest.fixture(name="findings", scope="session")
def findings_of() -> Callable[..., list[Finding]]:
    """Return `findings`."""
    return findings
