"""Flows in shorthand, and what the analysis says of them."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pytest

from padguard.analysis.options import Options
from padguard.analysis.scan import scan_flow
from padguard.analysis.travel import Travel, follow
from padguard.flow.build import build_flow

if TYPE_CHECKING:
    from padguard.flow.model import Flow

_SHOW = "Display.ShowMessageDialog.ShowMessage Message: "
_HEADER = "@SENSITIVE: [Pw]\n@INPUT Pw : { 'FriendlyName': 'Pw', 'Type': 'String' }\n"


class Story:
    """Flows written in shorthand with what is expected of them.

    ``LEAK expression`` shows an expression that holds sensitive data by then, ``SAFE expression``
    one that does not. Without a header, a script gets a marked input Pw.
    """

    def __init__(self, scripts: Mapping[str, str], options: Options) -> None:
        self.flows: list[Flow] = []
        self.expected: set[tuple[str, int, str]] = set()
        for flow_id, text in scripts.items():
            self.flows.append(build_flow(flow_id, flow_id, self._script(flow_id, text)))
        hits = {flow: scan_flow(flow, options) for flow in self.flows}
        self.travel: Travel = follow(self.flows, hits, options)

    def _script(self, flow_id: str, text: str) -> str:
        full = text if text.lstrip().startswith("@SENSITIVE") else _HEADER + text
        lines = [line.strip() for line in full.strip("\n").split("\n")]
        for number, line in enumerate(lines):
            word, _, rest = line.partition(" ")
            if word in ("LEAK", "SAFE"):
                lines[number] = _SHOW + rest
                if word == "LEAK":
                    self.expected.add((flow_id, number + 1, rest))
        return "\n".join(lines) + "\n"

    @property
    def shown(self) -> set[tuple[str, int, str]]:
        """What the analysis says is shown: flow, line, expression."""
        found = set()
        for exposure in self.travel.trace.exposures.values():
            flow = self.travel.program.procedure_of(exposure.action).flow
            statement = exposure.action.statement
            line, _ = flow.script.line_column(statement.start)
            source = flow.script.source(statement).strip()
            found.add((flow.id, line, source.removeprefix(_SHOW)))
        return found

    def path(self, name: str) -> list[str]:
        """Return the names of the variables along the first way to a variable."""
        holdings = next(
            found for variable, found in self.travel.trace.holdings.items() if variable.name == name
        )
        return [holding.fact.variable.name for holding in holdings[0].path()]

    def sensitivity(self, name: str) -> str:
        """Return how a variable stands."""
        return next(
            variable.sensitivity.value
            for flow in self.flows
            for variable in flow.variables
            if variable.name == name
        )


@pytest.fixture
def story() -> Callable[..., Story]:
    """Return what makes a story of one script, or of several by flow id."""

    def make(scripts: str | Mapping[str, str], options: Options | None = None) -> Story:
        by_id = {"": scripts} if isinstance(scripts, str) else scripts
        return Story(by_id, options or Options())

    return make
