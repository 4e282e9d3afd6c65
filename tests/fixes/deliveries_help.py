"""Flows for the tests of deliveries, and a person who follows steps to the letter."""

from padguard.fixes.deliveries import sentences
from padguard.fixes.deliveries.rows import rows_of
from padguard.flow.build import build_flow

HEADER = "@SENSITIVE: []\n"

ADDING = {
    sentences.ADD_ROW.text,
    sentences.ADD_FILLED_ROW.text,
    sentences.ADD_UNCLEAR_ROW.text,
    sentences.CLOSING_ROW.text,
}
DELETING = {sentences.DELETE_ROW.text, sentences.DELETE_ROWS.text}
CHANGING = {
    sentences.CHANGE_ROW.text,
    sentences.UNCLEAR_ROW.text,
    sentences.HANDLER.text,
    sentences.BLOCK_HANDLER.text,
    sentences.NO_HANDLER.text,
}
SWITCHING = {
    sentences.DISABLE_ROW.text: True,
    sentences.DISABLE_ROWS.text: True,
    sentences.ENABLE_ROW.text: False,
    sentences.ENABLE_ROWS.text: False,
}


def flow_of(text, *secrets):
    """Return the model of a text, CRLF as exports have it; ``secrets`` are its found secrets."""
    script = text.replace("\n", "\r\n")
    flow = build_flow("f", "Flow", script)
    found = []
    for secret in secrets:
        start = script.find(secret)
        while start >= 0:
            found.append((start, start + len(secret)))
            start = script.find(secret, start + 1)
    flow.secrets = tuple(sorted(found))
    return flow


def contents(flow, name):
    """Return what the rows of a subflow say, and whether they are switched off.

    Line breaks are those of the designer: some texts were not written by it.
    """
    subflow = next(one for one in flow.subflows if one.name.casefold() == name.casefold())
    return [
        ("\n".join(row.lines).replace("\r\n", "\n"), row.action.statement.disabled)
        for row in rows_of(flow, subflow)
    ]


def followed(before, after, steps, name):
    """Return the rows of a subflow when a person has done the steps in order.

    What a person fills in is taken for what the row with the same number says after the change,
    so the result shows whether every step names the right row.
    """
    target, rows = contents(after, name), contents(before, name)
    for step in steps:
        if step.subflow.casefold() != name.casefold() or step.row is None:
            continue
        words, first, last = step.message.text, step.row - 1, step.last_row
        assert 0 <= first < last
        assert last <= len(rows) + (words in ADDING), "a step names a row that is not there"
        if words in ADDING:
            rows.insert(first, (target[first][0], False))
        elif words in DELETING:
            assert step.before
            del rows[first:last]
        elif words in CHANGING:
            rows[first] = (target[first][0], rows[first][1])
        else:
            off = SWITCHING[words]
            assert all(row[1] is not off for row in rows[first:last])
            rows[first:last] = [(row[0], off) for row in rows[first:last]]
    return rows


def pasted(before, offered, name):
    """Return the rows of a subflow when a person has pasted the snippets in order."""
    rows = contents(before, name)
    for snippet in offered:
        if snippet.subflow.casefold() == name.casefold():
            assert 1 <= snippet.first <= snippet.last + 1 <= len(rows) + 1
            new = contents(build_flow("", "", snippet.text), "Main")
            rows[snippet.first - 1 : snippet.last] = new
    return rows
