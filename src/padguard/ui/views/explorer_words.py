"""What the explorer says of its nodes: texts, tool tips, what a screen reader speaks, icons."""

from padguard.exports.model import Export
from padguard.flow.model import Sensitivity, Variable, VariableKind
from padguard.foundation.messages import Message, mark
from padguard.ui.sensitivity import look
from padguard.ui.views.explorer_nodes import Content, NodeKind
from padguard.ui.views.row_words import row_icon, row_text, row_title
from padguard.ui.words import translate

GROUPS = {
    NodeKind.INPUTS: mark("explorer", "Inputs"),
    NodeKind.OUTPUTS: mark("explorer", "Outputs"),
    NodeKind.VARIABLES: mark("explorer", "Variables"),
    NodeKind.SUBFLOWS: mark("explorer", "Subflows"),
}
ICONS = {
    NodeKind.EXPORT: "export",
    NodeKind.FLOW: "flow",
    NodeKind.INPUTS: "input",
    NodeKind.OUTPUTS: "output",
    NodeKind.VARIABLES: "variable",
    NodeKind.SUBFLOWS: "subflow",
    NodeKind.SUBFLOW: "subflow",
}
KINDS = {
    VariableKind.INPUT: mark("explorer", "Input"),
    VariableKind.OUTPUT: mark("explorer", "Output"),
    VariableKind.FLOW: mark("explorer", "Flow variable"),
}
PASTED = mark("explorer", "Pasted text")
SOLUTION = mark("explorer", "{name} {version}")
NUMBERED = mark("explorer", "{row}  {title}")
LOCAL = mark("explorer", "{name} (only in {subflow})")
DISABLED = mark("explorer", "Disabled")
ONE_FLOW = mark("explorer", "1 flow")
FLOWS = mark("explorer", "{count} flows")
ONE_ROW = mark("explorer", "1 row")
ROWS = mark("explorer", "{count} rows")
SPOKEN_VARIABLE = mark("explorer", "{name}, {kind}, {type}, {sensitivity}")
SPOKEN_ROW = mark("explorer", "Row {row}: {title}. {summary}")
SPOKEN_DISABLED_ROW = mark("explorer", "Row {row}, disabled: {title}. {summary}")
SPOKEN_PART = mark("explorer", "{name}, {count}")
VARIABLE_TIP = mark("explorer", "{name}: {kind}, {type}\n{meaning}")
EXTERNAL_TIP = mark("explorer", "{name}: {kind}, {type}; callers see it as {external}\n{meaning}")


class ExplorerWords:
    """Puts the contents of nodes into words in the window's language.

    Rows are worded as in the Flow view, so secrets are masked alike.
    """

    def __init__(self, export: Export) -> None:
        self._export = export

    def name(self, content: Content) -> str:
        """Return the text of the first column."""
        if content.variable:
            if content.variable.local_to is None:
                return content.variable.name
            return translate(LOCAL(name=content.variable.name, subflow=content.variable.local_to))
        if content.action and content.flow:
            title = row_title(content.action)
            return translate(NUMBERED(row=content.action.row, title=title))
        if content.subflow:
            return content.subflow.name
        if content.kind is NodeKind.EXPORT:
            return self._export_name()
        if content.kind is NodeKind.FLOW and content.flow:
            return content.flow.name or translate(PASTED)
        return translate(GROUPS[content.kind])

    def sensitivity(self, content: Content) -> str:
        """Return the text of the second column."""
        return translate(look(content.variable.sensitivity).word) if content.variable else ""

    def detail(self, content: Content) -> str:
        """Return the text of the third column: a type, a number of parts."""
        if content.variable:
            return translate(content.variable.type)
        if content.action:
            return translate(DISABLED) if content.action.statement.disabled else ""
        match content.kind:
            case NodeKind.EXPORT:
                return _counted(ONE_FLOW, FLOWS, content.count)
            case NodeKind.FLOW | NodeKind.SUBFLOW:
                return _counted(ONE_ROW, ROWS, content.count)
            case _:
                return str(content.count)

    def tip(self, content: Content) -> str:
        """Return the tool tip: all of it, where the columns may be cut short."""
        if content.variable:
            return _variable_tip(content.variable)
        if content.action and content.flow:
            summary = row_text(content.flow, content.action)
            return "\n".join(filter(None, (self.name(content), summary)))
        return "\n".join((self.name(content), self.detail(content)))

    def spoken(self, content: Content) -> str:
        """Return what a screen reader says."""
        if content.variable:
            return translate(
                SPOKEN_VARIABLE(
                    name=self.name(content),
                    kind=KINDS[content.variable.kind],
                    type=content.variable.type,
                    sensitivity=look(content.variable.sensitivity).word,
                )
            )
        if content.action and content.flow:
            disabled = content.action.statement.disabled
            return translate(
                (SPOKEN_DISABLED_ROW if disabled else SPOKEN_ROW)(
                    row=content.action.row,
                    title=row_title(content.action),
                    summary=row_text(content.flow, content.action),
                )
            )
        return translate(SPOKEN_PART(name=self.name(content), count=self.detail(content)))

    def _export_name(self) -> str:
        solution, path = self._export.solution, self._export.path
        if solution:
            return translate(SOLUTION(name=solution.name, version=solution.version))
        return path.name if path else translate(PASTED)


def icon_of(content: Content) -> str:
    """Return the name of a node's icon."""
    if content.variable:
        return look(content.variable.sensitivity).icon
    if content.action:
        return row_icon(content.action)
    return ICONS[content.kind]


def sensitivity_of(content: Content) -> Sensitivity | None:
    """Return the sensitivity of the variable that a node shows, or None."""
    return content.variable.sensitivity if content.variable else None


def _counted(one: Message, many: Message, count: int) -> str:
    return translate(one) if count == 1 else translate(many(count=count))


def _variable_tip(variable: Variable) -> str:
    tip = EXTERNAL_TIP if variable.external_name not in ("", variable.name) else VARIABLE_TIP
    meaning = translate(
        tip(
            name=variable.name,
            kind=KINDS[variable.kind],
            type=variable.type,
            external=variable.external_name,
            meaning=look(variable.sensitivity).tip,
        )
    )
    return "\n".join(filter(None, (meaning, variable.description)))
