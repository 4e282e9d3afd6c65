"""Where something is, as reports say it: flow, subflow, row, line and column."""

from collections.abc import Mapping
from dataclasses import dataclass

from padguard.flow.model import Flow
from padguard.foundation.messages import Message, mark
from padguard.rules.finding import Place

AT_ROW = mark("reports", "{subflow} › row {row}, line {line}")
AT_LINE = mark("reports", "line {line}")
IN_FLOW = mark("reports", "{flow}: {place}")
ELSEWHERE = mark("reports", "Outside the flows")


@dataclass(frozen=True, slots=True)
class Location:
    """Where something is; what does not apply is None.

    Lines and columns count characters of the decoded script from 1, rows the designer's rows
    within the subflow from 1. The end is behind the last character.
    """

    flow: Flow | None = None
    subflow: str | None = None
    row: int | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    where: Message | None = None

    @property
    def words(self) -> Message | None:
        """The place within its flow or export, for a person."""
        if self.where is not None or self.flow is None:
            return self.where
        if self.row is not None:
            return AT_ROW(subflow=self.subflow, row=self.row, line=self.line)
        return None if self.line is None else AT_LINE(line=self.line)


def locate(place: Place | None, flows: Mapping[str, Flow]) -> Location:
    """Return where a place is, given the flows by their ids."""
    if place is None:
        return Location()
    flow = flows.get(place.flow_id)
    if flow is None or place.where is not None:
        return Location(flow=flow, where=place.where)
    subflow = row = None
    if place.action >= 0:
        action = flow.actions[place.action]
        subflow, row = action.subflow.name, action.row
    if place.start < 0:
        return Location(flow, subflow, row)
    script = flow.script
    # A statement ends with its line break, which nobody means by it.
    end = place.start + len(script.text[place.start : place.end].rstrip())
    return Location(flow, subflow, row, *script.line_column(place.start), *script.line_column(end))


def place_words(place: Place, flows: Mapping[str, Flow], within: str | None = None) -> Message:
    """Return where something is for a person, with its flow unless that is ``within``."""
    flow = flows.get(place.flow_id)
    words = locate(place, flows).words or ELSEWHERE
    return words if flow is None or flow.id == within else IN_FLOW(flow=flow.name, place=words)
