"""What a flow uses that policies speak of: collected once, judged as often as policies change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple

from padguard.catalog.lookup import load
from padguard.flow.model import Action, Flow
from padguard.governance.dlp_endpoints import Endpoint, endpoint_of, text_of
from padguard.governance.policy import group_key
from padguard.robin.expressions import parse_expression
from padguard.robin.tree import Kind, Role

_CONNECTOR: Final = "external.invokecloudconnector"
_RUN_FLOW: Final = "external.runflow"
_NO_PROCESSES: Final[Mapping[str, str]] = {}


class Gap(Enum):
    """Why nothing can be said of something that a flow uses, beyond that its group is blocked."""

    UNKNOWN_ACTION = "unknown-action"  # its group is that of its module, but it is not catalogued
    NO_GROUP = "no-group"  # the catalogue knows the module, and no group that it belongs to
    UNKNOWN_MODULE = "unknown-module"
    CONNECTOR_UNSEEN = "connector-unseen"  # which connector it is stands in a variable
    NOT_UNDERSTOOD = "not-understood"
    CHILD_ELSEWHERE = "child-elsewhere"  # a flow that is run and is not in the export


class Subject(NamedTuple):
    """What policies judge: an action of a group, with what it gets at.

    ``group`` is the key of its group; with a gap other than UNKNOWN_ACTION one that is made from
    its name, or "". ``action`` is the id as scripts write it, for a connector its operation; in
    lower case.
    """

    group: str
    action: str
    endpoint: Endpoint | None = None
    gap: Gap | None = None


class Spot(NamedTuple):
    """A place where something is used: the flow, the subflow, the index of the action, its row."""

    flow_id: str
    subflow: str
    action: int
    row: int


@dataclass(frozen=True, slots=True)
class Use:
    """Something that a flow uses, with all the places; disabled rows are uses of their own."""

    subject: Subject
    disabled: bool
    spots: tuple[Spot, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Run:
    """That a flow runs another one: the id of that in lower case, "" where a variable says it."""

    flow_id: str
    spot: Spot
    disabled: bool


@dataclass(frozen=True, slots=True)
class FlowUsage:
    """What a flow uses, each thing once, in the order of the text; and which flows it runs."""

    flow_id: str
    name: str
    uses: tuple[Use, ...] = field(repr=False)
    runs: tuple[Run, ...] = field(repr=False)


def usage_of(flow: Flow, processes: Mapping[str, str] = _NO_PROCESSES) -> FlowUsage:
    """Return what a flow uses that policies speak of.

    Statements of the language itself (Set variable, If, Loop) belong to no group.

    Args:
        flow: The flow.
        processes: The process of each screen (`dlp_screens.processes_of`).
    """
    places: dict[tuple[Subject, bool], list[Spot]] = {}
    runs: list[Run] = []
    for action in flow.actions:
        statement = action.statement
        if not statement.action and statement.kind is not Kind.OPAQUE:
            continue
        spot = Spot(flow.id, action.subflow.name, action.index, action.row)
        subject = _subject(flow, action, processes)
        places.setdefault((subject, statement.disabled), []).append(spot)
        if statement.action.casefold() == _RUN_FLOW:
            child = (_text(flow, action, "FlowId") or "").casefold()
            runs.append(Run(child, spot, statement.disabled))
    uses = (Use(subject, disabled, tuple(spots)) for (subject, disabled), spots in places.items())
    return FlowUsage(flow.id, flow.name, tuple(uses), tuple(runs))


def _subject(flow: Flow, action: Action, processes: Mapping[str, str]) -> Subject:
    statement = action.statement
    if statement.kind is Kind.OPAQUE:
        return Subject("", "", gap=Gap.NOT_UNDERSTOOD)
    if statement.action.casefold() == _CONNECTOR:
        return _connector(flow, action)
    group, gap = _group(statement.action)
    known = gap in (None, Gap.UNKNOWN_ACTION)
    endpoint = endpoint_of(flow, action, group, processes) if known else None
    return Subject(group, statement.action.casefold(), endpoint, gap)


def _connector(flow: Flow, action: Action) -> Subject:
    connector = _text(flow, action, "ConnectorId")
    operation = _text(flow, action, "OperationId")
    if not connector:
        return Subject("", _CONNECTOR, gap=Gap.CONNECTOR_UNSEEN)
    group = group_key(connector)
    endpoint = endpoint_of(flow, action, group, _NO_PROCESSES)
    return Subject(
        group, (operation or "").casefold(), endpoint, None if operation else Gap.UNKNOWN_ACTION
    )


@lru_cache(maxsize=8192)
def _group(action_id: str) -> tuple[str, Gap | None]:
    """Return the key of the group that an action belongs to, and what is not known of it."""
    catalog = load()
    module = action_id.partition(".")[0].casefold()
    group = catalog.dlp_group(action_id)
    if group is None:
        known = module in catalog.modules
        return f"desktopflow.{module}", Gap.NO_GROUP if known else Gap.UNKNOWN_MODULE
    return group.casefold(), None if catalog.form(action_id) else Gap.UNKNOWN_ACTION


def _text(flow: Flow, action: Action, name: str) -> str | None:
    """Return the text that an input of an action is, or None where a variable has a say in it."""
    for clause in action.statement.clauses:
        if clause.role is Role.ARGUMENT and clause.name.casefold() == name.casefold():
            start, end = action.statement.start + clause.start, action.statement.start + clause.end
            found = parse_expression(flow.script.text, start, end)
            return None if found is None else text_of(flow.script.text, found)
    return None


def with_children(
    usage: FlowUsage, by_id: Mapping[str, FlowUsage], *, include_disabled: bool
) -> Iterator[Use]:
    """Yield what a flow uses, then what the flows use that it runs, and those that they run.

    A flow that is run and is not there yields a gap.

    Args:
        usage: The flow to start with.
        by_id: All flows of the export by id in lower case.
        include_disabled: Whether disabled rows count.
    """
    waiting, seen = [usage], {usage.flow_id.casefold()}
    for one in waiting:
        yield from one.uses
        for run in one.runs:
            known = bool(run.flow_id)  # else a variable says it; bare text has no id either
            if (known and run.flow_id in seen) or (run.disabled and not include_disabled):
                continue
            child = by_id.get(run.flow_id) if known else None
            if child is None:
                subject = Subject("", _RUN_FLOW, gap=Gap.CHILD_ELSEWHERE)
                yield Use(subject, run.disabled, (run.spot,))
            else:
                seen.add(run.flow_id)
                waiting.append(child)
