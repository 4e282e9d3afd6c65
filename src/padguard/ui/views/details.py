"""The details of a row, or of a variable, in words."""

from padguard.catalog.lookup import load
from padguard.flow.masking import default_span, header_spans, masked_text, shown_description
from padguard.flow.model import Action, Flow, Subflow, Variable, VariableKind
from padguard.foundation.messages import Message, mark
from padguard.robin.tree import Kind, Role
from padguard.ui.document import Place
from padguard.ui.mark_command import command_words
from padguard.ui.marking import refusal
from padguard.ui.sensitivity import look
from padguard.ui.theme import Theme
from padguard.ui.views.details_page import Page
from padguard.ui.views.explorer_words import KINDS
from padguard.ui.views.row_words import row_line, row_title, run_flow_id
from padguard.ui.views.rows import handlers_of, variables_of
from padguard.ui.views.values import WHOLE_TEXT, label, shown_text, value, whole_text
from padguard.ui.words import translate

MOST_USES = 200

WHERE = mark("details", "{subflow}, row {row}")
WHERE_MODULE = mark("details", "{subflow}, row {row} · {module} · {id}")
DISABLED = mark("details", "This row is disabled: the flow does not run it.")
UNKNOWN = mark("details", "PAD Guard does not know this action; its parameters are shown as found.")
NOT_UNDERSTOOD = mark("details", "PAD Guard could not understand this row. It is kept as it is.")
PARAMETERS = mark("details", "Parameters")
RESULTS = mark("details", "Variables produced")
ON_ERROR = mark("details", "If it fails")
VARIABLES = mark("details", "Variables of this row")
OPEN_SUBFLOW = mark("details", "Open the subflow {name}")
OPEN_FLOW = mark("details", "Open the flow {name}")

KIND = mark("details", "Kind")
TYPE = mark("details", "Type")
EXTERNAL = mark("details", "External name")
DESCRIPTION = mark("details", "Description")
DEFAULT = mark("details", "Default value")
SCOPE = mark("details", "Scope")
LOCAL = mark("details", "Only the subflow {name} knows it")
USES = mark("details", "Used in")
NO_USES = mark("details", "No row uses it.")
MORE_USES = mark("details", "… and {count} more rows")
READS = mark("details", "{subflow}, row {row}: {title} (reads it)")
WRITES = mark("details", "{subflow}, row {row}: {title} (sets it)")


def row_page(flow: Flow, action: Action, flow_names: dict[str, str], theme: Theme) -> Page:
    """Return the details of a row.

    Args:
        flow: The flow of the row.
        action: Its action.
        flow_names: What the flows of the export are called, by id.
        theme: The colours to be used.
    """
    page = Page(theme)
    place = Place(flow.id, action.subflow.name, action.index)
    called = run_flow_id(flow, action)
    page.heading(row_title(action))
    page.remark(_where(action))
    if action.statement.disabled:
        page.remark(translate(DISABLED))
    if action.statement.kind in WHOLE_TEXT:
        _add_whole_text(page, flow, action)
        return page
    line = row_line(flow, action, flow_names.get(called, "") if called else "")
    page.paragraph(page.words(line, place))
    if action.statement.action and load().form(action.statement.action) is None:
        page.remark(translate(UNKNOWN))
    _add_links(page, flow, action, called, flow_names)
    _add_clauses(page, flow, action, place)
    _add_handlers(page, flow, action)
    _add_variables(page, flow, action, place)
    return page


def variable_page(flow: Flow, variable: Variable, theme: Theme) -> Page:
    """Return the details of a variable, with the rows that use it."""
    page = Page(theme)
    page.heading(variable.name)
    page.paragraph(page.text(translate(look(variable.sensitivity).tip)))
    reason = _reason(variable)
    page.paragraph(page.text(reason) if reason else _mark_link(page, flow, variable))
    page.table((translate(name), page.text(words)) for name, words in _facts(flow, variable))
    _add_uses(page, flow, variable)
    return page


def _where(action: Action) -> str:
    where = {"subflow": action.subflow.name, "row": action.row}
    if not action.statement.action:
        return translate(WHERE(**where))
    module = load().module_name(action.statement.action) or ""
    return translate(WHERE_MODULE(**where, module=module, id=action.statement.action))


def _add_whole_text(page: Page, flow: Flow, action: Action) -> None:
    if action.statement.kind is Kind.OPAQUE:
        page.remark(translate(NOT_UNDERSTOOD))
    page.paragraph(page.text(whole_text(flow, action)))


def _add_links(
    page: Page, flow: Flow, action: Action, called: str, flow_names: dict[str, str]
) -> None:
    """Add a link to the subflow or flow that a row runs."""
    if called and called in flow_names:
        words = translate(OPEN_FLOW(name=flow_names[called]))
        page.paragraph(page.link(words, Place(called)))
    subflow = _called_subflow(flow, action)
    if subflow is not None:
        words = translate(OPEN_SUBFLOW(name=subflow.name))
        page.paragraph(page.link(words, Place(flow.id, subflow.name)))


def _called_subflow(flow: Flow, action: Action) -> Subflow | None:
    if action.statement.kind is not Kind.CALL:
        return None
    for clause in action.statement.clauses:
        if clause.role is Role.NAME:
            name = flow.script.clause_text(action.statement, clause).strip("'").casefold()
            return next((found for found in flow.subflows if found.name.casefold() == name), None)
    return None


def _add_clauses(page: Page, flow: Flow, action: Action, place: Place) -> None:
    for title, results in ((PARAMETERS, False), (RESULTS, True)):
        clauses = [
            clause for clause in action.statement.clauses if (clause.role is Role.RESULT) is results
        ]
        if clauses:
            page.section(translate(title))
            page.table(
                (label(action, clause), page.words(value(flow, action, clause), place))
                for clause in clauses
            )


def _add_handlers(page: Page, flow: Flow, action: Action) -> None:
    handlers = handlers_of(action)
    if handlers:
        page.section(translate(ON_ERROR))
    for handler in handlers:
        place = Place(flow.id, action.subflow.name, handler.index)
        words = page.words(row_line(flow, handler), place) or page.text(row_title(handler))
        page.paragraph(words, level=handler.depth - handlers[0].depth)


def _add_variables(page: Page, flow: Flow, action: Action, place: Place) -> None:
    variables = variables_of(action)
    if variables:
        page.section(translate(VARIABLES))
    reasons = dict.fromkeys(_reason(variable) for variable in variables)
    for variable in variables:
        mark_link = "" if refusal(variable) else f" · {_mark_link(page, flow, variable)}"
        page.paragraph(page.variable(variable, place) + mark_link)
    for reason in filter(None, reasons):
        page.remark(reason)


def _mark_link(page: Page, flow: Flow, variable: Variable) -> str:
    return page.link(command_words(variable).replace("&", ""), (flow, variable))


def _reason(variable: Variable) -> str:
    reason = refusal(variable)
    return translate(reason) if reason else ""


def _facts(flow: Flow, variable: Variable) -> list[tuple[Message, str]]:
    facts = [
        (KIND, translate(KINDS[variable.kind])),
        (TYPE, translate(variable.type)),
        (EXTERNAL, variable.external_name),
        (DESCRIPTION, shown_description(flow, variable)),
        (DEFAULT, _default(flow, variable)),
    ]
    if variable.local_to is not None:
        facts.append((SCOPE, translate(LOCAL(name=variable.local_to))))
    return [(name, words) for name, words in facts if words]


def _default(flow: Flow, variable: Variable) -> str:
    """Return the default value of an input, masked where it is a secret."""
    if variable.kind is not VariableKind.INPUT or variable.local_to is not None:
        return ""
    name = variable.name.casefold()
    for declaration in flow.script.header.inputs:
        if declaration.name.casefold() == name and declaration.default:
            start, end = default_span(flow.script, declaration)
            return shown_text(masked_text(flow, start, end, header_spans(flow)))
    return ""


def _add_uses(page: Page, flow: Flow, variable: Variable) -> None:
    page.section(translate(USES))
    using = [
        action for action in flow.actions if variable in action.reads or variable in action.writes
    ]
    for action in using[:MOST_USES]:
        words = WRITES if variable in action.writes else READS
        where = words(subflow=action.subflow.name, row=action.row, title=row_title(action))
        target = Place(flow.id, action.subflow.name, action.index)
        page.paragraph(page.link(translate(where), target))
    if len(using) > MOST_USES:
        page.remark(translate(MORE_USES(count=len(using) - MOST_USES)))
    if not using:
        page.remark(translate(NO_USES))
