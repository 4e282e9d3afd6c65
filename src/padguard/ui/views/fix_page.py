"""What a fix changes, as pages: the change itself, the rows to be pasted, the steps by hand."""

from collections.abc import Iterator, Mapping, Sequence

from padguard.fixes.deliveries import sentences
from padguard.fixes.deliveries import snippets as pasting
from padguard.fixes.deliveries.clicks import Click
from padguard.fixes.deliveries.header import DeclarationField, VariableChange, VariableEdit
from padguard.fixes.fix import Fix
from padguard.flow.model import Flow, VariableKind
from padguard.foundation.messages import Message, mark
from padguard.ui.fix_preview import MOST_LINES, FixPreview, FlowPart, RowPair, RowWords, SubflowPart
from padguard.ui.place import Place, place_of
from padguard.ui.theme import Theme
from padguard.ui.views.change_page import Cell, ChangePage
from padguard.ui.views.details_page import ToCopy
from padguard.ui.words import translate

KNOW = mark("fix page", "Good to know")
BY_HAND = mark("fix page", "Nothing is changed in the export: this is done by hand. See the steps.")
NOTHING_TO_PASTE = mark("fix page", "Nothing of this can be pasted.")
REFUSED = mark("fix page", "What cannot be pasted")
CLOUD = mark("fix page", "Cloud flow {name}")
CLOUD_PARTS = mark("fix page", "These parts change; what they hold is not shown.")
MORE = mark("fix page", "… and {count} more rows change")
MORE_LINES = mark("fix page", "… and more lines")
IN_FLOW = mark("fix page", "In the flow {name}")
IN_SUBFLOW = mark("fix page", "Subflow {name}")
COPY = mark("fix page", "Copy these rows")
THEN = mark("fix page", "Then")
SWITCHED_ON = mark("fix page", "The setting {name} of {flow} is switched on")
SWITCHED_OFF = mark("fix page", "The setting {name} of {flow} is switched off")
SUBFLOW_ADDED = mark("fix page", "The subflow {name} is added")
SUBFLOW_GONE = mark("fix page", "The subflow {name} is taken away")
WORKING = mark("fix page", "Looking at what would change…")

MARKED = mark("fix page", "{name} is marked as sensitive")
UNMARKED = mark("fix page", "{name} is no longer marked as sensitive")
ADDED = {
    VariableKind.INPUT: mark("fix page", "The input {name} is added"),
    VariableKind.OUTPUT: mark("fix page", "The output {name} is added"),
}
REMOVED = {
    VariableKind.INPUT: mark("fix page", "The input {name} is taken away"),
    VariableKind.OUTPUT: mark("fix page", "The output {name} is taken away"),
}
FIELDS = {
    DeclarationField.TYPE: mark("fix page", "The type of {name} is changed"),
    DeclarationField.DEFAULT: mark("fix page", "The default of {name} is changed"),
    DeclarationField.EXTERNAL_NAME: mark("fix page", "The external name of {name} is changed"),
    DeclarationField.DESCRIPTION: mark("fix page", "The description of {name} is changed"),
    DeclarationField.OPTIONAL: mark("fix page", "Whether {name} is optional is changed"),
}
DEFAULT_DROPPED = mark("fix page", "The default of {name} is taken away")


def change_page(
    fix: Fix, preview: FixPreview | None, theme: Theme, *, robin: bool, wide: bool
) -> ChangePage:
    """Return what a fix changes.

    Args:
        fix: The fix; it can be made.
        preview: What it would change, or None while that is being worked out.
        theme: The colours.
        robin: Whether changes are shown as Robin, not as rows of the designer.
        wide: Whether there is room for two columns.
    """
    page = ChangePage(theme)
    if preview is None:
        page.remark(translate(WORKING))
        return page
    if fix.plan is not None and fix.plan.changes_nothing:
        page.remark(translate(BY_HAND))
    for part in preview.flows:
        page.section(translate(IN_FLOW(name=part.name)))
        if robin:
            page.changes((Cell(line.sign, "", (line.text,)) for line in part.robin), robin=True)
            if len(part.robin) == MOST_LINES:
                page.remark(translate(MORE_LINES))
        else:
            _add_words(page, part, wide=wide)
    for name, lines in preview.cloud_flows:
        page.section(translate(CLOUD(name=name)))
        page.remark(translate(CLOUD_PARTS))
        page.changes(Cell(line.sign, "", (line.text,)) for line in lines)
    page.sentences(_flag(*flag) for flag in preview.flags)
    if fix.plan is not None and fix.plan.notes:
        page.section(translate(KNOW))
        for note in fix.plan.notes:
            page.paragraph(page.text(translate(note)))
    return page


def paste_page(fix: Fix, preview: FixPreview | None, theme: Theme) -> ChangePage:
    """Return the rows to be pasted into the designer, and why others cannot be."""
    page = ChangePage(theme)
    if preview is None:
        page.remark(translate(WORKING))
        return page
    offered = [part for part in preview.flows if part.snippets.offered]
    if not offered:
        page.paragraph(page.text(translate(NOTHING_TO_PASTE)))
    if fix.plan is not None and fix.plan.changes_nothing:
        page.remark(translate(BY_HAND))
    if sum(len(part.snippets.offered) for part in offered) > 1:
        page.remark(translate(pasting.ORDER))
    for part in offered:
        page.section(translate(IN_FLOW(name=part.name)))
        for snippet in part.snippets.offered:
            page.paragraph(page.text(translate(snippet.message)))
            if snippet.text:
                page.robin(snippet.text.replace("\r\n", "\n").rstrip("\n"))
                page.paragraph(page.link(translate(COPY), ToCopy(snippet.text)))
    refused = [reason for part in preview.flows for reason in part.snippets.refused]
    if refused:
        page.section(translate(REFUSED))
        for reason in {str(reason): reason for reason in refused}.values():
            page.paragraph(page.text(translate(reason)))
    return page


def steps_page(
    fix: Fix, preview: FixPreview | None, flows: Mapping[str, Flow], theme: Theme
) -> ChangePage:
    """Return a fix as steps by hand; rows that exist now are links."""
    page = ChangePage(theme)
    if preview is None:
        page.remark(translate(WORKING))
        return page
    if sum(len(part.clicks) for part in preview.flows) > 1:
        page.remark(translate(sentences.ORDER))
    for part in preview.flows:
        page.section(translate(IN_FLOW(name=part.name)))
        page.steps((_step(page, part, click), "\n".join(_fields(click))) for click in part.clicks)
    steps = fix.plan.steps if fix.plan is not None else ()
    if steps:
        if preview.flows:
            page.section(translate(THEN))
        page.steps(
            (_linked(page, translate(one.text), place_of(one.place, (), flows)), one.source)
            if one.place is not None
            else (page.text(translate(one.text)), one.source)
            for one in steps
        )
    return page


def steps_text(fix: Fix, preview: FixPreview) -> str:
    """Return a fix as steps by hand in plain text; no secret is in it."""
    lines = [translate(fix.title)]
    for part in preview.flows:
        lines += ("", translate(IN_FLOW(name=part.name)))
        if len(part.clicks) > 1:
            lines.append(translate(sentences.ORDER))
        for number, click in enumerate(part.clicks, 1):
            lines.append(f"{number}. {translate(click.message)}")
            lines += (f"   {words}" for words in _fields(click))
    if fix.plan is not None and fix.plan.steps:
        lines.append("")
        lines += (
            f"{number}. {translate(one.text)}" for number, one in enumerate(fix.plan.steps, 1)
        )
    if fix.plan is not None and fix.plan.notes:
        lines += ("", translate(KNOW), *(f"- {translate(note)}" for note in fix.plan.notes))
    return "\n".join(lines).strip() + "\n"


def _fields(click: Click) -> Iterator[str]:
    return (translate(value.message) for value in click.values)


def _step(page: ChangePage, part: FlowPart, click: Click) -> str:
    words = translate(click.message)
    if click.variable:
        local_to = click.subflow or None
        return page.link(words, Place(part.flow_id, variable=click.variable, local_to=local_to))
    rows = part.rows_before if click.before else part.rows_after
    index = rows.get((click.subflow.casefold(), click.row or 0), -1)
    return _linked(page, words, Place(part.flow_id, click.subflow, index) if index >= 0 else None)


def _linked(page: ChangePage, words: str, place: Place | None) -> str:
    return page.text(words) if place is None else page.link(words, place)


def _add_words(page: ChangePage, part: FlowPart, *, wide: bool) -> None:
    page.sentences(cell for change in part.variables for cell in _declaration(change))
    page.sentences(
        Cell("+" if added else "-", "", (translate(message(name=name)),))
        for name, added in part.subflows
        for message in ((SUBFLOW_ADDED if added else SUBFLOW_GONE),)
    )
    for subflow in part.parts:
        page.remark(translate(IN_SUBFLOW(name=subflow.name)))
        _add_rows(page, subflow, wide=wide)


def _add_rows(page: ChangePage, part: SubflowPart, *, wide: bool) -> None:
    for number, stretch in enumerate(part.stretches):
        if number:
            page.gap()
        if wide:
            page.side_by_side(_sides(pair) for pair in stretch)
        else:
            page.changes(_stacked(stretch))
    if part.left_out:
        page.remark(translate(MORE(count=part.left_out)))


def _stacked(stretch: Sequence[RowPair]) -> Iterator[Cell]:
    """Yield rows below each other: of changes that follow each other first all that go."""
    waiting: list[Cell] = []
    for pair in stretch:
        old, new = _sides(pair)
        if not pair.changed:
            yield from waiting
            waiting = []
            if new is not None:
                yield new
            continue
        if old is not None:
            yield old
        if new is not None:
            waiting.append(new)
    yield from waiting


def _sides(pair: RowPair) -> tuple[Cell | None, Cell | None]:
    old, new = ("-", "+") if pair.changed else ("", "")
    return _cell(old, pair.before), _cell(new, pair.after)


def _cell(sign: str, row: RowWords | None) -> Cell | None:
    return None if row is None else Cell(sign, str(row.number), row.lines)


def _declaration(change: VariableChange) -> Iterator[Cell]:
    def cell(sign: str, message: Message) -> Cell:
        return Cell(sign, "", (translate(message(name=change.name)),))

    match change.edit:
        case VariableEdit.MARKED:
            yield cell("+", MARKED)
        case VariableEdit.UNMARKED:
            yield cell("-", UNMARKED)
        case VariableEdit.ADDED if change.kind in ADDED:
            yield cell("+", ADDED[change.kind])
        case VariableEdit.REMOVED if change.kind in REMOVED:
            yield cell("-", REMOVED[change.kind])
        case _:
            for one in change.fields:
                emptied = one is DeclarationField.DEFAULT and _is_empty(change)
                yield cell("-" if emptied else "+", DEFAULT_DROPPED if emptied else FIELDS[one])


def _is_empty(change: VariableChange) -> bool:
    """Tell whether an input or output says nothing as its default any more."""
    default = change.after.default if change.after is not None else None
    return (default or "").strip("'\"[]{} ") in ("", "0", "False")


def _flag(flow: str, name: str, value: bool) -> Cell:
    message = SWITCHED_ON if value else SWITCHED_OFF
    return Cell("+" if value else "-", "", (translate(message(flow=flow, name=name)),))
