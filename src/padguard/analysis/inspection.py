"""All that the rules look at: the export, its flows, the secrets in them, the travels of data."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar, cast

from padguard.analysis.effects import is_run_flow
from padguard.analysis.hits import Hit, HitKind
from padguard.analysis.options import Options
from padguard.analysis.outside import Outside, read_outside
from padguard.analysis.program import argument_text
from padguard.analysis.scan import Row, scan_flow
from padguard.analysis.travel import Reached, Travel, follow
from padguard.exports.model import Export
from padguard.flow.model import Flow
from padguard.foundation.messages import mark
from padguard.foundation.progress import Progress
from padguard.governance.audit_answers import Answers
from padguard.governance.dlp_model import Evaluation
from padguard.governance.inventory import Inventory, take_inventory
from padguard.governance.inventory_masking import without_secrets
from padguard.governance.snapshot import Snapshot

SCANNING = mark("analysis", "Looking for secrets in {flow}")
FOLLOWING = mark("analysis", "Following sensitive data")

_Found = TypeVar("_Found")


@dataclass(frozen=True)
class Inspection:
    """What is known of an export; rules read it and change nothing.

    Attributes:
        export: The export.
        flows: Its flows as they stand now.
        options: What a person decided.
        hits: The secrets written into the scripts, in the order of the text, by flow.
        travels: The travels of sensitive data, for each group of flows that run each other.
        outside: What the export holds beside its scripts.
        evaluation: What the loaded policies say of the flows, or None where none are loaded.
        snapshot: The environment that the export is for, or None where it is not known.
        answers: What somebody says of that environment, or None.
    """

    export: Export
    flows: Sequence[Flow]
    options: Options
    hits: dict[Flow, tuple[Hit, ...]] = field(repr=False)
    travels: tuple[Travel, ...] = field(repr=False)
    outside: Outside = field(default_factory=Outside, repr=False)
    evaluation: Evaluation | None = field(default=None, repr=False)
    snapshot: Snapshot | None = field(default=None, repr=False)
    answers: Answers | None = field(default=None, repr=False)
    _known: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    def known(self, key: Hashable, find: Callable[[], _Found]) -> _Found:
        """Return what was found under a key before, or find it now: nothing of it will change."""
        if key not in self._known:
            self._known[key] = find()
        return cast("_Found", self._known[key])

    @cached_property
    def inventory(self) -> Inventory:
        """The components that the export refers to; what is known for a secret is masked."""
        found = take_inventory(self.export, self.flows, self.outside.runs)
        searched = all(flow.secrets is not None for flow in self.flows)
        return without_secrets(found, self.flows) if searched else found

    def hits_of(self, *kinds: HitKind) -> Iterator[Hit]:
        """Yield the secrets of some kinds, flow by flow, found by their looks or destination."""
        for hits in self.hits.values():
            yield from (hit for hit in hits if hit.kind in kinds)
        for travel in self.travels:
            yield from (hit for hit in travel.destined if hit.kind in kinds)

    def reached(self, hit: Hit) -> Reached | None:
        """Return how a text that is a secret by its destination gets there, or None."""
        for travel in self.travels:
            if hit in travel.destined:
                return travel.destined[hit]
        return None

    def travel_of(self, flow: Flow) -> Travel:
        """Return the travels of data through the flows that a flow belongs to."""
        return next(travel for travel in self.travels if flow in travel.program.flows)


class Inspector:
    """Inspects an export again and again, and again only what changed.

    Secrets are kept by flow, travels by groups of flows that run each other. A flow is the same
    as long as it is the same object; of one that changed, only rows that are new are searched for
    secrets. Not safe for use from two threads at once.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self._hits: dict[Flow, tuple[Hit, ...]] = {}
        self._harmless: dict[str, set[Row]] = {}
        self._runs: dict[Flow, frozenset[str]] = {}
        self._travels: dict[tuple[Flow, ...], Travel] = {}
        self._outside: tuple[Export, Outside] | None = None

    def inspect(
        self, export: Export, flows: Sequence[Flow], progress: Progress | None = None
    ) -> Inspection:
        """Return what is known of an export; its variables learn whether they are EXPOSED.

        Raises:
            CancelledError: The work was cancelled.
        """
        watch = progress or Progress()
        hits: dict[Flow, tuple[Hit, ...]] = {}
        outside = self._read_outside(export)
        for done, flow in enumerate(flows):
            watch.step(done, 2 * len(flows), SCANNING(flow=flow.name))
            known = self._hits.get(flow)
            if known is None:
                elements = outside.password_elements(flow.id)
                harmless = self._harmless.setdefault(flow.id, set())
                known = tuple(scan_flow(flow, self._options, elements, harmless))
            hits[flow] = known
        self._hits = hits
        self._runs = {flow: self._runs.get(flow) or _runs(flow) for flow in flows}
        travels: dict[tuple[Flow, ...], Travel] = {}
        done = len(flows)
        for group in self._groups(flows):
            watch.step(done, 2 * len(flows), FOLLOWING)
            done += len(group)
            travels[group] = self._travels.get(group) or follow(group, hits, self._options)
        self._travels = travels
        return Inspection(export, flows, self._options, hits, tuple(travels.values()), outside)

    def _read_outside(self, export: Export) -> Outside:
        """Read what is beside the scripts, once for what was opened: it does not change."""
        if self._outside is not None:
            before, outside = self._outside
            if (
                before.source is export.source
                and before.binaries is export.binaries
                and before.cloud_flows is export.cloud_flows
            ):
                return outside
        self._outside = export, read_outside(export)
        return self._outside[1]

    def _groups(self, flows: Sequence[Flow]) -> list[tuple[Flow, ...]]:
        """Return the flows in groups that run each other, in the order of the export."""
        by_id = {flow.id.casefold(): flow for flow in flows}
        group_of: dict[Flow, list[Flow]] = {flow: [flow] for flow in flows}
        for flow in flows:
            for run in self._runs[flow] & by_id.keys():
                ours, theirs = group_of[flow], group_of[by_id[run]]
                if theirs is not ours:
                    ours += theirs
                    group_of.update((other, ours) for other in theirs)
        order = {flow: place for place, flow in enumerate(flows)}
        distinct = {id(group): group for group in group_of.values()}
        return [tuple(sorted(group, key=order.__getitem__)) for group in distinct.values()]


def _runs(flow: Flow) -> frozenset[str]:
    """Return the ids of the flows that a flow runs."""
    return frozenset(
        argument_text(flow, action, "FlowId").casefold()
        for action in flow.actions
        if action.statement.action and is_run_flow(action)
    )
