"""What the explorer says of its nodes: texts, tool tips, what a screen reader speaks, icons."""

from padguard.flow.masking import shown_description
from padguard.flow.model import Flow, Sensitivity, Variable, VariableKind
from padguard.foundation.messages import Message, mark
from padguard.rules.finding import Finding
from padguard.ui.document import Document
from padguard.ui.sensitivity import look
from padguard.ui.status import finding_words
from padguard.ui.views.explorer_nodes import Content, NodeKind
from padguard.ui.views.finding_words import finding_line
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
SPOKEN_FINDINGS = mark("explorer", "{name}. {findings}")
VARIABLE_TIP = mark("explorer", "{name}: {kind}, {type}\n{meaning}")
EXTERNAL_TIP = mark("explorer", "{name}: {kind}, {type}; callers see it as {external}\n{meaning}")


class ExplorerWords:
    """Puts the contents of nodes into words in the window's language.

    Rows are worded as in the Flow view, so secrets are masked alike.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._export = document.session.export

    def findings(self, content: Content) -> list[Finding]:
        """Return what was found in a part of the export, the worst first."""
        index, flow = self._document.index, content.flow
        if flow is None:
            return list(index.findings) if content.kind is NodeKind.EXPORT else []
        if content.variable:
            return index.of_variable(flow.id, content.variable.name, content.variable.local_to)
        if content.action:
            return index.of_row(flow.id, content.action.index)
        if content.subflow:
            return index.of_subflow(flow.id, content.subflow.name)
        return index.of_flow(flow.id) if content.kind is NodeKind.FLOW else []

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
        return "\n".join(filter(None, (self._tip(content), self._finding_tip(content))))

    def _tip(self, content: Content) -> str:
        if content.variable and content.flow:
            return _variable_tip(content.flow, content.variable)
        if content.action and content.flow:
            summary = row_text(content.flow, content.action)
            return "\n".join(filter(None, (self.name(content), summary)))
        return "\n".join((self.name(content), self.detail(content)))

    def _finding_tip(self, content: Content) -> str:
        """Return what was found: sentences for a row or variable, numbers for all that is more."""
        found = self.findings(content)
        if not found:
            return ""
        if content.variable or content.action:
            return "\n".join(finding_line(one) for one in found)
        return finding_words(found)

    def spoken(self, content: Content) -> str:
        """Return what a screen reader says."""
        words, found = self._spoken(content), self._finding_tip(content)
        return translate(SPOKEN_FINDINGS(name=words, findings=found)) if found else words

    def _spoken(self, content: Content) -> str:
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


def _variable_tip(flow: Flow, variable: Variable) -> str:
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
    return "\n".join(filter(None, (meaning, shown_description(flow, variable))))
